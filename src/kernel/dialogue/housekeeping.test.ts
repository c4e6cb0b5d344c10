import { expect, it } from "vitest";
import { world } from "#kernel/testing";
import { removeExpired, SETTLED_KEEP_DAYS } from "./housekeeping.ts";

it("a parked body that somebody dealt with goes after its keep time; one that waits stays", async () => {
  const w = await world();
  const { id } = await w.tenant();
  const at = (days: number) => new Date(w.clock.now() + days * 86_400_000);
  const park = (parkedId: number, settled: Date | null) =>
    w.kernel.db.node.query(
      `insert into kernel.parked (tenant_id, id, app_id, body, reason, received_at, parked_at, settled_at)
        values ($1, $2, 'app', 'raw', 'broken', $3, $3, $4)`,
      [id, parkedId, at(-400), settled],
    );
  await park(1, null);
  await park(2, at(-SETTLED_KEEP_DAYS - 1));
  await park(3, at(-SETTLED_KEEP_DAYS + 1));
  expect(await removeExpired(w.kernel)).toBe(1);
  const { rows } = await w.kernel.db.node.query("select id from kernel.parked order by id");
  expect(rows).toEqual([{ id: 1 }, { id: 3 }]);
  await w.close();
});

import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kernelRoutes } from "../desk/routes.ts";
import type { Actor, AnyRoute } from "../http/route.ts";
import { type World, world } from "../testing/index.ts";

let w: World;
let tenantId: number;
beforeAll(async () => {
  w = await world();
  tenantId = (await w.tenant()).id;
});
afterAll(() => w.close());

async function call(summary: RegExp, query: object): Promise<void> {
  const found = kernelRoutes(w.kernel).find((one) => summary.test(one.contract.summary)) as AnyRoute;
  const actor: Actor = { tenantId, role: "agent", staffId: "u7", name: "Jana" };
  await found.use({ actor, query: found.contract.query?.parse(query) } as never);
}

async function seen(): Promise<string[]> {
  const { rows } = await w.kernel.db.tenant(tenantId, (tx) =>
    sql<{ name: string }>`select c.name from kernel.access_log a
      join kernel.contact c on c.tenant_id = a.tenant_id and c.id = a.contact_id where a.staff_id = 'u7' order by c.name`.execute(
      tx,
    ),
  );
  return rows.map(({ name }) => name);
}

test("who was found by a search or stood in a list was seen, once a day, and nobody else", async () => {
  const { kernel } = w;
  await kernel.db.tenant(tenantId, (tx) =>
    tx
      .insertInto("kernel.contact")
      .values(
        ["Wiebke Brandt", "Wiebke Timm", "Hauke Petersen"].map((name) => ({
          tenant_id: tenantId,
          name,
          language: null,
          merged_into: null,
          first_seen_at: new Date(kernel.clock.now()),
        })),
      )
      .execute(),
  );
  await call(/Messages and contacts that hold these words/, { q: "Wiebke" });
  expect(await seen()).toEqual(["Wiebke Brandt", "Wiebke Timm"]);
  await call(/Messages and contacts that hold these words/, { q: "Wiebke" });
  expect(await seen()).toHaveLength(2);
});

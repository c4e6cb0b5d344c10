import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type World, world } from "#kernel/testing";
import { startHousekeeping } from "./housekeeping.ts";
import { offerSideReplies } from "./side-again.ts";
import { sideTimer } from "./side-mail.ts";

const kind = sideTimer("colleagues");

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w?.close());

/** An answer that came and that no timer tells of. @returns the timer's key */
async function arrived(tenantId: number): Promise<string> {
  const { rows } = await w.kernel.db.node.query<{ id: number }>(
    `with s as (insert into kernel.side_mail (tenant_id, key, room, ref, conversation_id, expires_at, forget_at)
        values ($1, gen_random_uuid(), 'colleagues', 'x', 1, $2, $2) returning tenant_id, id)
      insert into kernel.side_reply (tenant_id, side_mail_id, mail, received_at) select tenant_id, id, '{}', $2 from s returning id`,
    [tenantId, new Date(w.clock.now())],
  );
  return String(rows[0]?.id);
}

async function timersOf(tenantId: number) {
  const { rows } = await w.kernel.db.node.query(
    "select key, due_at, attempts from kernel.timer where tenant_id = $1 and kind = $2 order by attempts",
    [tenantId, kind],
  );
  return rows;
}

it("an answer whose timer was given up is offered again, one that waits for its turn is left alone", async () => {
  const { id } = await w.tenant();
  const [lost, waiting] = [await arrived(id), await arrived(id)];
  const later = new Date(w.clock.now() + 60_000);
  await w.kernel.db.node.query(
    "insert into kernel.timer (tenant_id, kind, key, due_at, payload, attempts) values ($1, $2, $3, $4, '{}', 5)",
    [id, kind, waiting, later],
  );
  expect(await offerSideReplies(w.kernel)).toBe(1);
  const both = [
    { key: lost, due_at: new Date(w.clock.now()), attempts: 0 },
    { key: waiting, due_at: later, attempts: 5 },
  ];
  expect(await timersOf(id)).toEqual(both);
  expect(await offerSideReplies(w.kernel)).toBe(0);
  expect(await timersOf(id)).toEqual(both);
});

it("the house looks after them by itself", async () => {
  const { id } = await w.tenant();
  const key = await arrived(id);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const keeping = await startHousekeeping(w.kernel);
  await vi.advanceTimersByTimeAsync(3_600_000);
  keeping.stop();
  vi.useRealTimers();
  await expect.poll(() => timersOf(id), { timeout: 15_000 }).toMatchObject([{ key }]);
});

import { sql } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type World, world } from "#kernel/testing";
import { startTimers, type TimerRunner } from "../../src/kernel/jobs/timers.ts";
import type { WebhookPost } from "../../src/skills/delivery/adapters/send-webhooks.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { sendSoon } from "../../src/skills/delivery/store/webhook-messages.ts";
import { webhookTimers } from "../../src/skills/delivery/store/webhook-timers.ts";

/** Systems that do not answer, and much that changes at once: through the kernel's own timers. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let here: World;
let timers: TimerRunner | undefined;
let tenantId: number;
let posted: string[] = [];
let answer: () => Promise<{ status: number }>;

const post: WebhookPost = (message) => {
  posted.push(String(JSON.parse(message.body).n));
  return answer();
};

beforeEach(async () => {
  here = await world();
  tenantId = (await here.tenant()).id;
  posted = [];
  answer = async () => ({ status: 200 });
  await run(sql`insert into delivery.webhook (tenant_id, url, secret, created_at)
    values (${tenantId}, 'https://shop.example/hook', ${`whsec_${"A".repeat(32)}`}, ${now()})`);
});
afterEach(async () => {
  await timers?.stop();
  await here.close();
});

const now = () => new Date(here.kernel.clock.now());
const run = (statement: ReturnType<typeof sql>) =>
  inTenant(here.kernel, tenantId, (tx) => statement.execute(tx));

/** Something is to be told, in one transaction with its timer, as a change of a delivery writes it. */
const changed = (n: number) =>
  inTenant(here.kernel, tenantId, async (tx) => {
    await sql`insert into delivery.webhook_message (tenant_id, webhook_id, delivery_id, type, state, earliest_at, body, at, due_at)
      select tenant_id, id, ${n}, 'delivery.booked', 'booked', ${now()}, ${JSON.stringify({ n })}, ${now()}, ${now()}
      from delivery.webhook where tenant_id = ${tenantId}`.execute(tx);
    await sendSoon(tx, tenantId, now().getTime());
  });

const start = (more: Parameters<typeof startTimers>[1] = {}) =>
  startTimers(here.kernel, { ...webhookTimers(here.kernel, { post, owners: undefined }), ...more });

test("what is not answered is tried for about a day, each time after the longer wait, and then given up", async () => {
  answer = async () => ({ status: 503 });
  timers = start();
  await changed(1);
  await timers.settle();
  expect(posted).toHaveLength(1);
  const waits = [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 4 * HOUR, 6 * HOUR, 11 * HOUR];
  for (const [n, wait] of waits.entries()) {
    here.clock.advance(wait - SECOND);
    await timers.settle();
    expect(posted, `${wait} ms are not over`).toHaveLength(n + 1);
    here.clock.advance(SECOND);
    await timers.settle();
    expect(posted, `after ${wait} ms`).toHaveLength(n + 2);
  }
  here.clock.advance(24 * HOUR);
  await timers.settle();
  expect(posted).toHaveLength(waits.length + 1);
});

test("what changes while a message is on its way waits for it: each is told once, in its order", async () => {
  const pending: (() => void)[] = [];
  answer = () => new Promise((done) => pending.push(() => done({ status: 200 })));
  let probes = 0;
  timers = start({ probe: async () => void probes++ });
  await changed(1);
  void timers.settle();
  await vi.waitFor(() => expect(pending).toHaveLength(1), { timeout: 10_000 });
  await changed(2);
  await inTenant(here.kernel, tenantId, (tx) =>
    sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload) values (${tenantId}, 'probe', 'x', ${now()}, '{}'::jsonb)`.execute(
      tx,
    ),
  );
  here.clock.advance(2 * SECOND);
  // The timers were looked at since: a second run would have begun.
  await vi.waitFor(() => expect(probes).toBe(1), { timeout: 10_000 });
  for (let n = 0; n < 3; n++) await run(sql`select 1`);
  expect(posted).toEqual(["1"]);
  answer = async () => ({ status: 200 });
  for (const done of pending) done();
  await vi.waitFor(() => expect(posted).toEqual(["1", "2"]), { timeout: 10_000 });
  await timers.settle();
  expect(posted).toEqual(["1", "2"]);
});

import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "#kernel";
import { until } from "../../../../tests/outside/until.ts";
import { openTelephoneWorld, type TelephoneWorld } from "../../../../tests/telephone-world.ts";
import { takeCallBack } from "./changing.ts";
import { type LogInput, writeCall } from "./logging.ts";

let t: TelephoneWorld;
beforeAll(async () => {
  t = await openTelephoneWorld();
});
afterAll(() => t?.close());

const topics = { count: async () => {}, has: async () => false };
let numbers = 20_000_000;

/** Somebody waits, is called, and the case is answered with it. */
async function answered(part: Partial<LogInput> = {}) {
  const { conversationId } = await t.person(`+49170${numbers++}`);
  await t.rows(
    `update kernel.conversation set state = 'person', assignee_id = 'jana', waiting_since = $3, due_at = $3, unread = 2
      where tenant_id = $1 and id = $2`,
    conversationId,
    new Date(t.now - 60_000),
  );
  const id = await log(conversationId, part);
  t.w.clock.advance(1_000);
  return { id, conversationId };
}

async function log(conversationId: number, part: Partial<LogInput> = {}): Promise<number> {
  const actor: Actor = { tenantId: t.tenantId, role: "agent", staffId: "jana", name: "Jana" };
  const input: LogInput = {
    clientId: randomUUID(),
    conversationId,
    direction: "out",
    outcome: "reached",
    seconds: null,
    note: "",
    topic: null,
    settle: "answered",
    ...part,
  };
  const { callId } = await t.doing((tx) =>
    writeCall(tx, { house: t.house, actor, topics, now: t.now }, input, randomUUID()),
  );
  return callId;
}
const takeBack = (id: number) =>
  t.doing((tx) => takeCallBack(tx, { tenantId: t.tenantId, staffId: "jana", now: t.now, topics }, id));
const standing = async (conversationId: number) =>
  (
    await t.rows(
      `select state, assignee_id as holder, unread, waiting_since is not null as "isWaiting" from kernel.conversation
        where tenant_id = $1 and id = $2`,
      conversationId,
    )
  )[0];
const change = (conversationId: number, set: string) =>
  t.rows(`update kernel.conversation set ${set} where tenant_id = $1 and id = $2`, conversationId);
/** Somebody of us writes to the customer. */
const replied = (conversationId: number) =>
  t.rows(
    `insert into kernel.message (tenant_id, conversation_id, id, author, staff_id, content, status, purpose, basis_message,
        sent_at, received_at, processed_at)
      values ($1, $2, gen_random_uuid(), 'agent', 'jana', '{"type":"text","text":"Erledigt."}', 'sent', 'service.reply',
        gen_random_uuid(), $3, $3, $3)`,
    conversationId,
    new Date(t.now),
  );

test("a call that is taken back leaves the case as it was, if nobody went on with it", async () => {
  for (const settle of ["answered", "closed"] as const) {
    const { id, conversationId } = await answered({ settle });
    expect(await standing(conversationId)).toMatchObject({ unread: 0, isWaiting: false });
    await takeBack(id);
    expect(await standing(conversationId)).toEqual({
      state: "person",
      holder: "jana",
      unread: 2,
      isWaiting: true,
    });
  }
});

test.each([
  ["a colleague took it", (id: number) => change(id, "assignee_id = 'tom'"), { holder: "tom" }],
  ["a colleague closed it", (id: number) => change(id, "state = 'closed'"), { state: "closed" }],
  ["somebody of us wrote", replied, { isWaiting: false, unread: 0 }],
  ["another call settled it", (id: number) => log(id), { isWaiting: false, unread: 0 }],
  [
    "the customer wrote",
    (id: number) => change(id, "last_customer_at = '2100-01-01', unread = 1"),
    { unread: 1 },
  ],
])("a call that is taken back leaves what was done since: %s", async (_, goOn, expected) => {
  const { id, conversationId } = await answered();
  await goOn(conversationId);
  await takeBack(id);
  expect(await standing(conversationId)).toMatchObject(expected);
});

test("a promise goes with the call that made it, unless a colleague is at it", async () => {
  const promise = { promisedAt: new Date(t.now + 3_600_000).toISOString(), until: null, phone: "" };
  const promises = (conversationId: number) =>
    t.rows("select id from kernel.callback where tenant_id = $1 and conversation_id = $2", conversationId);
  const one = await answered({ outcome: "promised", promise });
  await takeBack(one.id);
  expect(await promises(one.conversationId)).toEqual([]);
  const two = await answered({ outcome: "promised", promise });
  await t.rows(
    "update kernel.callback set taken_by = 'tom', taken_at = $3 where tenant_id = $1 and conversation_id = $2",
    two.conversationId,
    new Date(t.now),
  );
  await takeBack(two.id);
  expect(await promises(two.conversationId)).toHaveLength(1);
});

test("the conversation is locked before the call, as everywhere", async () => {
  const { id, conversationId } = await answered();
  const other = new pg.Client(t.house.db.address.config("owner"));
  await other.connect();
  await other.query("begin");
  await other.query("select from kernel.conversation where tenant_id = $1 and id = $2 for no key update", [
    t.tenantId,
    conversationId,
  ]);
  const undoing = takeBack(id);
  await until("it waits for the conversation", async () => {
    const { rows } = await t.client.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length > 0;
  });
  const free = await other.query(
    "select id from telephone.call where tenant_id = $1 and id = $2 for update nowait",
    [t.tenantId, id],
  );
  expect(free.rows).toEqual([{ id }]);
  await other.query("commit");
  await other.end();
  await undoing;
  expect(await standing(conversationId)).toMatchObject({ unread: 2 });
});

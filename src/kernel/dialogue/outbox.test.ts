import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type World, world } from "#kernel/testing";
import type { ChannelAdapter, SendResult } from "../channel.ts";
import { messageId } from "../ids.ts";
import { ATTEMPTS_MAX, fateOf, RETRY_FOR_MS } from "./deliver.ts";
import { type Claimed, type Fate, IN_DOUBT, storeResults } from "./outbox.ts";

let w: World;
let place: { tenantId: number; channelId: number; contactId: number; conversationId: number };

beforeAll(async () => {
  w = await world();
  const tenantId = (await w.tenant()).id;
  const channelId = await w.channel(tenantId, { kind: "whatsapp", address: "1", appId: "app" });
  const at = new Date(w.clock.now());
  const id = async (text: string, values: unknown[]) =>
    ((await w.kernel.db.node.query(`${text} returning id`, values)).rows[0] as { id: number }).id;
  const contactId = await id("insert into kernel.contact (tenant_id, first_seen_at) values ($1, $2)", [
    tenantId,
    at,
  ]);
  const conversationId = await id(
    `insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      values ($1, $2, $3, '49', 'de', $4, '2026-11-24', $4)`,
    [tenantId, channelId, contactId, at],
  );
  place = { tenantId, channelId, contactId, conversationId };
});
afterAll(() => w.close());

/** A message of ours with its row in the outbox. */
async function sending(status: string, row: { state: string; epoch: number | null }): Promise<Claimed> {
  const now = w.clock.now();
  const id = messageId(now, now);
  const { tenantId, channelId, contactId, conversationId } = place;
  await w.kernel.db.node.query(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, purpose, basis_message, sent_at, received_at, processed_at)
      values ($1, $2, $3, 'bot', '{"type":"text","text":"x"}', $4, 'service.answer', $3, $5, $5, $5)`,
    [tenantId, conversationId, id, status, new Date(now)],
  );
  await w.kernel.db.node.query(
    `insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, purpose, basis_kind, basis_id, basis_at, due_at, state, lease_epoch)
      values ($1, $2, $3, $4, $5, '49', '{}', 'service.answer', 'customer_message', 'x', $6, $6, $7, $8)`,
    [tenantId, id, conversationId, contactId, channelId, new Date(now), row.state, row.epoch],
  );
  return {
    tenantId,
    id,
    conversationId,
    contactId,
    channelId,
    to: "49",
    content: { type: "text", text: "x" },
    replyToExternal: null,
    purpose: "service.answer",
    expiresAt: null,
    basis: { kind: "customer_message", id: "x", at: now },
    attempts: 1,
    priority: 1,
    contact: { stoppedAt: null, erasedAt: null },
  };
}

async function store(row: Claimed, fate: Fate, epoch: number) {
  const client = await w.kernel.db.node.connect();
  try {
    await client.query("begin");
    await storeResults(client, [{ row, fate }], { epoch, now: w.clock.now() });
    await client.query("commit");
  } finally {
    client.release();
  }
  const { rows } = await w.kernel.db.node.query<{ status: string; state: string | null }>(
    "select m.status, o.state from kernel.message m left join kernel.outbox o on o.id = m.id where m.id = $1",
    [row.id],
  );
  return rows[0];
}

describe("the answer to a send", () => {
  const sent = { kind: "sent", externalId: "wamid.1" } as const;

  it("does not overrule a receipt that came before it", async () => {
    for (const status of ["failed", "delivered", "read"])
      expect(await store(await sending(status, { state: "leased", epoch: 4 }), sent, 4)).toEqual({
        status,
        state: null,
      });
  });

  it("that comes after a takeover ends the doubt of the new sender", async () => {
    const inDoubt = await sending("queued", { state: "leased", epoch: IN_DOUBT });
    expect(await store(inDoubt, sent, 4)).toEqual({ status: "sent", state: null });
    const queuedAgain = await sending("queued", { state: "queued", epoch: null });
    expect(await store(queuedAgain, sent, 4)).toEqual({ status: "sent", state: null });
    const underWay = await sending("queued", { state: "leased", epoch: 5 });
    expect(await store(underWay, sent, 4)).toEqual({ status: "sent", state: "leased" });
  });

  it("that never came leaves nothing to settle when a receipt did", async () => {
    const row = await sending("delivered", { state: "leased", epoch: 4 });
    const fate = { kind: "uncertain", error: { code: 0, title: "no answer" } } as const;
    expect(await store(row, fate, 4)).toEqual({ status: "delivered", state: null });
  });

  it("of an older sender that refuses takes nothing away from the new one", async () => {
    const row = await sending("queued", { state: "leased", epoch: 5 });
    const fate = { kind: "failed", error: { code: 1, title: "x" }, stops: false } as const;
    expect(await store(row, fate, 4)).toMatchObject({ state: "leased" });
  });
});

it("an outage of the provider fails nothing for an hour, however often it was tried", async () => {
  const row = { ...(await sending("queued", { state: "leased", epoch: 4 })), attempts: ATTEMPTS_MAX };
  const result: SendResult = {
    outcome: "retry",
    afterMs: 5_000,
    scope: "account",
    error: { code: 0, title: "Not reached" },
  };
  const adapter = { limits: { hasReceipts: false } } as ChannelAdapter;
  const fateAfter = (ms: number) =>
    fateOf(result, row, { adapter, now: w.clock.now() + ms, doubtfulWaitMs: 1 });
  expect(fateAfter(60_000)).toEqual({ kind: "again", dueAt: w.clock.now() + 65_000 });
  expect(fateAfter(RETRY_FOR_MS + 1_000)).toMatchObject({ kind: "failed" });
});

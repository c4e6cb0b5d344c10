import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type World, world } from "#kernel/testing";
import type { ChannelAdapter } from "../channel.ts";
import { messageId } from "../ids.ts";

const FLOOD = 1_600;
/** More than the sender has under way at once: so many were still queued. */
const STILL_QUEUED = 400;
/** They end one after the other, so that never much of the sender is free at once. */
const SEND_MS = { least: 50, most: 350 };

let w: World;
const accepted: number[] = [];
let begun = 0;

const slow: ChannelAdapter = {
  kind: "whatsapp",
  limits: {
    perAccountPerSecond: 10_000,
    pairIntervalMs: 0,
    pairBurst: 100,
    windowMs: null,
    textMax: 1000,
    hasReceipts: false,
    concurrency: 1_000,
  },
  verify: () => null,
  addressOf: () => null,
  looksBroken: () => false,
  parse: () => [],
  send: async ({ correlation }, account) => {
    const { least, most } = SEND_MS;
    begun += 1;
    await new Promise((done) => setTimeout(done, least + ((begun * 37) % (most - least))));
    accepted.push(account.id);
    return { outcome: "accepted", externalId: correlation };
  },
};

beforeAll(async () => {
  w = await world({ adapters: [slow] });
});
afterAll(() => w.close());

async function queue(address: string, messages: number): Promise<number> {
  const { id: tenantId } = await w.tenant();
  const channelId = await w.channel(tenantId, { kind: "whatsapp", address, appId: "app" });
  const now = w.clock.now();
  const { rows } = await w.kernel.db.node.query(
    "insert into kernel.contact (tenant_id, first_seen_at) values ($1, $2) returning id",
    [tenantId, new Date(now)],
  );
  await w.kernel.db.node.query(
    `insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, purpose, basis_kind, basis_id, basis_at, due_at)
      select $1, i.id, i.n, $2, $3, i.n::text, '{"type":"text","text":"x"}', 'service.answer', 'customer_message', 'x', $4, $4
      from unnest($5::uuid[]) with ordinality i(id, n)`,
    [
      tenantId,
      rows[0].id,
      channelId,
      new Date(now),
      Array.from({ length: messages }, () => messageId(now, now)),
    ],
  );
  return channelId;
}

it("a company that floods its number does not hold up the others", async () => {
  const flooding = await queue("1", FLOOD);
  const worker = w.worker();
  await vi.waitFor(() => expect(accepted.length).toBeGreaterThan(0), { timeout: 10_000 });
  const quiet = await queue("2", 1);
  w.kernel.wire.notify("outbox");
  await worker.settle();
  const at = accepted.indexOf(quiet);
  expect(at).toBeGreaterThan(-1);
  expect(accepted.slice(at).filter((id) => id === flooding).length).toBeGreaterThan(STILL_QUEUED);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";
import type { OutboundMessage, SendResult } from "../../src/kernel/channel.ts";
import { recoverDoubtful, reviewDoubtful } from "../../src/kernel/dialogue/doubt.ts";
import { inboxIdAt } from "../../src/kernel/ids.ts";
import type { Flow } from "../../src/kernel/skill.ts";

const PHONE = "106540352242922";
const WAIT_MS = 20_000;
const lease = { name: "worker", epoch: 1, lost: new Promise<void>(() => {}), release: async () => {} };
const echo: Flow = { turn: (turn) => [{ do: "say", text: `Zu: ${turn.message.text}` }] };

let w: World;
let tenantId: number;
let channelId: number;
let customers = 0;
/** What the provider does with the next sends; accepted when empty. */
let plan: SendResult["outcome"][] = [];
let sent: OutboundMessage[] = [];

const send = async (message: OutboundMessage): Promise<SendResult> => {
  sent.push(message);
  const outcome = plan.shift() ?? "accepted";
  return outcome === "uncertain"
    ? { outcome, error: { code: 0, title: "lost" } }
    : { outcome: "accepted", externalId: `wamid.${message.correlation}` };
};

beforeAll(async () => {
  w = await world({
    adapters: [{ ...whatsapp, send }],
    parts: () => ({ flows: [{ skill: "test", flow: echo, catalogue: { de: {}, en: {} } }] }),
  });
  tenantId = (await w.tenant()).id;
  channelId = await w.channel(tenantId, { kind: "whatsapp", address: PHONE, appId: "wa1", secret: "s" });
});
afterAll(() => w.close());
beforeEach(() => {
  plan = [];
  sent = [];
});

async function receive(value: Record<string, unknown>): Promise<void> {
  const metadata = { display_phone_number: "4940", phone_number_id: PHONE };
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } };
  const body = Buffer.from(
    JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "1", changes: [change] }] }),
  );
  await w.ingest.enqueue({ appId: "wa1", channelId, tenantId, body });
}

const seconds = (): string => String(Math.floor(w.clock.now() / 1000));
let messages = 0;
const writes = (from: string, text: string): Promise<void> =>
  receive({
    messages: [{ from, id: `wamid.${++messages}`, timestamp: seconds(), type: "text", text: { body: text } }],
  });
const receipt = (of: OutboundMessage | undefined): Promise<void> =>
  receive({
    statuses: [
      {
        id: "x",
        status: "sent",
        timestamp: seconds(),
        recipient_id: of?.to,
        biz_opaque_callback_data: of?.correlation,
      },
    ],
  });
const someone = (): string => `49151${String(++customers).padStart(8, "0")}`;
const words = (): string[] => sent.map(({ content }) => ("text" in content ? (content.text ?? "") : ""));

/** The clock moves on, and the sender's own look once a second has passed. */
async function later(ms: number): Promise<void> {
  w.clock.advance(ms);
  await w.settle();
}

describe("a send in doubt", () => {
  test("is settled by its receipt, and the next message of the conversation goes after it", async () => {
    const from = someone();
    plan = ["uncertain"];
    await writes(from, "eins");
    await w.settle();
    await writes(from, "zwei");
    await w.settle();
    expect(words()).toEqual(["Zu: eins"]);
    await receipt(sent[0]);
    await w.settle();
    await later(1_000);
    expect(words()).toEqual(["Zu: eins", "Zu: zwei"]);
    await later(WAIT_MS);
    expect(words()).toEqual(["Zu: eins", "Zu: zwei"]);
  });

  test("goes again when no receipt came in time, before the next message", async () => {
    const from = someone();
    plan = ["uncertain"];
    await writes(from, "eins");
    await w.settle();
    await writes(from, "zwei");
    await later(WAIT_MS - 1_000);
    expect(words()).toEqual(["Zu: eins"]);
    await later(2_000);
    expect(words()).toEqual(["Zu: eins", "Zu: eins", "Zu: zwei"]);
  });

  test("does not go again while its receipt may still wait in the inbox", async () => {
    plan = ["uncertain"];
    await writes(someone(), "eins");
    await w.settle();
    // A row that the pump cannot finish: received within the wait and not read yet.
    const id = inboxIdAt(w.clock.now() + 1_000);
    await w.kernel.db.node.query("insert into kernel.inbox_queue (tenant_id, id) values ($1, $2)", [
      tenantId,
      id,
    ]);
    await later(WAIT_MS + 5_000);
    expect(words()).toEqual(["Zu: eins"]);
    await w.kernel.db.node.query("delete from kernel.inbox_queue");
    await later(1_000);
    expect(words()).toEqual(["Zu: eins", "Zu: eins"]);
  });
});

describe("after a crash", () => {
  /** Leaves a send as a dead sender does: leased, its result never stored. @returns its id */
  async function leftBehind(status: string): Promise<string> {
    plan = ["uncertain"];
    await writes(someone(), "eins");
    await w.settle();
    const { rows } = await w.kernel.db.node.query(
      "update kernel.outbox set lease_epoch = 1 where lease_epoch = 0 returning tenant_id, id, conversation_id",
    );
    await w.kernel.db.node.query(
      "update kernel.message set status = $4 where tenant_id = $1 and conversation_id = $2 and id = $3",
      [rows[0].tenant_id, rows[0].conversation_id, rows[0].id, status],
    );
    return rows[0].id;
  }

  async function recover(now: number) {
    const client = await w.kernel.db.node.connect();
    try {
      const parts = { now, waitMs: WAIT_MS, awaiting: ["whatsapp"], harmless: [] };
      return await recoverDoubtful(client, { ...parts, lease: { ...lease, epoch: 2 } });
    } finally {
      client.release();
    }
  }

  const outbox = async (id: string) =>
    (await w.kernel.db.node.query("select state, lease_epoch, due_at from kernel.outbox where id = $1", [id]))
      .rows[0];

  test("what a receipt had confirmed before is not sent again", async () => {
    const id = await leftBehind("delivered");
    expect(await recover(w.clock.now())).toMatchObject({ left: 1, waiting: 0 });
    expect(await outbox(id)).toBeUndefined();
  });

  test("the rest waits, as long as the node was away", async () => {
    const id = await leftBehind("queued");
    const now = w.clock.now() + 60_000;
    expect(await recover(now)).toEqual({ again: 0, waiting: 1, parked: 0, left: 0 });
    const row = await outbox(id);
    expect(row).toMatchObject({ state: "leased", lease_epoch: 0 });
    expect(row.due_at.getTime()).toBe(now + 60_000);
    const still = await reviewDoubtful(w.kernel.db.node, lease, now + 59_000);
    expect(still.size).toBe(1);
    expect((await reviewDoubtful(w.kernel.db.node, lease, now + 60_000)).size).toBe(0);
    expect(await outbox(id)).toMatchObject({ state: "queued", lease_epoch: null });
    await w.kernel.db.node.query("delete from kernel.outbox");
  });
});

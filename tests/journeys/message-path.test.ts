import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect, Flow } from "#kernel";
import { type World, world } from "#kernel/testing";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";

const SECRET = "app-secret";
const PHONE = "106540352242922";

/** Answers "ping" with "pong", hands everything else over. */
const pingPong: Flow = {
  turn: (turn): readonly Effect[] =>
    turn.message.text === "ping"
      ? [{ do: "say", text: "pong" }]
      : [
          { do: "say", text: "Ich gebe weiter." },
          { do: "handOver", reason: "unknown", summary: turn.message.text },
        ],
};

function textBody(options: { from: string; text: string; id: string; at: number; phone?: string }): Buffer {
  return Buffer.from(
    JSON.stringify({
      object: "whatsapp_business_account",
      entry: [
        {
          id: "1",
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: "4940", phone_number_id: options.phone ?? PHONE },
                contacts: [{ profile: { name: "Käthe Weiß" }, wa_id: options.from }],
                messages: [
                  {
                    from: options.from,
                    id: options.id,
                    timestamp: String(Math.floor(options.at / 1000)),
                    type: "text",
                    text: { body: options.text },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  );
}

let w: World;
let tenantId: number;
let channelId: number;

beforeAll(async () => {
  w = await world({
    adapters: [
      {
        ...whatsapp,
        send: async (message) => ({ outcome: "accepted", externalId: `wamid.${message.correlation}` }),
      },
    ],
    parts: () => ({ flows: [{ skill: "test", flow: pingPong, catalogue: { de: {}, en: {} } }] }),
  });
  tenantId = (await w.tenant()).id;
  channelId = await w.channel(tenantId, { kind: "whatsapp", address: PHONE, appId: "wa1", secret: SECRET });
});
afterAll(() => w.close());

async function receive(body: Buffer): Promise<void> {
  await w.ingest.enqueue({ appId: "wa1", channelId, tenantId, body });
}

describe("a message's way", () => {
  it("stores, answers once, and ignores the provider's second delivery", async () => {
    const body = textBody({ from: "4915112345678", text: "ping", id: "wamid.A", at: w.clock.now() });
    await receive(body);
    await receive(body);
    await w.settle();
    const { rows } = await w.kernel.db.node.query(
      "select author, status, content->>'text' as text, external_id from kernel.message where tenant_id = $1 order by conversation_id, id",
      [tenantId],
    );
    expect(rows).toMatchObject([
      { author: "customer", status: "received", text: "ping", external_id: "wamid.A" },
      { author: "bot", status: "sent", text: "pong" },
    ]);
    expect((await w.kernel.db.node.query("select count(*)::int n from kernel.outbox")).rows[0]).toEqual({
      n: 0,
    });
    expect((await w.kernel.db.node.query("select count(*)::int n from kernel.inbox_queue")).rows[0]).toEqual({
      n: 0,
    });
  });

  it("hands over what it does not know, once, with a due time in opening hours", async () => {
    await receive(
      textBody({ from: "4915100000001", text: "Was ist der Sinn?", id: "wamid.B", at: w.clock.now() }),
    );
    await w.settle();
    const { rows } = await w.kernel.db.node.query(
      `select c.state, c.unread, c.due_at, c.hand_over->>'reason' as reason, k.name from kernel.conversation c join kernel.contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
       join kernel.identity i on i.tenant_id = k.tenant_id and i.contact_id = k.id where i.value = '4915100000001' and i.kind = 'wa_id'`,
    );
    expect(rows[0]).toMatchObject({ state: "waiting", unread: 1, reason: "unknown", name: "Käthe Weiß" });
    expect(rows[0].due_at.getTime()).toBe(w.clock.now() + 30 * 60_000);
  });

  it("keeps a late message in the provider's order and receipts only move a status up", async () => {
    const at = w.clock.now() - 10_000;
    await receive(textBody({ from: "4915100000002", text: "ping", id: "wamid.C2", at }));
    await w.settle();
    await receive(textBody({ from: "4915100000002", text: "ping", id: "wamid.C1", at: at - 5_000 }));
    await w.settle();
    const { rows } = await w.kernel.db.node.query(
      `select m.id, m.conversation_id, m.author, m.external_id from kernel.message m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
       where c.reply_address like '%4915100000002%' order by m.id`,
    );
    expect(rows.map((r) => r.author)).toEqual(["customer", "customer", "bot", "bot"]);
    expect(rows[0].external_id).toBe("wamid.C1");
    const bot = rows[2];
    const status = (value: string) =>
      Buffer.from(
        JSON.stringify({
          object: "whatsapp_business_account",
          entry: [
            {
              id: "1",
              changes: [
                {
                  field: "messages",
                  value: {
                    messaging_product: "whatsapp",
                    metadata: { display_phone_number: "4940", phone_number_id: PHONE },
                    statuses: [
                      {
                        id: "x",
                        status: value,
                        timestamp: String(Math.floor(w.clock.now() / 1000)),
                        recipient_id: "4915100000002",
                        biz_opaque_callback_data: `${bot.conversation_id}.${bot.id}`,
                      },
                    ],
                  },
                },
              ],
            },
          ],
        }),
      );
    for (const value of ["read", "sent", "delivered"]) {
      await receive(status(value));
      await w.settle();
    }
    const after = await w.kernel.db.node.query("select status from kernel.message where id = $1", [bot.id]);
    expect(after.rows[0].status).toBe("read");
  });

  it("has events without gaps, each once", async () => {
    const { rows } = await w.kernel.db.node.query(
      "select seq from kernel.event where tenant_id = $1 order by seq",
      [tenantId],
    );
    expect(rows.map((r) => r.seq)).toEqual(rows.map((_, n) => n + 1));
    expect(rows.length).toBeGreaterThan(8);
  });

  it("signs as Meta does", () => {
    const body = textBody({ from: "1", text: "ä", id: "x", at: 0 });
    const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
    expect(
      whatsapp.verify(
        { headers: { "x-hub-signature-256": signature }, raw: body },
        { id: "wa1", kind: "whatsapp", secret: SECRET, verifyToken: null },
      ),
    ).toHaveLength(16);
  });
});

import type { FastifyInstance } from "fastify";
import { type World, world } from "#kernel/testing";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import { kernelRoutes } from "../../src/kernel/desk/routes.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { messageId } from "../../src/kernel/ids.ts";

/** A desk over HTTP on a real database: one company, one number, the key of an agent; replies are checked. */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A provider that only lets answers through for a day, like WhatsApp, and takes everything it is given. */
const adapter = {
  kind: "whatsapp",
  send: async ({ correlation }: { correlation: string }) => ({
    outcome: "accepted",
    externalId: `out.${correlation}`,
  }),
  limits: {
    perAccountPerSecond: 80,
    pairIntervalMs: 0,
    pairBurst: 45,
    windowMs: DAY_MS,
    textMax: 4096,
    hasReceipts: true,
    concurrency: 8,
  },
} as never;

/** A row of a reply. Its exact shape is the contract's, which the server checks; tests look at single fields. */
export interface Row {
  [field: string]: unknown;
  id: number;
  contactId: number;
  text: string;
  name: string;
  lastUsedAt: string | null;
}

export interface Body extends Row {
  items: Row[];
  next: string | null;
  contacts: Row[];
  messages: Row[];
  conversations: Row[];
  identities: Row[];
  merges: Row[];
  contact: Row;
  member: Row;
  key: Row;
  secret: string;
  address: string;
  kernel: Record<string, Row[]>;
  code: string;
  errors: { path: string; message: string }[];
}

export interface Answer {
  status: number;
  body: Body;
}

export interface Customer {
  contactId: number;
  /** of the conversation */
  id: number;
  messageId: string;
}

export interface Desk {
  node: World;
  app: FastifyInstance;
  tenantId: number;
  channelId: number;
  key: string;
  keyId: number;
  call(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    payload?: object,
    key?: string,
  ): Promise<Answer>;
  /** A key of another role, or of another company. */
  keyOf(role: "owner" | "manager" | "agent", tenantId?: number): Promise<string>;
  /** A customer who wrote once; more columns of the conversation as wanted. */
  customer(name: string, more?: object, place?: { tenantId: number; channelId: number }): Promise<Customer>;
  events(): Promise<{ seq: number; type: string; c: number | null }[]>;
  outbox(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openDesk(options: Parameters<typeof kernelRoutes>[1] = {}): Promise<Desk> {
  const node = await world({ adapters: [adapter] });
  const app = createHttpServer(node.kernel, {
    routes: kernelRoutes(node.kernel, options),
    checkReplies: true,
  });
  const tenantId = (await node.tenant()).id;
  const channelId = await node.channel(tenantId, { kind: "whatsapp", address: "100", appId: "app" });
  const made = await createApiKey(node.kernel, tenantId, { name: "Jana", role: "agent" });
  const query = async (text: string) => (await node.kernel.db.node.query(text, [tenantId])).rows;
  return {
    node,
    app,
    tenantId,
    channelId,
    key: made.secret,
    keyId: made.id,
    async call(method, path, payload, key = made.secret) {
      const answer = await app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { "x-api-key": key },
        ...(payload ? { payload } : {}),
      });
      return { status: answer.statusCode, body: answer.json() };
    },
    keyOf: async (role, of = tenantId) => (await createApiKey(node.kernel, of, { name: role, role })).secret,
    customer: (name, more = {}, place = { tenantId, channelId }) =>
      makeCustomer(node, { name, more, ...place }),
    events: () =>
      query(
        "select seq::int, type, conversation_id::int as c from kernel.event where tenant_id = $1 order by seq",
      ),
    outbox: () => query("select * from kernel.outbox where tenant_id = $1 order by id"),
    async close() {
      await app.close();
      await node.close();
    },
  };
}

async function makeCustomer(
  node: World,
  { name, more, tenantId, channelId }: { name: string; more: object; tenantId: number; channelId: number },
): Promise<Customer> {
  const now = node.clock.now();
  const at = new Date(now);
  return node.kernel.db.tenant(tenantId, async (tx) => {
    const contact = await tx
      .insertInto("kernel.contact")
      .values({ tenant_id: tenantId, name, language: null, merged_into: null, first_seen_at: at })
      .returning("id")
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("kernel.identity")
      .values({
        tenant_id: tenantId,
        kind: "phone",
        value: `+4940${1000 + contact.id}`,
        contact_id: contact.id,
        first_seen_at: at,
        last_seen_at: at,
      })
      .execute();
    const conversation = await tx
      .insertInto("kernel.conversation")
      .values({
        tenant_id: tenantId,
        channel_id: channelId,
        contact_id: contact.id,
        reply_address: "4940",
        language: "de",
        topic: null,
        assignee_id: null,
        department_id: null,
        last_turn: null,
        last_message_at: at,
        last_day: at.toISOString().slice(0, 10),
        last_customer_at: at,
        created_at: at,
        unread: 1,
        ...more,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const id = messageId(now, now);
    await tx
      .insertInto("kernel.message")
      .values({
        tenant_id: tenantId,
        conversation_id: conversation.id,
        id,
        author: "customer",
        staff_id: null,
        content: JSON.stringify({ type: "text", text: `Moin von ${name}` }),
        status: "received",
        external_id: `wamid.${id}`,
        client_id: null,
        reply_to: null,
        language: "de",
        sent_at: at,
        received_at: at,
        processed_at: at,
      })
      .execute();
    return { contactId: contact.id, id: conversation.id, messageId: id };
  });
}

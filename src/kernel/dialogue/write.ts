import type pg from "pg";
import { pgArray } from "../db/array.ts";
import { localDate } from "../tenants/local-date.ts";
import type { NewIdentity } from "./resolve.ts";
import type { ContactState, ConversationState, NewMessage, Outcome, ReceiptUpdate } from "./state.ts";

/** Set-wise writes of a batch. Lock order of the house: contact, conversation, message, outbox, tenant_seq last. */

export async function writeContacts(
  client: pg.PoolClient,
  contacts: readonly ContactState[],
  at: number,
): Promise<void> {
  const fresh = contacts.filter((c) => c.isNew);
  if (fresh.length > 0) {
    await client.query({
      name: "insert-contacts",
      text: `insert into kernel.contact (tenant_id, id, name, stopped_at, first_seen_at) overriding system value
        select t.*, $5 from unnest($1::int[], $2::bigint[], $3::text[], $4::timestamptz[]) t`,
      values: [
        pgArray.int4(fresh.map((c) => c.tenantId)),
        pgArray.int8(fresh.map((c) => c.id)),
        pgArray.text(fresh.map((c) => c.name.slice(0, 200))),
        pgArray.timestamptz(fresh.map((c) => c.stoppedAt)),
        new Date(at),
      ],
    });
  }
  const changed = contacts.filter((c) => !c.isNew && c.changed);
  if (changed.length === 0) return;
  // Contacts are read without a lock: a name from the desk, a stop from the sender in between must stay.
  await client.query({
    name: "update-contacts",
    text: `update kernel.contact c set name = case when c.name = '' then t.name else c.name end,
        stopped_at = case when t.is_stop_changed then t.stopped_at else c.stopped_at end
      from unnest($1::int[], $2::bigint[], $3::text[], $4::timestamptz[], $5::boolean[]) t(tenant_id, id, name, stopped_at, is_stop_changed)
      where c.tenant_id = t.tenant_id and c.id = t.id`,
    values: [
      pgArray.int4(changed.map((c) => c.tenantId)),
      pgArray.int8(changed.map((c) => c.id)),
      pgArray.text(changed.map((c) => c.name.slice(0, 200))),
      pgArray.timestamptz(changed.map((c) => c.stoppedAt)),
      pgArray.bool(changed.map((c) => c.isStopChanged ?? false)),
    ],
  });
}

export async function writeIdentities(
  client: pg.PoolClient,
  identities: readonly NewIdentity[],
): Promise<void> {
  if (identities.length === 0) return;
  await client.query({
    name: "insert-identities",
    text: `insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
      select t.tenant_id, t.kind, t.value, t.contact_id, t.at, t.at
      from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[]) t(tenant_id, kind, value, contact_id, at)`,
    values: [
      pgArray.int4(identities.map((i) => i.tenantId)),
      pgArray.text(identities.map((i) => i.kind)),
      pgArray.text(identities.map((i) => i.value)),
      pgArray.int8(identities.map((i) => i.contactId)),
      pgArray.timestamptz(identities.map((i) => i.at)),
    ],
  });
}

const CONVERSATION_COLUMNS =
  "tenant_id, id, channel_id, contact_id, reply_address, state, language, topic, assignee_id, department_id, flow, hand_over, preview, last_message_at, last_day, last_customer_at, last_turn, waiting_since, due_at, unread";
const CONVERSATION_ARRAYS =
  "$1::int[], $2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[], $11::jsonb[], $12::jsonb[], $13::text[], $14::timestamptz[], $15::text[]::date[], $16::timestamptz[], $17::uuid[], $18::timestamptz[], $19::timestamptz[], $20::int[]";

/** @param zoneOf time zone of a tenant, for the day a conversation is listed under */
export async function writeConversations(
  client: pg.PoolClient,
  all: readonly ConversationState[],
  parts: { at: number; zoneOf(tenantId: number): string },
): Promise<void> {
  for (const isNew of [true, false]) {
    const rows = all.filter((c) => c.isNew === isNew && c.changed);
    if (rows.length === 0) continue;
    const values: unknown[] = [
      pgArray.int4(rows.map((c) => c.tenantId)),
      pgArray.int8(rows.map((c) => c.id)),
      pgArray.int4(rows.map((c) => c.channelId)),
      pgArray.int8(rows.map((c) => c.contactId)),
      pgArray.text(rows.map((c) => c.replyAddress)),
      pgArray.text(rows.map((c) => c.state)),
      pgArray.text(rows.map((c) => c.language)),
      pgArray.text(rows.map((c) => c.topic)),
      pgArray.text(rows.map((c) => c.assigneeId)),
      pgArray.int4(rows.map((c) => c.departmentId)),
      pgArray.jsonb(rows.map((c) => c.flow)),
      pgArray.jsonb(rows.map((c) => c.handOver)),
      pgArray.text(rows.map((c) => c.preview)),
      pgArray.timestamptz(rows.map((c) => c.lastMessageAt)),
      rows.map((c) => localDate(c.lastMessageAt, parts.zoneOf(c.tenantId))),
      pgArray.timestamptz(rows.map((c) => c.lastCustomerAt)),
      pgArray.uuid(rows.map((c) => c.lastTurn)),
      pgArray.timestamptz(rows.map((c) => c.waitingSince)),
      pgArray.timestamptz(rows.map((c) => c.dueAt)),
      pgArray.int4(rows.map((c) => c.unread)),
    ];
    if (isNew) {
      await client.query({
        name: "insert-conversations",
        text: `insert into kernel.conversation (${CONVERSATION_COLUMNS}, thread, created_at) overriding system value select t.*, $22 from unnest(${CONVERSATION_ARRAYS}, $21::text[]) t`,
        values: [...values, pgArray.text(rows.map((c) => c.thread)), new Date(parts.at)],
      });
    } else {
      await client.query({
        name: "update-conversations",
        text: `update kernel.conversation c set reply_address = t.reply_address, state = t.state, language = t.language, topic = t.topic,
            assignee_id = t.assignee_id, department_id = t.department_id, flow = t.flow, hand_over = t.hand_over, preview = t.preview,
            last_message_at = t.last_message_at, last_day = t.last_day, last_customer_at = t.last_customer_at, last_turn = t.last_turn,
            waiting_since = t.waiting_since, due_at = t.due_at, unread = t.unread
          from unnest(${CONVERSATION_ARRAYS}) t(${CONVERSATION_COLUMNS}) where c.tenant_id = t.tenant_id and c.id = t.id`,
        values,
      });
    }
  }
}

export async function writeMessages(
  client: pg.PoolClient,
  messages: readonly NewMessage[],
  at: number,
): Promise<void> {
  if (messages.length === 0) return;
  await client.query({
    name: "insert-messages",
    text: `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, external_id, reply_to, language, detail, error, sent_at, received_at, purpose, basis_message, processed_at)
      select t.*, $16 from unnest($1::int[], $2::bigint[], $3::uuid[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::jsonb[], $11::jsonb[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::uuid[]) t`,
    values: [
      pgArray.int4(messages.map((m) => m.tenantId)),
      pgArray.int8(messages.map((m) => m.conversationId)),
      pgArray.uuid(messages.map((m) => m.id)),
      pgArray.text(messages.map((m) => m.author)),
      pgArray.jsonb(messages.map((m) => m.content)),
      pgArray.text(messages.map((m) => m.status)),
      pgArray.text(messages.map((m) => m.externalId)),
      pgArray.uuid(messages.map((m) => m.replyTo)),
      pgArray.text(messages.map((m) => m.language)),
      pgArray.jsonb(messages.map((m) => m.detail)),
      pgArray.jsonb(messages.map((m) => m.error)),
      pgArray.timestamptz(messages.map((m) => m.sentAt)),
      pgArray.timestamptz(messages.map((m) => m.receivedAt)),
      pgArray.text(messages.map((m) => m.purpose)),
      pgArray.uuid(messages.map((m) => m.basisMessage)),
      new Date(at),
    ],
  });
}

export async function writeSeen(
  client: pg.PoolClient,
  rows: readonly { tenantId: number; key: string; conversationId: number | null; messageId: string | null }[],
  at: number,
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: "insert-seen",
    text: `insert into kernel.seen (tenant_id, key, conversation_id, message_id, seen_at)
      select t.*, $5 from unnest($1::int[], $2::uuid[], $3::bigint[], $4::uuid[]) t`,
    values: [
      pgArray.int4(rows.map((r) => r.tenantId)),
      pgArray.uuid(rows.map((r) => r.key)),
      pgArray.int8(rows.map((r) => r.conversationId)),
      pgArray.uuid(rows.map((r) => r.messageId)),
      new Date(at),
    ],
  });
}

export async function writeOutbox(client: pg.PoolClient, outcome: Outcome, at: number): Promise<void> {
  const rows = outcome.outbox;
  if (rows.length === 0) return;
  await client.query({
    name: "insert-outbox",
    text: `insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, reply_to_external, priority, purpose, basis_kind, basis_id, basis_at, due_at)
      select t.tenant_id, t.id, t.conversation_id, t.contact_id, t.channel_id, t.reply_address, t.content, t.reply_to_external, t.priority, t.purpose, 'customer_message', t.basis_id, t.basis_at, $13
      from unnest($1::int[], $2::uuid[], $3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::jsonb[], $8::text[], $9::smallint[], $10::text[], $11::text[], $12::timestamptz[])
        t(tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, reply_to_external, priority, purpose, basis_id, basis_at)`,
    values: [
      pgArray.int4(rows.map((r) => r.tenantId)),
      pgArray.uuid(rows.map((r) => r.id)),
      pgArray.int8(rows.map((r) => r.conversation.id)),
      pgArray.int8(rows.map((r) => r.conversation.contactId)),
      pgArray.int4(rows.map((r) => r.conversation.channelId)),
      pgArray.text(rows.map((r) => r.conversation.replyAddress)),
      pgArray.jsonb(rows.map((r) => r.content)),
      pgArray.text(rows.map((r) => r.replyToExternal)),
      pgArray.int2(rows.map((r) => r.priority)),
      pgArray.text(rows.map((r) => r.purpose)),
      pgArray.text(rows.map((r) => r.basisId)),
      pgArray.timestamptz(rows.map((r) => r.basisAt)),
      new Date(at),
    ],
  });
}

/** SQL rank of a status; a receipt only moves it up, and a later `delivered` overrules a `failed`. */
export const STATUS_RANK = `case %s when 'queued' then 0 when 'uncertain' then 1 when 'failed' then 2 when 'sent' then 3 when 'delivered' then 4 when 'read' then 5 when 'played' then 6 else 9 end`;
const rank = (column: string): string => STATUS_RANK.replace("%s", column);

export interface ChangedMessage {
  tenant_id: number;
  conversation_id: number;
  id: string;
}

/**
 * Applies receipts (at most one per message). A `failed` counts against queued and sent only.
 * @returns the messages whose status moved
 */
export async function writeReceipts(
  client: pg.PoolClient,
  receipts: readonly ReceiptUpdate[],
): Promise<ChangedMessage[]> {
  if (receipts.length === 0) return [];
  const { rows } = await client.query<ChangedMessage>({
    name: "apply-receipts",
    text: `update kernel.message m set status = t.status, error = case when t.status = 'failed' then t.error when m.status = 'failed' then null else m.error end,
        billed = coalesce(t.billed, m.billed)
      from unnest($1::int[], $2::bigint[], $3::uuid[], $4::text[], $5::jsonb[], $6::text[]) t(tenant_id, conversation_id, id, status, error, billed)
      where m.tenant_id = t.tenant_id and m.conversation_id = t.conversation_id and m.id = t.id and m.author in ('bot', 'agent')
        and case when t.status = 'failed' then m.status in ('queued', 'uncertain', 'sent') else ${rank("t.status")} > ${rank("m.status")} end
      returning m.tenant_id, m.conversation_id, m.id`,
    values: [
      pgArray.int4(receipts.map((r) => r.tenantId)),
      pgArray.int8(receipts.map((r) => r.conversationId)),
      pgArray.uuid(receipts.map((r) => r.messageId)),
      pgArray.text(receipts.map((r) => r.status)),
      pgArray.jsonb(receipts.map((r) => r.error)),
      pgArray.text(receipts.map((r) => r.billed)),
    ],
  });
  return rows;
}

/** A receipt proves that a send in doubt has left: its outbox row goes, whoever waited for it. */
export async function settleOutbox(
  client: pg.PoolClient,
  receipts: readonly ReceiptUpdate[],
  epoch: number,
): Promise<void> {
  if (receipts.length === 0) return;
  await client.query({
    name: "settle-outbox",
    text: `delete from kernel.outbox o using unnest($1::int[], $2::uuid[]) t(tenant_id, id)
      where o.tenant_id = t.tenant_id and o.id = t.id and (o.state <> 'leased' or o.lease_epoch < $3)`,
    values: [
      pgArray.int4(receipts.map((r) => r.tenantId)),
      pgArray.uuid(receipts.map((r) => r.messageId)),
      epoch,
    ],
  });
}

export async function writeTimers(client: pg.PoolClient, outcome: Outcome): Promise<void> {
  // Two messages of one batch may set the same timer: the later one counts, as it would in a batch of its own.
  const rows = [
    ...new Map(outcome.timers.map((t) => [JSON.stringify([t.tenantId, t.kind, t.key]), t])).values(),
  ];
  if (rows.length === 0) return;
  await client.query({
    name: "insert-timers",
    text: `insert into kernel.timer (tenant_id, kind, key, due_at, payload)
      select * from unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[], $5::jsonb[])
      on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`,
    values: [
      pgArray.int4(rows.map((t) => t.tenantId)),
      pgArray.text(rows.map((t) => t.kind)),
      pgArray.text(rows.map((t) => t.key)),
      pgArray.timestamptz(rows.map((t) => t.dueAt)),
      pgArray.jsonb(rows.map((t) => t.payload ?? {})),
    ],
  });
}

export async function writeCallbacks(client: pg.PoolClient, outcome: Outcome, at: number): Promise<void> {
  for (const row of outcome.callbacks) {
    await client.query({
      name: "insert-callback",
      text: `with c as (insert into kernel.callback (tenant_id, conversation_id, contact_id, phone, promised_at, topic, created_at, until_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8) returning tenant_id, id, coalesce(until_at, promised_at) as due_at)
        insert into kernel.timer (tenant_id, kind, key, due_at, payload)
        select tenant_id, 'callback_due', id::text, due_at, jsonb_build_object('callbackId', id) from c`,
      values: [
        row.tenantId,
        row.conversation.id,
        row.conversation.contactId,
        row.phone.slice(0, 30),
        new Date(row.promisedAt),
        row.topic.slice(0, 200),
        new Date(at),
        row.until === null ? null : new Date(row.until),
      ],
    });
  }
}

/** Events last: their sequence rows are locked only until the commit. Gapless per tenant. */
export async function writeEvents(client: pg.ClientBase, outcome: Outcome, at: number): Promise<void> {
  const tenants = [...outcome.events.keys()].sort((a, b) => a - b);
  if (tenants.length === 0) return;
  const flat = tenants.flatMap((tenantId) =>
    (outcome.events.get(tenantId) ?? []).map((event, n) => ({ tenantId, n: n + 1, event })),
  );
  await client.query({
    name: "insert-events",
    text: `with l as materialized (select s.tenant_id, x.n from kernel.tenant_seq s join unnest($1::int[], $2::int[]) x(tenant_id, n) on s.tenant_id = x.tenant_id
        order by s.tenant_id for no key update of s),
      u as (update kernel.tenant_seq s set last_seq = s.last_seq + l.n from l where s.tenant_id = l.tenant_id returning s.tenant_id, s.last_seq - l.n as base)
      insert into kernel.event (tenant_id, seq, type, conversation_id, message_id, ref, at)
      select e.tenant_id, u.base + e.n, e.type, e.conversation_id, e.message_id, e.ref, $9
      from unnest($3::int[], $4::int[], $5::text[], $6::bigint[], $7::uuid[], $8::text[]) e(tenant_id, n, type, conversation_id, message_id, ref)
      join u on u.tenant_id = e.tenant_id`,
    values: [
      pgArray.int4(tenants),
      pgArray.int4(tenants.map((t) => outcome.events.get(t)?.length ?? 0)),
      pgArray.int4(flat.map((f) => f.tenantId)),
      pgArray.int4(flat.map((f) => f.n)),
      pgArray.text(flat.map((f) => f.event.type)),
      pgArray.int8(flat.map((f) => f.event.conversationId)),
      pgArray.uuid(flat.map((f) => f.event.messageId)),
      pgArray.text(flat.map((f) => f.event.ref)),
      new Date(at),
    ],
  });
}

import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type { search } from "../api/conversations.ts";
import { logListed } from "../contacts/access-log.ts";
import { rootsOf } from "../contacts/roots.ts";
import type { Tx } from "../db/open.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { messageRows } from "./rows.ts";

export type Found = z.output<typeof search.reply>;

/** A search may not slow down those who write: each half ends after this time, and the reply says so. */
const TIME_LIMIT_MS = 1_500;
const EXCERPT_CHARACTERS = 160;
const BEFORE_HIT_CHARACTERS = 50;
const QUERY_CANCELED = "57014";

interface Query {
  q: string;
  limit: number;
}

/**
 * Words in messages of people, newest first, and contacts by a part of their name or the beginning of an address.
 * Row security would hide the search indexes from the planner (their operators are not leakproof), so ids are found
 * as the node's role within the named tenant, and everything that is shown is loaded under the tenant's own policy.
 */
export async function searchAll(kernel: Kernel, actor: Actor, query: Query): Promise<Found> {
  const { tenantId } = actor;
  // What is fresh is read first: what a bite takes meanwhile is then found in the index.
  const fresh = limited(kernel, findFresh(tenantId, query));
  const [contactIds, freshKeys, gatheredKeys] = await Promise.all([
    limited(kernel, findContacts(tenantId, query)),
    fresh,
    fresh.then(() => limited(kernel, findGathered(tenantId, query))),
  ]);
  const messageKeys = newest([...(freshKeys ?? []), ...(gatheredKeys ?? [])], query.limit);
  return kernel.db.tenant(actor.tenantId, async (tx) => {
    const contacts = await contactsOf(
      tx,
      actor.tenantId,
      (contactIds ?? []).map((row) => row.id),
    );
    const messages = await messagesOf({ tx, kernel, tenantId: actor.tenantId }, messageKeys, query.q);
    // Whose name or words were shown was seen.
    const seen = [...contacts.map(({ id }) => id), ...messages.map(({ contactId }) => contactId)];
    await logListed(kernel, actor, seen, { tx });
    return {
      contacts,
      messages: messages.map(({ contactId: _, ...message }) => message),
      cut: contactIds === null || freshKeys === null || gatheredKeys === null,
    };
  });
}

/** @returns null when the time was over */
async function limited<Row>(kernel: Kernel, query: RawBuilder<Row>): Promise<Row[] | null> {
  try {
    return await kernel.db.registry(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TIME_LIMIT_MS)}, true), set_config('enable_seqscan', 'off', true)`.execute(
        tx,
      );
      return (await query.execute(tx)).rows;
    });
  } catch (error) {
    if ((error as { code?: string }).code === QUERY_CANCELED) return null;
    throw error;
  }
}

type MessageKey = { conversation_id: number; id: string };

/** What was sorted into the index. */
function findGathered(tenantId: number, { q, limit }: Query): RawBuilder<MessageKey> {
  return sql`
    select w.conversation_id, w.message_id as id from kernel.message_words w
    where w.words @@ kernel.search_query(${tenantId}, ${q}) order by w.message_id desc limit ${limit}`;
}

/** What came since: the same words by the same rule, read from the messages themselves. */
function findFresh(tenantId: number, { q, limit }: Query): RawBuilder<MessageKey> {
  return sql`
    with wanted as materialized (select kernel.search_query(${tenantId}, ${q}) as words)
    select distinct m.conversation_id, m.id from kernel.event e
      join kernel.message m on m.tenant_id = e.tenant_id and m.conversation_id = e.conversation_id and m.id = e.message_id
    where e.tenant_id = ${tenantId} and e.type = 'message.created'
      and e.seq > coalesce((select seq from kernel.search_mark where tenant_id = ${tenantId}), 0)
      and m.author in ('customer', 'agent')
      and kernel.search_vector(m.tenant_id, m.content ->> 'text') @@ (select words from wanted)
    order by m.id desc limit ${limit}`;
}

/** The newest of both, each once. A bite between the two reads may bring a message twice, never lose one. */
function newest(found: readonly MessageKey[], limit: number): MessageKey[] {
  const keys = new Map(found.map((key) => [key.id, key]));
  return [...keys.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
}

async function messagesOf(
  parts: { tx: Tx; kernel: Kernel; tenantId: number },
  keys: readonly { conversation_id: number; id: string }[],
  q: string,
): Promise<(Found["messages"][number] & { contactId: number })[]> {
  const rows = await messageRows(
    parts,
    keys.map((key) => ({ conversationId: key.conversation_id, id: key.id })),
  );
  const contacts = await contactNames(
    parts.tx,
    parts.tenantId,
    rows.map((row) => row.conversationId),
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    contactId: contacts.get(row.conversationId)?.id ?? 0,
    contactName: contacts.get(row.conversationId)?.name ?? "",
    author: row.author,
    excerpt: excerptOf(row.text, q),
    sentAt: row.sentAt,
  }));
}

/** @returns conversation id -> the person */
async function contactNames(
  tx: Tx,
  tenantId: number,
  ids: readonly number[],
): Promise<Map<number, { id: number; name: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("kernel.conversation")
    .select(["id", "contact_id"])
    .where("tenant_id", "=", tenantId)
    .where("id", "in", [...ids])
    .execute();
  const roots = await rootsOf(
    tx,
    tenantId,
    rows.map((row) => row.contact_id),
  );
  return new Map(
    rows.map((row) => {
      const root = roots.get(row.contact_id);
      return [row.id, { id: root?.id ?? row.contact_id, name: root?.name ?? "" }];
    }),
  );
}

/** The words around the first hit. */
export function excerptOf(text: string, q: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= EXCERPT_CHARACTERS) return flat;
  const lower = flat.toLowerCase();
  const hits = q
    .toLowerCase()
    .split(/\s+/)
    .map((word) => lower.indexOf(word))
    .filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...(hits.length > 0 ? hits : [0])) - BEFORE_HIT_CHARACTERS);
  const start = from === 0 ? 0 : flat.indexOf(" ", from) + 1;
  const piece = flat.slice(start, start + EXCERPT_CHARACTERS);
  return `${start > 0 ? "… " : ""}${piece}${start + EXCERPT_CHARACTERS < flat.length ? " …" : ""}`;
}

function findContacts(tenantId: number, { q, limit }: Query): RawBuilder<{ id: number }> {
  const name = `%${likeText(q.toLowerCase())}%`;
  const addresses = addressPrefixes(q).map((prefix) => sql`i.value like ${`${likeText(prefix)}%`}`);
  return sql`
    (select i.contact_id as id from kernel.identity i
      where i.tenant_id = ${tenantId} and (${sql.join(addresses, sql` or `)}) limit ${limit})
    union
    (select c.id from kernel.contact c
      where c.tenant_id = ${tenantId} and c.erased_at is null and (lower(c.name) like ${name} or lower(c.company) like ${name})
      order by c.id desc limit ${limit})`;
}

/** A telephone number is written in many ways and stored as digits, with or without a plus. */
export function addressPrefixes(q: string): string[] {
  const digits = q.replace(/[\s()/.+-]/g, "");
  if (!/^\d{3,}$/.test(digits)) return [q];
  const international = digits.replace(/^00/, "");
  const prefixes = [digits, international, `+${international}`];
  // Written as at home: our providers store it with the country's code.
  if (/^0[1-9]/.test(digits)) prefixes.push(`+49${digits.slice(1)}`, `49${digits.slice(1)}`);
  return [...new Set(prefixes)];
}

interface ContactHit {
  id: number;
  hint: string | null;
  conversation_id: number | null;
}

async function contactsOf(tx: Tx, tenantId: number, ids: readonly number[]): Promise<Found["contacts"]> {
  const roots = await rootsOf(tx, tenantId, ids);
  const persons = [...new Map([...roots.values()].map((root) => [root.id, root])).values()];
  if (persons.length === 0) return [];
  const { rows } = await sql<ContactHit>`
    select w.id, (select value from kernel.identity i where i.tenant_id = ${tenantId} and i.contact_id = w.id order by kind limit 1) as hint,
      (select c.id from kernel.conversation c where c.tenant_id = ${tenantId} and c.contact_id = w.id or (c.tenant_id = ${tenantId}
        and c.contact_id in (select m.id from kernel.contact m where m.tenant_id = ${tenantId} and m.merged_into = w.id))
        order by c.last_message_at desc limit 1) as conversation_id
    from unnest(${persons.map((person) => person.id)}::bigint[]) w(id)`.execute(tx);
  const details = new Map(rows.map((row) => [row.id, row]));
  return persons
    .map(({ id, name }) => ({
      id,
      name,
      hint: details.get(id)?.hint ?? "",
      conversationId: details.get(id)?.conversation_id ?? null,
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
}

/** What a person types is text, not a pattern. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

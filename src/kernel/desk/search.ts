import { sql } from "kysely";
import type { z } from "zod";
import type { search } from "../api/conversations.ts";
import { rootsOf } from "../contacts/roots.ts";
import type { Tx } from "../db/open.ts";
import type { Content } from "../dialogue/content.ts";
import { textOf } from "../dialogue/content.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";

export type Found = z.output<typeof search.reply>;

/** A search may not slow down those who write: it ends after this time and says so. */
const TIME_LIMIT_MS = 1_500;
const EXCERPT_CHARACTERS = 160;
const BEFORE_HIT_CHARACTERS = 50;
const QUERY_CANCELED = "57014";

/** Words in messages of people, and names and addresses of contacts; newest first. */
export async function searchAll(
  kernel: Kernel,
  actor: Actor,
  query: { q: string; limit: number },
): Promise<Found> {
  const [contacts, messages] = [
    await limited(kernel, actor, (tx) => findContacts(tx, actor, query)),
    await limited(kernel, actor, (tx) => findMessages(tx, actor, query)),
  ];
  return { contacts: contacts ?? [], messages: messages ?? [], cut: contacts === null || messages === null };
}

/** @returns null when the time was over */
async function limited<T>(kernel: Kernel, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  try {
    return await kernel.db.tenant(actor.tenantId, async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TIME_LIMIT_MS)}, true)`.execute(tx);
      return work(tx);
    });
  } catch (error) {
    if ((error as { code?: string }).code === QUERY_CANCELED) return null;
    throw error;
  }
}

interface Hit {
  id: string;
  conversation_id: number;
  contact_id: number;
  author: string;
  content: Content;
  sent_at: Date;
}

async function findMessages(
  tx: Tx,
  actor: Actor,
  { q, limit }: { q: string; limit: number },
): Promise<Found["messages"]> {
  const { rows } = await sql<Hit>`
    with w as materialized (select kernel.search_query(${actor.tenantId}, ${q}) as words)
    select m.id, m.conversation_id, c.contact_id, m.author, m.content, m.sent_at
    from w, kernel.message m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    where m.tenant_id = ${actor.tenantId} and m.author in ('customer', 'agent') and numnode(w.words) > 0
      and kernel.search_vector(m.tenant_id, m.content ->> 'text') @@ w.words
    order by m.id desc limit ${limit}`.execute(tx);
  const roots = await rootsOf(
    tx,
    actor.tenantId,
    rows.map((row) => row.contact_id),
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    contactName: roots.get(row.contact_id)?.name ?? "",
    author: row.author,
    excerpt: excerptOf(textOf(row.content), q),
    sentAt: row.sent_at.toISOString(),
  }));
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

async function findContacts(
  tx: Tx,
  actor: Actor,
  { q, limit }: { q: string; limit: number },
): Promise<Found["contacts"]> {
  const words = likeText(q.toLowerCase());
  // A telephone number is written in many ways and stored as digits.
  const digits = q.replace(/[\s()/.+-]/g, "");
  const address = /^\d{3,}$/.test(digits) ? digits.replace(/^0(?=[1-9])/, "") : likeText(q);
  const { rows } = await sql<{ id: number; value: string | null }>`
    select c.id, i.value from kernel.contact c
    left join lateral (select value from kernel.identity i where i.tenant_id = c.tenant_id and i.contact_id = c.id order by i.kind limit 1) i on true
    where c.tenant_id = ${actor.tenantId} and c.erased_at is null
      and (lower(c.name) like ${`%${words}%`} or lower(c.company) like ${`${words}%`} or exists (
        select 1 from kernel.identity j where j.tenant_id = c.tenant_id and j.contact_id = c.id and j.value like ${`%${address}%`}))
    order by lower(c.name), c.id limit ${limit}`.execute(tx);
  const roots = await rootsOf(
    tx,
    actor.tenantId,
    rows.map((row) => row.id),
  );
  const hints = new Map(rows.map((row) => [roots.get(row.id)?.id ?? row.id, row.value ?? ""]));
  const names = new Map([...roots.values()].map((root) => [root.id, root.name]));
  const conversations = await latestConversations(
    tx,
    actor.tenantId,
    rows.map((row) => row.id),
  );
  const latest = new Map<number, number>();
  for (const row of rows) {
    const root = roots.get(row.id)?.id ?? row.id;
    const conversation = conversations.get(row.id);
    if (conversation !== undefined) latest.set(root, Math.max(conversation, latest.get(root) ?? 0));
  }
  return [...hints].map(([id, hint]) => ({
    id,
    name: names.get(id) ?? "",
    hint,
    conversationId: latest.get(id) ?? null,
  }));
}

async function latestConversations(
  tx: Tx,
  tenantId: number,
  ids: readonly number[],
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ contact_id: number; id: number }>`
    select distinct on (contact_id) contact_id, id from kernel.conversation
    where tenant_id = ${tenantId} and contact_id = any(${[...ids]}::bigint[]) order by contact_id, last_message_at desc`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.contact_id, row.id]));
}

/** What a person types is text, not a pattern. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

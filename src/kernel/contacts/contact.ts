import { type RawBuilder, sql } from "kysely";
import type { Contact } from "../api/contacts.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { readCursor, writeCursor } from "../http/cursor.ts";
import { personOf } from "./roots.ts";

type Language = Contact["language"];
export type ContactSummary = Pick<Contact, "id" | "name" | "company" | "language" | "firstSeenAt">;

/**
 * One person with everything that was merged into it; any of its contacts leads to the same root.
 * @throws AppError not_found for an unknown, foreign or erased contact
 */
export async function readContact(tx: Tx, tenantId: number, contactId: number): Promise<Contact> {
  const ids = await personOf(tx, tenantId, contactId);
  const root = ids[0];
  const row =
    root === undefined
      ? undefined
      : await tx
          .selectFrom("kernel.contact")
          .selectAll()
          .where("tenant_id", "=", tenantId)
          .where("id", "=", root)
          .where("erased_at", "is", null)
          .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  return {
    id: row.id,
    name: row.name,
    language: row.language,
    company: row.company,
    note: row.note,
    firstSeenAt: row.first_seen_at.toISOString(),
    identities: await identitiesOf(tx, tenantId, ids),
    conversations: await conversationsOf(tx, tenantId, ids),
    merges: await mergesOf(tx, tenantId, ids),
  };
}

async function identitiesOf(
  tx: Tx,
  tenantId: number,
  ids: readonly number[],
): Promise<Contact["identities"]> {
  // The identity's own row is not touched with every message; the conversation says when its person wrote last.
  const { rows } = await sql<{ kind: string; value: string; contact_id: number; last_seen_at: Date }>`
    select i.kind, i.value, i.contact_id, greatest(i.last_seen_at, (select max(c.last_customer_at) from kernel.conversation c
      where c.tenant_id = i.tenant_id and c.contact_id = i.contact_id)) as last_seen_at
    from kernel.identity i where i.tenant_id = ${tenantId} and i.contact_id = any(${[...ids]}::bigint[])
    order by last_seen_at desc, i.kind`.execute(tx);
  return rows.map((row) => ({
    kind: row.kind,
    value: row.value,
    lastSeenAt: row.last_seen_at.toISOString(),
    contactId: row.contact_id,
  }));
}

async function conversationsOf(
  tx: Tx,
  tenantId: number,
  ids: readonly number[],
): Promise<Contact["conversations"]> {
  const rows = await tx
    .selectFrom("kernel.conversation as c")
    .innerJoin("kernel.channel as ch", (join) =>
      join.onRef("ch.tenant_id", "=", "c.tenant_id").onRef("ch.id", "=", "c.channel_id"),
    )
    .innerJoin("kernel.contact as p", (join) =>
      join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.contact_id"),
    )
    .select(["c.id", "ch.kind", "c.state", "c.last_message_at", "p.party"])
    .where("c.tenant_id", "=", tenantId)
    .where("c.contact_id", "in", ids)
    .orderBy("c.last_message_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channelKind: row.kind,
    state: row.state,
    lastMessageAt: row.last_message_at.toISOString(),
    party: row.party,
  }));
}

async function mergesOf(tx: Tx, tenantId: number, ids: readonly number[]): Promise<Contact["merges"]> {
  const { rows } = await sql<{ id: number; contact_id: number; name: string; merged_at: Date; by: string }>`
    select m.id, m.contact_id, c.name, m.merged_at, coalesce(s.name, k.name, '') as by
    from kernel.contact_merge m
    join kernel.contact c on c.tenant_id = m.tenant_id and c.id = m.contact_id
    left join kernel.staff s on s.tenant_id = m.tenant_id and s.user_id = m.merged_by
    left join kernel.api_key k on k.tenant_id = m.tenant_id and 'key:' || k.id = m.merged_by
    where m.tenant_id = ${tenantId} and m.into_id = any(${[...ids]}::bigint[]) and m.undone_at is null
    order by m.merged_at desc, m.id desc`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    contactId: row.contact_id,
    name: row.name,
    mergedAt: row.merged_at.toISOString(),
    by: row.by,
  }));
}

export interface ContactQuery {
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Persons by name, those without one last; a part of the name or company is enough. */
export async function contactPage(
  tx: Tx,
  tenantId: number,
  query: ContactQuery,
): Promise<{ items: ContactSummary[]; next: string | null }> {
  const where: RawBuilder<unknown>[] = [
    sql`tenant_id = ${tenantId} and merged_into is null and erased_at is null`,
  ];
  const words = query.q?.trim().toLowerCase();
  if (words) {
    const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
    where.push(sql`(lower(name) like ${pattern} or lower(company) like ${pattern})`);
  }
  const after = readCursor(query.cursor, ["number", "string", "number"]);
  // "C" is the index's order; the first part puts nameless ones at the end.
  const key = sql`(name = '')::int, lower(name) collate "C", id`;
  if (after)
    where.push(sql`(${key}) > (${after[0]}::int, ${after[1]}::text collate "C", ${after[2]}::bigint)`);
  const { rows } = await sql<{
    id: number;
    name: string;
    company: string;
    language: Language;
    first_seen_at: Date;
    sorted: string;
  }>`
    select id, name, company, language, first_seen_at, lower(name) as sorted from kernel.contact
    where ${sql.join(where, sql` and `)} order by ${key} limit ${query.limit + 1}`.execute(tx);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => ({
      id: row.id,
      name: row.name,
      company: row.company,
      language: row.language,
      firstSeenAt: row.first_seen_at.toISOString(),
    })),
    next: last ? writeCursor([last.name === "" ? 1 : 0, last.sorted, last.id]) : null,
  };
}

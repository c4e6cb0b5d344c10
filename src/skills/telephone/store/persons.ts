import { sql } from "kysely";
import { AppError, type Language, personOf, personsOf, type Tx } from "#kernel";

/** Whose number it is, and where their history stands. */

export interface KnownPerson {
  /** The root of the person. */
  readonly contactId: number;
  /** Where the person spoke last, an open case before all others; null = nowhere yet. */
  readonly conversationId: number | null;
}

/** @returns phone -> whose it is; unknown numbers are missing */
export async function personsByPhone(
  tx: Tx,
  tenantId: number,
  phones: readonly string[],
): Promise<Map<string, KnownPerson>> {
  const wanted = [...new Set(phones)];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ phone: string; contact_id: number }>`
    select distinct on (w.phone) w.phone, i.contact_id
    from unnest(${wanted}::text[]) w(phone)
    join kernel.identity i on i.tenant_id = ${tenantId}
      and ((i.kind = 'phone' and i.value = w.phone) or (i.kind = 'wa_id' and i.value = substr(w.phone, 2)))
    join kernel.contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id and c.erased_at is null
    order by w.phone, i.kind, i.contact_id`.execute(tx);
  const persons = await knownPersons(
    tx,
    tenantId,
    rows.map(({ contact_id }) => contact_id),
  );
  return new Map(
    rows.flatMap(({ phone, contact_id }) => {
      const person = persons.get(contact_id);
      return person ? [[phone, person] as const] : [];
    }),
  );
}

/** @throws AppError not_found for an unknown or erased contact */
export async function knownPerson(tx: Tx, tenantId: number, contactId: number): Promise<KnownPerson> {
  const person = (await knownPersons(tx, tenantId, [contactId])).get(contactId);
  if (!person) throw new AppError("not_found");
  return person;
}

/** contact -> its person; three statements, however many are asked for. */
async function knownPersons(
  tx: Tx,
  tenantId: number,
  contactIds: readonly number[],
): Promise<Map<number, KnownPerson>> {
  const persons = await personsOf(tx, tenantId, contactIds);
  // One person may stand behind several of the contacts.
  const members = new Map(
    [...persons.values()].flatMap((ids) => ids.map((id) => [id, ids[0] ?? id] as const)),
  );
  if (members.size === 0) return new Map();
  const { rows } = await sql<{ root: number; id: number }>`
    select distinct on (w.root) w.root, v.id from unnest(${[...members.keys()]}::bigint[], ${[...members.values()]}::bigint[]) w(id, root)
    join kernel.conversation v on v.tenant_id = ${tenantId} and v.contact_id = w.id
    order by w.root, (v.state in ('waiting', 'person')) desc, v.last_message_at desc`.execute(tx);
  const newest = new Map(rows.map(({ root, id }) => [root, id]));
  return new Map(
    [...persons].flatMap(([id, [root]]) =>
      root === undefined
        ? []
        : [[id, { contactId: root, conversationId: newest.get(root) ?? null }] as const],
    ),
  );
}

/** @returns the person's number, if one is known; a written one before the messenger's */
export async function phoneOf(tx: Tx, tenantId: number, contactId: number): Promise<string> {
  const ids = await personOf(tx, tenantId, contactId);
  const { rows } = await sql<{ phone: string }>`
    select case when kind = 'phone' then value else '+' || value end as phone from kernel.identity
    where tenant_id = ${tenantId} and contact_id = any(${ids}::bigint[])
      and (kind = 'phone' or (kind = 'wa_id' and value ~ '^[1-9][0-9]{6,14}$'))
    order by kind, last_seen_at desc limit 1`.execute(tx);
  return rows[0]?.phone ?? "";
}

/** Somebody who called, or was called, and is not known yet: by the number the person is found when they write. */
export async function addPerson(
  tx: Tx,
  tenantId: number,
  { name, phone, now }: { name: string; phone: string; now: number },
): Promise<number> {
  const at = new Date(now);
  const { rows } = await sql<{ id: number }>`
    insert into kernel.contact (tenant_id, name, first_seen_at) values (${tenantId}, ${name}, ${at}) returning id`.execute(
    tx,
  );
  const { id } = rows[0] as { id: number };
  await sql`insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
    values (${tenantId}, 'phone', ${phone}, ${id}, ${at}, ${at}) on conflict (tenant_id, kind, value) do nothing`.execute(
    tx,
  );
  return id;
}

const CHANNEL_NAMES: Readonly<Record<Language, string>> = { de: "Telefon", en: "Telephone" };

/**
 * The history of a person who was only on the telephone yet: a conversation in which nothing can be sent.
 * @returns its id; the one that stands already
 */
export async function phoneConversation(
  tx: Tx,
  tenantId: number,
  person: { contactId: number; phone: string; staffId: string; language: Language; day: string; now: number },
): Promise<number> {
  const at = new Date(person.now);
  await sql`insert into kernel.channel (tenant_id, kind, address, name, active, created_at)
    values (${tenantId}, 'phone', ${`tenant:${tenantId}`}, ${CHANNEL_NAMES[person.language]}, false, ${at})
    on conflict (kind, address) do nothing`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, state, assignee_id, last_message_at, last_day, created_at)
    select ${tenantId}, h.id, ${person.contactId}, ${person.phone}, ${person.language}, 'person', ${person.staffId}, ${at}, ${person.day}::date, ${at}
    from kernel.channel h where h.tenant_id = ${tenantId} and h.kind = 'phone'
    on conflict (tenant_id, contact_id, channel_id, thread) do update set created_at = conversation.created_at
    returning id`.execute(tx);
  return (rows[0] as { id: number }).id;
}

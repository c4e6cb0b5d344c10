import { sql } from "kysely";
import { AppError, appendEvents, type Tx } from "#kernel";
import type { Person, Role } from "../api.ts";
import { partyOf, tell } from "./tx.ts";

/** Who speaks for a company. The contact carries the company's party, so the kernel keeps their conversations apart. */

interface PersonRow {
  id: number;
  company_id: number;
  contact_id: number | null;
  name: string | null;
  roles: Role[];
  left_at: Date | null;
  identities: { kind: string; value: string }[];
}

const PERSON = sql`
  select p.id, p.company_id, p.contact_id, c.name, p.roles, p.left_at,
    coalesce((select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.value) from kernel.identity i
      where i.tenant_id = p.tenant_id and i.contact_id = p.contact_id), '[]') as identities
  from business.person p left join kernel.contact c on c.tenant_id = p.tenant_id and c.id = p.contact_id`;

const shown = (row: PersonRow): Person => ({
  id: row.id,
  contactId: row.contact_id,
  name: row.name ?? "",
  roles: row.roles,
  leftAt: row.left_at?.toISOString() ?? null,
  identities: row.identities,
});

/** Those who speak for it now first. */
export async function personsOf(tx: Tx, tenantId: number, companyId: number): Promise<Person[]> {
  const { rows } = await sql<PersonRow>`
    ${PERSON} where p.tenant_id = ${tenantId} and p.company_id = ${companyId}
    order by p.left_at is not null, lower(c.name), p.id limit 500`.execute(tx);
  return rows.map(shown);
}

/** @returns the person who speaks for a company through this contact now; null when nobody does */
export async function personOfContact(
  tx: Tx,
  tenantId: number,
  contactId: number,
): Promise<{ companyId: number; person: Person } | null> {
  const { rows } = await sql<PersonRow>`
    ${PERSON} where p.tenant_id = ${tenantId} and p.contact_id = ${contactId} and p.left_at is null`.execute(
    tx,
  );
  const [row] = rows;
  return row ? { companyId: row.company_id, person: shown(row) } : null;
}

export type NewPerson =
  | { contactId: number; roles: Role[] }
  | { name: string; email?: string | undefined; phone?: string | undefined; roles: Role[] };

/** @throws AppError not_found; rule_broken when the contact speaks for another company */
export async function addPersonTo(
  tx: Tx,
  tenantId: number,
  companyId: number,
  given: { person: NewPerson; now: number },
): Promise<void> {
  const { person, now } = given;
  const contactId = "contactId" in person ? person.contactId : await contactFor(tx, tenantId, person, now);
  const { rows } = await sql<{ party: string | null }>`
    select party from kernel.contact where tenant_id = ${tenantId} and id = ${contactId} and erased_at is null for update`.execute(
    tx,
  );
  const [contact] = rows;
  if (!contact) throw new AppError("not_found");
  const speaks =
    await sql`select from business.person where tenant_id = ${tenantId} and contact_id = ${contactId} and left_at is null`.execute(
      tx,
    );
  if (speaks.rows.length > 0 && contact.party === partyOf(companyId))
    throw new AppError("rule_broken", "This person speaks for the company already.");
  if (contact.party !== null && contact.party !== partyOf(companyId))
    throw new AppError(
      "rule_broken",
      "This contact speaks for another company. Another address may speak for this one.",
    );
  await sql`insert into business.person (tenant_id, company_id, contact_id, roles, created_at)
    values (${tenantId}, ${companyId}, ${contactId}, ${person.roles}, ${new Date(now)})`.execute(tx);
  await setParty(tx, tenantId, { contactId, party: partyOf(companyId), now });
  await tell(tx, tenantId, `company ${companyId}`, now);
}

/** A new person is found by the address when they write. */
async function contactFor(
  tx: Tx,
  tenantId: number,
  person: Extract<NewPerson, { name: string }>,
  now: number,
): Promise<number> {
  const identities = [
    ...(person.email ? [{ kind: "email", value: person.email.toLowerCase() }] : []),
    ...(person.phone
      ? [
          { kind: "wa_id", value: person.phone.slice(1) },
          { kind: "phone", value: person.phone },
        ]
      : []),
  ];
  if (identities.length === 0)
    throw new AppError("bad_request", undefined, [
      {
        path: "email",
        message: "a mail address or a mobile number, so that the person is known when they write",
      },
    ]);
  const known = await sql<{ contact_id: number }>`
    select distinct contact_id from kernel.identity where tenant_id = ${tenantId}
      and (kind, value) in (select * from unnest(${identities.map((one) => one.kind)}::text[], ${identities.map((one) => one.value)}::text[]))`.execute(
    tx,
  );
  if (known.rows.length > 0)
    throw new AppError("rule_broken", "Somebody with this address has written before: choose that contact.");
  const { rows } = await sql<{ id: number }>`
    insert into kernel.contact (tenant_id, name, first_seen_at) values (${tenantId}, ${person.name}, ${new Date(now)}) returning id`.execute(
    tx,
  );
  const { id } = rows[0] as { id: number };
  await sql`insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
    select ${tenantId}, t.kind, t.value, ${id}, ${new Date(now)}, ${new Date(now)}
    from unnest(${identities.map((one) => one.kind)}::text[], ${identities.map((one) => one.value)}::text[]) t(kind, value)`.execute(
    tx,
  );
  return id;
}

async function setParty(
  tx: Tx,
  tenantId: number,
  to: { contactId: number; party: string | null; now: number },
): Promise<void> {
  await sql`update kernel.contact set party = ${to.party} where tenant_id = ${tenantId} and id = ${to.contactId}`.execute(
    tx,
  );
  await appendEvents(tx, tenantId, [{ type: "contact.changed", ref: String(to.contactId) }], to.now);
}

/** @returns the person's company @throws AppError not_found for one who is not there, or left */
async function lockPerson(tx: Tx, tenantId: number, id: number) {
  const { rows } = await sql<{ company_id: number; contact_id: number }>`
    select company_id, contact_id from business.person
    where tenant_id = ${tenantId} and id = ${id} and left_at is null for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}

/** @returns the company's id */
export async function changeRoles(
  tx: Tx,
  tenantId: number,
  change: { id: number; roles: Role[] },
  now: number,
): Promise<number> {
  const { company_id: companyId } = await lockPerson(tx, tenantId, change.id);
  await sql`update business.person set roles = ${change.roles} where tenant_id = ${tenantId} and id = ${change.id}`.execute(
    tx,
  );
  await tell(tx, tenantId, `company ${companyId}`, now);
  return companyId;
}

/**
 * The person speaks for the company no more. One whom a document names stays as a row, and the address stays the
 * company's.
 * @returns the company's id
 * @throws AppError rule_broken while a quotation in their conversation can be accepted
 */
export async function leave(tx: Tx, tenantId: number, id: number, now: number): Promise<number> {
  const { company_id: companyId, contact_id: contactId } = await lockPerson(tx, tenantId, id);
  const open = await sql`select from business.quotation_place p
    join business.quotation_version v on v.tenant_id = p.tenant_id and v.quotation_id = p.quotation_id and v.state = 'sent'
    where p.tenant_id = ${tenantId} and p.person_id = ${id} limit 1`.execute(tx);
  if (open.rows.length > 0)
    throw new AppError("rule_broken", "A quotation to this person is open. Withdraw it first.");
  await sql`update business.person set left_at = ${new Date(now)} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  const spoken = await sql`select from business.quotation_place x
    join business.quotation_version v on v.tenant_id = x.tenant_id and v.quotation_id = x.quotation_id and v.state <> 'draft'
    where x.tenant_id = ${tenantId} and x.person_id = ${id}
    union all select from business.acceptance a where a.tenant_id = ${tenantId} and a.person_id = ${id}`.execute(
    tx,
  );
  // What was offered and ordered there stays the company's; otherwise it was a mistake, and all is private again.
  if (spoken.rows.length === 0) await setParty(tx, tenantId, { contactId, party: null, now });
  await forgetUnnamed(tx, tenantId, [id]);
  await tell(tx, tenantId, `company ${companyId}`, now);
  return companyId;
}

/** Of those who left: who stands in no document goes. */
export async function forgetUnnamed(tx: Tx, tenantId: number, ids: readonly number[]): Promise<void> {
  await sql`delete from business.person p where p.tenant_id = ${tenantId} and p.id = any(${[...ids]}::bigint[]) and p.left_at is not null
    and not exists (select from business.quotation_place x where x.tenant_id = p.tenant_id and x.person_id = p.id)
    and not exists (select from business.acceptance a where a.tenant_id = p.tenant_id and a.person_id = p.id)`.execute(
    tx,
  );
}

import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { Customer } from "../api.ts";
import type { AdvocateTables } from "../tables.ts";

export type AdvocateTx = Tx<AdvocateTables>;

/** @returns the contact; null when we never met this person, or they were erased */
export async function contactOf(
  tx: AdvocateTx,
  tenantId: number,
  customer: Customer,
): Promise<number | null> {
  const [id = null] = await contactsOf(tx, tenantId, [customer]);
  return id;
}

/** Set-wise: one contact or null for each customer, in order. */
export async function contactsOf(
  tx: AdvocateTx,
  tenantId: number,
  customers: readonly Customer[],
): Promise<(number | null)[]> {
  const ids = customers.map((one) => ("contactId" in one ? one.contactId : null));
  const kinds = customers.map((one) => ("identity" in one ? one.identity.kind : null));
  const values = customers.map((one) => ("identity" in one ? one.identity.value : null));
  const { rows } = await sql<{ id: number | null }>`
    select c.id from unnest(${ids}::bigint[], ${kinds}::text[], ${values}::text[]) with ordinality n(id, kind, value, place)
    left join kernel.identity i on i.tenant_id = ${tenantId} and i.kind = n.kind and i.value = n.value
    left join kernel.contact c on c.tenant_id = ${tenantId} and c.id = coalesce(n.id, i.contact_id) and c.erased_at is null
    order by n.place`.execute(tx);
  return rows.map(({ id }) => id);
}

/** A yes that stands. */
export interface OpenGrant {
  readonly grantId: number;
  /** "" = every warning */
  readonly topic: string;
  readonly language: "de" | "en";
}

/** The furthest a chain of merged contacts is followed, as in the kernel. */
const DEEPEST = 50;

/**
 * `person (start, id)`: for each contact asked for, everybody who is the same person. A piece of a statement, to stand
 * after `with recursive`.
 */
export function persons(tenantId: number, contactIds: readonly number[]) {
  return sql`up as (
      select id as start, id, merged_into, 0 as depth from kernel.contact
      where tenant_id = ${tenantId} and id = any(${[...new Set(contactIds)]}::bigint[])
      union all
      select up.start, c.id, c.merged_into, up.depth + 1 from up
      join kernel.contact c on c.tenant_id = ${tenantId} and c.id = up.merged_into where up.depth < ${DEEPEST}),
    person as (
      select start, id, 0 as depth from up where merged_into is null
      union all
      select person.start, c.id, person.depth + 1 from person
      join kernel.contact c on c.tenant_id = ${tenantId} and c.merged_into = person.id where person.depth < ${DEEPEST})`;
}

/** Everybody who is this person, merged contacts included. */
export async function personIds(tx: AdvocateTx, tenantId: number, contactId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`with recursive ${persons(tenantId, [contactId])}
    select id from person order by id`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * What these persons agreed to be warned of, the latest first; a person may be several merged contacts.
 * @returns contact id -> grants
 */
export async function openGrants(
  tx: AdvocateTx,
  parts: { tenantId: number; contactIds: readonly number[]; purpose: string; now: number },
): Promise<Map<number, OpenGrant[]>> {
  const { tenantId, contactIds, purpose, now } = parts;
  if (contactIds.length === 0) return new Map();
  const { rows } = await sql<{ contact_id: number; grant_id: number; topic: string; language: "de" | "en" }>`
    with recursive ${persons(tenantId, contactIds)}
    select person.start as contact_id, g.id as grant_id, g.topic, t.language from person
    join kernel.consent_grant g on g.tenant_id = ${tenantId} and g.contact_id = person.id and g.purpose = ${purpose}
      and g.withdrawn_at is null and (g.expires_at is null or g.expires_at > ${new Date(now)})
    join kernel.consent_text t on t.tenant_id = g.tenant_id and t.hash = g.text_hash
    order by g.granted_at desc, g.id desc`.execute(tx);
  const found = new Map<number, OpenGrant[]>();
  for (const { contact_id, grant_id, topic, language } of rows)
    found.set(contact_id, [...(found.get(contact_id) ?? []), { grantId: grant_id, topic, language }]);
  return found;
}

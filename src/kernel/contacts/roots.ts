import { sql } from "kysely";
import type { Tx } from "../db/open.ts";

/**
 * Contacts that are one person: a merge only points from one to the other, so a person is a small tree. Its root
 * speaks for all of them.
 */
export interface Root {
  id: number;
  name: string;
}

/** A chain of merges longer than this does not occur; the bound keeps a damaged row from running for ever. */
const DEEPEST = 50;

/** @returns contact id -> the root of its person; unknown ids are missing */
export async function rootsOf(
  tx: Tx,
  tenantId: number,
  contactIds: readonly number[],
): Promise<Map<number, Root>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await sql<{ start: number; id: number; name: string }>`
    with recursive up as (
      select id as start, id, name, merged_into, 0 as depth from kernel.contact
      where tenant_id = ${tenantId} and id = any(${[...new Set(contactIds)]}::bigint[])
      union all
      select up.start, c.id, c.name, c.merged_into, up.depth + 1 from up
      join kernel.contact c on c.tenant_id = ${tenantId} and c.id = up.merged_into where up.depth < ${DEEPEST})
    select start, id, name from up where merged_into is null`.execute(tx);
  return new Map(rows.map((row) => [row.start, { id: row.id, name: row.name }]));
}

/** @returns contact id -> the ids of everybody who is this person, the root first; unknown ids are missing */
export async function personsOf(
  tx: Tx,
  tenantId: number,
  contactIds: readonly number[],
): Promise<Map<number, number[]>> {
  const roots = await rootsOf(tx, tenantId, contactIds);
  if (roots.size === 0) return new Map();
  const ids = [...new Set([...roots.values()].map(({ id }) => id))];
  const { rows } = await sql<{ root: number; id: number }>`
    with recursive down as (
      select id as root, id, 0 as depth from kernel.contact where tenant_id = ${tenantId} and id = any(${ids}::bigint[])
      union all
      select down.root, c.id, down.depth + 1 from down
      join kernel.contact c on c.tenant_id = ${tenantId} and c.merged_into = down.id where down.depth < ${DEEPEST})
    select root, id from down order by root, depth, id`.execute(tx);
  const members = Map.groupBy(rows, ({ root }) => root);
  return new Map(
    [...roots].map(([start, { id: root }]) => [start, (members.get(root) ?? []).map(({ id }) => id)]),
  );
}

/** @returns the ids of everybody who is this person, the root first; empty when the contact does not exist */
export async function personOf(tx: Tx, tenantId: number, contactId: number): Promise<number[]> {
  return (await personsOf(tx, tenantId, [contactId])).get(contactId) ?? [];
}

/**
 * Those of a person's contacts that write in the same name as this one, its root first: what somebody does for a company is
 * not shown where they look at their own, and the other way round.
 * @returns empty when the contact does not exist
 */
export async function samePartyAs(tx: Tx, tenantId: number, contactId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select o.id from kernel.contact c join kernel.contact o on o.tenant_id = c.tenant_id
      and o.party is not distinct from c.party and o.id = any(${await personOf(tx, tenantId, contactId)}::bigint[])
    where c.tenant_id = ${tenantId} and c.id = ${contactId} order by o.merged_into is not null, o.id <> c.id, o.id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

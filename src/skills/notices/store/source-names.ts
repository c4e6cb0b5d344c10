import { sql } from "kysely";
import { type EntityName, type NameBook, nameKey } from "../rules/feeds/gtfs-names.ts";
import type { NoticesTx } from "./tx.ts";

interface Place {
  readonly tenantId: number;
  readonly id: number;
}

/** The names of these lines and stops, as far as they are known. */
export async function namesOf(
  tx: NoticesTx,
  { tenantId, id }: Place,
  refs: readonly { kind: EntityName["kind"]; ref: string }[],
): Promise<NameBook> {
  if (refs.length === 0) return new Map();
  const { rows } = await sql<EntityName>`
    select n.kind, n.ref, n.name, n.mode from unnest(${refs.map(({ kind }) => kind)}::text[], ${refs.map(({ ref }) => ref)}::text[]) r(kind, ref)
    join notices.source_name n on n.tenant_id = ${tenantId} and n.source_id = ${id} and n.kind = r.kind and n.ref = r.ref`.execute(
    tx,
  );
  return new Map(rows.map((row) => [nameKey(row.kind, row.ref), { name: row.name, mode: row.mode }]));
}

/** All names anew: first this, then `addNames`, in one transaction. */
export async function clearNames(tx: NoticesTx, { tenantId, id }: Place): Promise<void> {
  await sql`delete from notices.source_name where tenant_id = ${tenantId} and source_id = ${id}`.execute(tx);
}

/** The first of two rows with one id stays. */
export async function addNames(
  tx: NoticesTx,
  { tenantId, id }: Place,
  names: readonly EntityName[],
): Promise<void> {
  await sql`insert into notices.source_name (tenant_id, source_id, kind, ref, name, mode)
    select ${tenantId}, ${id}, n.kind, n.ref, n.name, n.mode
    from unnest(${names.map(({ kind }) => kind)}::text[], ${names.map(({ ref }) => ref)}::text[],
      ${names.map(({ name }) => name)}::text[], ${names.map(({ mode }) => mode)}::text[]) n(kind, ref, name, mode)
    on conflict do nothing`.execute(tx);
}

/** @param learnt headers of the answer; left as they are when nothing came */
export async function noteNames(
  tx: NoticesTx,
  { tenantId, id }: Place,
  learnt: { fault: string | null; etag?: string | null; lastModified?: string | null; now: number },
): Promise<void> {
  await sql`update notices.source set names_at = ${new Date(learnt.now)}, names_fault = ${learnt.fault}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (learnt.etag !== undefined)
    await sql`update notices.source set names_etag = ${learnt.etag}, names_last_modified = ${learnt.lastModified ?? null}
      where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
}

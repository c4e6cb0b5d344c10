import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";

/**
 * Two companies agree that certain fields cross between them for one purpose until a day. Without a standing agreement
 * nothing of one company is seen by another; either side ends it at any time.
 */
export interface Agreement {
  id: number;
  /** Who proposed it. */
  tenantId: number;
  withTenantId: number;
  purpose: string;
  fields: string[];
  proposedAt: number;
  agreedAt: number | null;
  expiresAt: number;
  revokedAt: number | null;
}

export interface Proposal {
  tenantId: number;
  withTenantId: number;
  purpose: string;
  fields: readonly string[];
  /** ms */
  expiresAt: number;
  now: number;
}

/** @param tx in the proposer's tenant. @throws AppError bad_request */
export async function proposeAgreement(tx: Tx, proposal: Proposal): Promise<number> {
  const { tenantId, withTenantId, purpose, fields, expiresAt, now } = proposal;
  if (tenantId === withTenantId || fields.length === 0 || expiresAt <= now) throw new AppError("bad_request");
  const { id } = await tx
    .insertInto("kernel.agreement")
    .values({
      tenant_id: tenantId,
      with_tenant_id: withTenantId,
      purpose,
      fields: [...new Set(fields)].sort(),
      proposed_at: new Date(now),
      expires_at: new Date(expiresAt),
      revoked_by: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** @param tx in the other party's tenant: nobody agrees with themselves. @throws AppError not_found, conflict */
export async function agree(tx: Tx, parts: { tenantId: number; id: number; now: number }): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("kernel.agreement")
    .set({ agreed_at: new Date(parts.now) })
    .where("id", "=", parts.id)
    .where("with_tenant_id", "=", parts.tenantId)
    .where("agreed_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", new Date(parts.now))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError("not_found");
}

/** By either side, at once and for good. @throws AppError not_found */
export async function revokeAgreement(
  tx: Tx,
  parts: { tenantId: number; id: number; now: number },
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("kernel.agreement")
    .set({ revoked_at: new Date(parts.now), revoked_by: parts.tenantId })
    .where("id", "=", parts.id)
    .where((on) => on.or([on("tenant_id", "=", parts.tenantId), on("with_tenant_id", "=", parts.tenantId)]))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError("not_found");
}

/** Every agreement of this company, either way round, newest first. */
export async function listAgreements(tx: Tx, tenantId: number): Promise<Agreement[]> {
  const rows = await tx
    .selectFrom("kernel.agreement")
    .selectAll()
    .where((on) => on.or([on("tenant_id", "=", tenantId), on("with_tenant_id", "=", tenantId)]))
    .orderBy("id", "desc")
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    tenantId: row.tenant_id,
    withTenantId: row.with_tenant_id,
    purpose: row.purpose,
    fields: row.fields,
    proposedAt: row.proposed_at.getTime(),
    agreedAt: row.agreed_at?.getTime() ?? null,
    expiresAt: row.expires_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
  }));
}

/**
 * Takes from a record what may cross: the only way a value of one company reaches another.
 * @param tx in either party's tenant
 * @returns the agreed fields of `record`, nothing else
 * @throws AppError forbidden when no agreement of this pair stands for this purpose now
 */
export async function crossing(
  tx: Tx,
  parts: { fromTenantId: number; toTenantId: number; purpose: string; now: number },
  record: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ fields: string[] }>`
    select fields from kernel.agreement where purpose = ${parts.purpose} and agreed_at is not null and revoked_at is null
      and expires_at > ${new Date(parts.now)}
      and (tenant_id, with_tenant_id) in ((${parts.fromTenantId}::int, ${parts.toTenantId}::int), (${parts.toTenantId}::int, ${parts.fromTenantId}::int))
    for share`.execute(tx);
  if (rows.length === 0) throw new AppError("forbidden");
  const fields = new Set(rows.flatMap((row) => row.fields));
  return Object.fromEntries(Object.entries(record).filter(([field]) => fields.has(field)));
}

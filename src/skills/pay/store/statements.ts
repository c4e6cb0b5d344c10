import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { Statement } from "../api.ts";

export interface StatementRow {
  id: number;
  iban: string;
  external_id: string;
  sequence: string;
  from_on: string | null;
  to_on: string;
  currency: string;
  opening_minor: number;
  closing_minor: number;
  entries: number;
  notes: Statement["notes"];
  imported_at: Date;
}

export const shownStatement = (row: StatementRow): Statement => ({
  id: row.id,
  iban: row.iban,
  externalId: row.external_id,
  sequence: row.sequence,
  fromOn: row.from_on,
  toOn: row.to_on,
  currency: row.currency,
  openingMinor: row.opening_minor,
  closingMinor: row.closing_minor,
  entries: row.entries,
  notes: row.notes,
  importedAt: row.imported_at.toISOString(),
});

export async function listStatements(
  tx: Tx,
  tenantId: number,
  { before = null, limit }: { before: number | null | undefined; limit: number },
): Promise<Statement[]> {
  const { rows } = await sql<StatementRow>`
    select id, iban, external_id, sequence, from_on::text, to_on::text, currency, opening_minor, closing_minor, entries, notes, imported_at
    from pay.statement where tenant_id = ${tenantId} and (${before}::bigint is null or id < ${before}) order by id desc limit ${limit}`.execute(
    tx,
  );
  return rows.map(shownStatement);
}

import { sql } from "kysely";
import { jsonText } from "#kernel";
import { type LookupRecord, lookupRecord } from "../api/record.ts";
import type { ReadFile } from "../rules/file-columns.ts";
import { bareReference, type Question } from "../rules/record.ts";
import type { LookupTx } from "./tx.ts";

/** The rows of a file that is a register. */

interface Place {
  readonly tenantId: number;
  readonly connectionId: number;
}

/** Who wrote the same number twice means the later one; the judge sees all. */
const ROWS_MOST = 10;

const keyOf = (record: LookupRecord, prefix: string): string =>
  record.kind === "appointment" ? (record.day ?? "") : bareReference(record.number, prefix);

/** The whole file takes the place of what stood there. */
export async function replaceRows(
  tx: LookupTx,
  { tenantId, connectionId }: Place,
  { read, prefix, writtenAt, now }: { read: ReadFile; prefix: string; writtenAt: number; now: number },
): Promise<void> {
  await sql`delete from lookup.file_row where tenant_id = ${tenantId} and connection_id = ${connectionId}`.execute(
    tx,
  );
  const { records, faults, skipped } = read;
  if (records.length > 0)
    await sql`insert into lookup.file_row (tenant_id, connection_id, n, kind, key, data)
      select ${tenantId}, ${connectionId}, r.n, r.kind, r.key, r.data
      from jsonb_to_recordset(${jsonText(records.map((data, n) => ({ n, kind: data.kind, key: keyOf(data, prefix), data })))}::jsonb)
        r(n int, kind text, key text, data jsonb)`.execute(tx);
  const file = jsonText({
    writtenAt: new Date(writtenAt).toISOString(),
    rows: records.length,
    skipped,
    faults: faults.slice(0, 20),
  });
  await sql`update lookup.connection set file = ${file}::jsonb, ok_at = ${new Date(now)}, fault = '', failures = 0, open_until = null
    where tenant_id = ${tenantId} and id = ${connectionId}`.execute(tx);
}

/** Numbers begin in another way now: the rows are found by other keys. */
export async function rekeyRows(
  tx: LookupTx,
  { tenantId, connectionId }: Place,
  prefix: string,
): Promise<void> {
  const { rows } = await sql<{ n: number; number: string }>`
    select n, data ->> 'number' as number from lookup.file_row
    where tenant_id = ${tenantId} and connection_id = ${connectionId} and kind <> 'appointment'`.execute(tx);
  const keys = rows.map(({ number }) => bareReference(number, prefix));
  await sql`update lookup.file_row r set key = k.key from unnest(${rows.map(({ n }) => n)}::int[], ${keys}::text[]) k(n, key)
    where r.tenant_id = ${tenantId} and r.connection_id = ${connectionId} and r.n = k.n`.execute(tx);
}

/** By the number as it was asked for; of an appointment by its day. */
export async function findRows(
  tx: LookupTx,
  { tenantId, connectionId, prefix }: Place & { prefix: string },
  { kind, reference }: Question,
): Promise<LookupRecord[]> {
  const key = kind === "appointment" ? reference : bareReference(reference, prefix);
  if (key === "") return [];
  const { rows } = await sql<{ data: unknown }>`
    select data from lookup.file_row where tenant_id = ${tenantId} and connection_id = ${connectionId}
      and kind = ${kind} and key = ${key} order by n desc limit ${kind === "appointment" ? 500 : ROWS_MOST}`.execute(
    tx,
  );
  return rows.map(({ data }) => lookupRecord.parse(data));
}

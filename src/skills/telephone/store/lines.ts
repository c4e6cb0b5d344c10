import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { LINES_MOST } from "../rules/limits.ts";
import type { LineKind } from "../rules/line-events.ts";

/** Telephone systems that tell us of calls. */

export interface LineRow {
  id: number;
  kind: LineKind;
  name: string;
  salt: string;
  is_signed: boolean;
  heard_at: Date | null;
  fault: "" | "body" | "signature";
}

const COLUMNS = sql`id, kind, name, salt, is_signed, heard_at, fault`;

export async function listLines(tx: Tx, tenantId: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select ${COLUMNS} from telephone.line where tenant_id = ${tenantId} order by id`.execute(tx);
  return rows;
}

export async function findLine(tx: Tx, tenantId: number, id: number): Promise<LineRow | undefined> {
  const { rows } = await sql<LineRow>`
    select ${COLUMNS} from telephone.line where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  return rows[0];
}

/** @throws AppError rule_broken beyond the most */
export async function insertLine(
  tx: Tx,
  tenantId: number,
  line: { kind: LineKind; name: string; isSigned: boolean; salt: string; now: number },
): Promise<LineRow> {
  if ((await listLines(tx, tenantId)).length >= LINES_MOST)
    throw new AppError("rule_broken", `At most ${LINES_MOST} telephone systems.`);
  const { rows } = await sql<LineRow>`
    insert into telephone.line (tenant_id, kind, name, salt, is_signed, created_at)
    values (${tenantId}, ${line.kind}, ${line.name}, ${line.salt}, ${line.isSigned}, ${new Date(line.now)})
    returning ${COLUMNS}`.execute(tx);
  return rows[0] as LineRow;
}

/** A new salt makes address and key void. @throws AppError not_found */
export async function renewLine(tx: Tx, tenantId: number, id: number, salt: string): Promise<LineRow> {
  const { rows } = await sql<LineRow>`
    update telephone.line set salt = ${salt}, fault = '' where tenant_id = ${tenantId} and id = ${id} returning ${COLUMNS}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}

/** @throws AppError not_found */
export async function deleteLine(tx: Tx, tenantId: number, id: number): Promise<void> {
  const { rows } = await sql`
    delete from telephone.line where tenant_id = ${tenantId} and id = ${id} returning id`.execute(tx);
  if (rows.length === 0) throw new AppError("not_found");
}

/** When it spoke last, and what could not be understood; written once a minute at most, unless that changes. */
export async function noteHeard(
  tx: Tx,
  { tenantId, id, fault, now }: { tenantId: number; id: number; fault: LineRow["fault"]; now: number },
): Promise<void> {
  await sql`update telephone.line set heard_at = ${new Date(now)}, fault = ${fault}
    where tenant_id = ${tenantId} and id = ${id}
      and (fault <> ${fault} or heard_at is null or heard_at < ${new Date(now - 60_000)})`.execute(tx);
}

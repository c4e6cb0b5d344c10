import { sql } from "kysely";
import { AppError, deleteFile, findFile, type Tx } from "#kernel";
import type { Drawing } from "../api.ts";
import { tell } from "./tx.ts";

/** Files of a company and of its machines. The bytes are the kernel's; here stands whose they are. */

interface VersionRow {
  id: number;
  machine_id: number | null;
  title: string;
  version: number;
  file_id: string;
  name: string | null;
  mime: string | null;
  size: number | null;
  note: string;
  added_at: Date;
  added_by: string;
}

const MOST_FILES = 2_000;

export async function drawingsOf(tx: Tx, tenantId: number, companyId: number): Promise<Drawing[]> {
  const { rows } = await sql<VersionRow>`
    select d.id, d.machine_id, d.title, v.version, v.file_id, f.name, f.mime, f.size, v.note, v.added_at,
      coalesce(s.name, '') as added_by
    from business.drawing d join business.drawing_version v on v.tenant_id = d.tenant_id and v.drawing_id = d.id
    left join kernel.file f on f.tenant_id = v.tenant_id and f.id = v.file_id
    left join kernel.staff s on s.tenant_id = v.tenant_id and s.user_id = v.added_by
    where d.tenant_id = ${tenantId} and d.company_id = ${companyId}
    order by lower(d.title), d.id, v.version desc limit ${MOST_FILES}`.execute(tx);
  const drawings = new Map<number, Drawing>();
  for (const row of rows) {
    const one = drawings.get(row.id) ?? {
      id: row.id,
      machineId: row.machine_id,
      title: row.title,
      versions: [],
    };
    one.versions.push({
      version: row.version,
      fileId: row.file_id,
      name: row.name ?? "",
      mime: row.mime ?? "",
      size: row.size ?? 0,
      note: row.note,
      addedAt: row.added_at.toISOString(),
      addedBy: row.added_by,
    });
    drawings.set(row.id, one);
  }
  return [...drawings.values()];
}

interface NewVersion {
  fileId: string;
  note: string;
  by: string;
  now: number;
}

/** @throws AppError not_found for a machine of another company */
export async function insertDrawing(
  tx: Tx,
  tenantId: number,
  drawing: { companyId: number; machineId: number | null; title: string },
  version: NewVersion,
): Promise<void> {
  const { companyId, machineId, title } = drawing;
  if (machineId !== null) {
    const { rows } = await sql`select from business.machine
      where tenant_id = ${tenantId} and id = ${machineId} and company_id = ${companyId}`.execute(tx);
    if (rows.length === 0) throw new AppError("not_found");
  }
  const { rows } = await sql<{ id: number }>`
    insert into business.drawing (tenant_id, company_id, machine_id, title, created_at)
    values (${tenantId}, ${companyId}, ${machineId}, ${title}, ${new Date(version.now)}) returning id`.execute(
    tx,
  );
  await insertVersion(tx, tenantId, { id: (rows[0] as { id: number }).id, version: 1 }, version);
  await tell(tx, tenantId, `company ${companyId}`, version.now);
}

/** @returns the company's id @throws AppError not_found */
export async function addVersion(tx: Tx, tenantId: number, id: number, version: NewVersion): Promise<number> {
  const companyId = await lockDrawing(tx, tenantId, id);
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(version), 0) as last from business.drawing_version where tenant_id = ${tenantId} and drawing_id = ${id}`.execute(
    tx,
  );
  await insertVersion(tx, tenantId, { id, version: (rows[0]?.last ?? 0) + 1 }, version);
  await tell(tx, tenantId, `company ${companyId}`, version.now);
  return companyId;
}

/**
 * A file that stands in a conversation, in another company or in a document belongs there.
 * @throws AppError bad_request
 */
async function insertVersion(
  tx: Tx,
  tenantId: number,
  to: { id: number; version: number },
  { fileId, note, by, now }: NewVersion,
): Promise<void> {
  const file = await findFile(tx, tenantId, fileId);
  const { rows } = await sql`
    select from business.drawing_version where tenant_id = ${tenantId} and file_id = ${fileId}
    union all select from business.quotation_version where tenant_id = ${tenantId} and file_id = ${fileId}
    union all select from business.confirmation where tenant_id = ${tenantId} and file_id = ${fileId}`.execute(
    tx,
  );
  if (!file || file.conversation_id !== null || rows.length > 0)
    throw new AppError("bad_request", undefined, [
      { path: "fileId", message: "not a file that was just uploaded" },
    ]);
  await sql`insert into business.drawing_version (tenant_id, drawing_id, version, file_id, sha256, note, added_by, added_at)
    values (${tenantId}, ${to.id}, ${to.version}, ${fileId}, ${file.sha256}, ${note}, ${by}, ${new Date(now)})`.execute(
    tx,
  );
}

/** @returns the company's id @throws AppError not_found */
export async function removeDrawing(tx: Tx, tenantId: number, id: number, now: number): Promise<number> {
  const companyId = await lockDrawing(tx, tenantId, id);
  const { rows } = await sql<{ file_id: string }>`
    delete from business.drawing_version where tenant_id = ${tenantId} and drawing_id = ${id} returning file_id`.execute(
    tx,
  );
  for (const { file_id } of rows) await deleteFile(tx, tenantId, file_id);
  await sql`delete from business.drawing where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await tell(tx, tenantId, `company ${companyId}`, now);
  return companyId;
}

/** All files of a company, or of one machine of it; rows that name them go with it. */
export async function deleteDrawings(
  tx: Tx,
  tenantId: number,
  { companyId, machineId = null }: { companyId: number; machineId?: number | null },
): Promise<void> {
  const { rows } = await sql<{ file_id: string }>`
    select v.file_id from business.drawing d join business.drawing_version v on v.tenant_id = d.tenant_id and v.drawing_id = d.id
    where d.tenant_id = ${tenantId} and d.company_id = ${companyId} and (${machineId === null} or d.machine_id = ${machineId})`.execute(
    tx,
  );
  for (const { file_id } of rows) await deleteFile(tx, tenantId, file_id);
}

async function lockDrawing(tx: Tx, tenantId: number, id: number): Promise<number> {
  const { rows } = await sql<{ company_id: number }>`
    select company_id from business.drawing where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row.company_id;
}

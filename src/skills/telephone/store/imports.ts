import { sql } from "kysely";
import { AppError, jsonText, type Tx } from "#kernel";
import type { CallImport } from "../api.ts";
import type { FileCall, FileFault } from "../rules/call-file.ts";
import { CHUNK_LINES, FAULTS_SHOWN } from "../rules/limits.ts";
import { IMPORT } from "../rules/timer-kinds.ts";
import { countSuppressed, type HeardCall, recordCalls } from "./recording.ts";
import { schedule, tell } from "./tx.ts";

/** Lists of calls: stored whole, worked off piece by piece, each piece in one transaction. */

interface ImportRow {
  id: number;
  name: string;
  kind: "fritzbox" | "table";
  state: "running" | "done";
  lines: number;
  done: number;
  counts: Partial<CallImport["counts"]>;
  faults: CallImport["faults"];
  created_at: Date;
}

const COLUMNS = sql`id, name, kind, state, lines, done, counts, faults, created_at`;
const SHOWN = 5;
const NONE: CallImport["counts"] = {
  kept: 0,
  missed: 0,
  repeated: 0,
  suppressed: 0,
  unknown: 0,
  old: 0,
  unreadable: 0,
};

export const shownImport = (row: ImportRow): CallImport => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  state: row.state,
  lines: row.lines,
  done: row.done,
  counts: { ...NONE, ...row.counts },
  faults: row.faults,
  createdAt: row.created_at.toISOString(),
});

export async function lastImports(tx: Tx, tenantId: number): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select ${COLUMNS} from telephone.import where tenant_id = ${tenantId} order by id desc limit ${SHOWN}`.execute(
    tx,
  );
  return rows;
}

export interface NewImport {
  readonly tenantId: number;
  readonly name: string;
  readonly kind: ImportRow["kind"];
  readonly calls: readonly FileCall[];
  readonly faults: readonly FileFault[];
  readonly by: string;
  readonly now: number;
}

/** Stores the list; a timer works it off. One at a time. @throws AppError conflict while another one runs */
export async function storeImport(tx: Tx, list: NewImport): Promise<ImportRow> {
  const { tenantId, now } = list;
  const { rows: running } = await sql`
    select id from telephone.import where tenant_id = ${tenantId} and state = 'running'`.execute(tx);
  if (running.length > 0)
    throw new AppError("conflict", "A list is still being taken; wait until it is done.");
  const calls = list.calls.filter(({ number }) => number.is !== "other");
  const counts = { unreadable: list.faults.length };
  const faults = jsonText(list.faults.slice(0, FAULTS_SHOWN));
  const { rows } = await sql<ImportRow>`
    insert into telephone.import (tenant_id, name, kind, lines, counts, faults, created_by, created_at)
    values (${tenantId}, ${list.name}, ${list.kind}, ${calls.length}, ${jsonText(counts)}::jsonb, ${faults}::jsonb, ${list.by}, ${new Date(now)})
    returning ${COLUMNS}`.execute(tx);
  const made = rows[0] as ImportRow;
  const stored = calls.map(({ number, at, direction, outcome, seconds }, n) => ({
    n,
    direction,
    outcome,
    seconds,
    at: new Date(at),
    phone: number.is === "number" ? number.phone : "",
  }));
  await sql`insert into telephone.import_row (tenant_id, import_id, n, direction, outcome, at, seconds, phone)
    select ${tenantId}, ${made.id}, r.n, r.direction, r.outcome, r.at, r.seconds, r.phone
    from jsonb_to_recordset(${jsonText(stored)}::jsonb) r(n int, direction text, outcome text, at timestamptz, seconds int, phone text)`.execute(
    tx,
  );
  await schedule(tx, {
    tenantId,
    kind: IMPORT,
    key: String(made.id),
    dueAt: now,
    payload: { importId: made.id },
  });
  return made;
}

/** The next piece. A node that is killed loses none and takes none twice. @returns is anything left? */
export async function takePiece(
  tx: Tx,
  { tenantId, importId, now }: { tenantId: number; importId: number; now: number },
): Promise<boolean> {
  const { rows: found } = await sql<ImportRow>`
    select ${COLUMNS} from telephone.import where tenant_id = ${tenantId} and id = ${importId} and state = 'running' for update`.execute(
    tx,
  );
  const [list] = found;
  if (!list) return false;
  const { rows } = await sql<{
    n: number;
    direction: "in" | "out";
    outcome: HeardCall["outcome"];
    at: Date;
    seconds: number | null;
    phone: string;
  }>`
    with piece as (select n from telephone.import_row where tenant_id = ${tenantId} and import_id = ${importId} order by n limit ${CHUNK_LINES})
    delete from telephone.import_row r using piece where r.tenant_id = ${tenantId} and r.import_id = ${importId} and r.n = piece.n
    returning r.n, r.direction, r.outcome, r.at, r.seconds, r.phone`.execute(tx);
  const calls = rows
    .sort((a, b) => a.n - b.n)
    .map(({ n: _, at, ...call }) => ({ ...call, at: at.getTime(), key: keyOf(call, at) }));
  const suppressed = calls.filter(({ phone }) => phone === "");
  await countSuppressed(tx, tenantId, suppressed, now);
  const recorded = await recordCalls(
    tx,
    { tenantId, source: "file", now },
    calls.filter(({ phone }) => phone !== ""),
  );
  const before = { ...NONE, ...list.counts };
  const counts = {
    ...before,
    kept: before.kept + recorded.kept,
    missed: before.missed + recorded.missed,
    repeated: before.repeated + recorded.repeated,
    unknown: before.unknown + recorded.unknown,
    old: before.old + recorded.old,
    suppressed: before.suppressed + suppressed.length,
  };
  const done = list.done + rows.length;
  const isOver = rows.length < CHUNK_LINES;
  await sql`update telephone.import set done = ${isOver ? list.lines : done}, counts = ${jsonText(counts)}::jsonb,
      state = ${isOver ? "done" : "running"}, done_at = ${isOver ? new Date(now) : null}
    where tenant_id = ${tenantId} and id = ${importId}`.execute(tx);
  await tell(tx, tenantId, [{ type: "callback.changed", ref: `import ${importId}` }], now);
  return !isOver;
}

/** The same call in two lists: the same minute, number, direction and end. */
const keyOf = (
  { phone, direction, outcome }: { phone: string; direction: string; outcome: string },
  at: Date,
): string => `file ${at.toISOString().slice(0, 16)} ${phone} ${direction} ${outcome}`;

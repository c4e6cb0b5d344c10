import { sql } from "kysely";
import { inSavepoint, jsonText, type NewEvent, type Tx } from "#kernel";
import type { CallImport } from "../api.ts";
import { CHUNK_LINES, FAULTS_SHOWN } from "../rules/limits.ts";
import { COLUMNS, type ImportRow, importChanged, NONE } from "./imports.ts";
import { countSuppressed, type HeardCall, recordCalls } from "./recording.ts";
import { tell } from "./tx.ts";

/** A list of calls, piece by piece: each in one transaction, so that a node that is killed loses none and takes none twice. */

interface Row {
  n: number;
  /** Of the file; null = of a list from before lines were kept. */
  line: number | null;
  direction: "in" | "out";
  outcome: HeardCall["outcome"];
  at: Date;
  seconds: number | null;
  phone: string;
}

interface Taken {
  counts: CallImport["counts"];
  /** Lines that cannot be taken. */
  refused: CallImport["faults"];
  events: NewEvent[];
}

interface Place {
  tenantId: number;
  importId: number;
  now: number;
}

/** The next piece. @returns is anything left? */
export async function takePiece(tx: Tx, place: Place): Promise<boolean> {
  const { tenantId, importId, now } = place;
  const { rows: found } = await sql<ImportRow>`
    select ${COLUMNS} from telephone.import where tenant_id = ${tenantId} and id = ${importId} and state = 'running' for update`.execute(
    tx,
  );
  const [list] = found;
  if (!list) return false;
  const { rows } = await sql<Row>`
    with piece as (select n from telephone.import_row where tenant_id = ${tenantId} and import_id = ${importId} order by n limit ${CHUNK_LINES})
    delete from telephone.import_row r using piece where r.tenant_id = ${tenantId} and r.import_id = ${importId} and r.n = piece.n
    returning r.n, r.line, r.direction, r.outcome, r.at, r.seconds, r.phone`.execute(tx);
  const taken = await takeRows(
    tx,
    place,
    rows.sort((a, b) => a.n - b.n),
  );
  const counts = sumOf({ ...NONE, ...list.counts }, taken.counts);
  const faults = [...list.faults, ...taken.refused].slice(0, FAULTS_SHOWN);
  const isOver = rows.length < CHUNK_LINES;
  await sql`update telephone.import set done = ${isOver ? list.lines : list.done + rows.length}, counts = ${jsonText(counts)}::jsonb,
      faults = ${jsonText(faults)}::jsonb, state = ${isOver ? "done" : "running"}, done_at = ${isOver ? new Date(now) : null}
    where tenant_id = ${tenantId} and id = ${importId}`.execute(tx);
  await tell(tx, tenantId, [...taken.events, importChanged(importId)], now);
  return !isOver;
}

/** What one line breaks is halved until the line stands alone: it counts as unreadable, and all others are taken. */
async function takeRows(tx: Tx, place: Place, rows: readonly Row[]): Promise<Taken> {
  try {
    return await inSavepoint(tx, () => record(tx, place, rows));
  } catch (error) {
    if (isPassing(error)) throw error;
    const [only] = rows;
    if (rows.length <= 1) {
      const refused = only?.line == null ? [] : [{ line: only.line, reason: "refused" as const }];
      return { counts: { ...NONE, unreadable: rows.length }, refused, events: [] };
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await takeRows(tx, place, rows.slice(0, middle));
    const second = await takeRows(tx, place, rows.slice(middle));
    return {
      counts: sumOf(first.counts, second.counts),
      refused: [...first.refused, ...second.refused],
      events: [...first.events, ...second.events],
    };
  }
}

async function record(tx: Tx, { tenantId, now }: Place, rows: readonly Row[]): Promise<Taken> {
  const calls = rows.map(({ n: _, line: __, at, ...call }) => ({
    ...call,
    at: at.getTime(),
    key: keyOf(call, at),
  }));
  const suppressed = calls.filter(({ phone }) => phone === "");
  await countSuppressed(tx, tenantId, suppressed, now);
  const { counts, events } = await recordCalls(
    tx,
    { tenantId, source: "file", now },
    calls.filter(({ phone }) => phone !== ""),
  );
  return { counts: { ...NONE, ...counts, suppressed: suppressed.length }, refused: [], events };
}

/** Connection, transaction (deadlock), resources, operator, system (PostgreSQL's classes of errors): another try may go well. */
const PASSING = /^(?:08|25|40|53|55|57|58)/;

function isPassing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && (PASSING.test(code) || /^E[A-Z]+$/.test(code));
}

function sumOf(a: CallImport["counts"], b: CallImport["counts"]): CallImport["counts"] {
  return {
    kept: a.kept + b.kept,
    missed: a.missed + b.missed,
    repeated: a.repeated + b.repeated,
    suppressed: a.suppressed + b.suppressed,
    unknown: a.unknown + b.unknown,
    old: a.old + b.old,
    unreadable: a.unreadable + b.unreadable,
  };
}

/** The same call in two lists: the same minute, number, direction and end. */
const keyOf = (
  { phone, direction, outcome }: { phone: string; direction: string; outcome: string },
  at: Date,
): string => `file ${at.toISOString().slice(0, 16)} ${phone} ${direction} ${outcome}`;

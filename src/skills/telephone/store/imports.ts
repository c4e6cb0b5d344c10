import { type RawBuilder, sql } from "kysely";
import { AppError, jsonText, type NewEvent, type Tx } from "#kernel";
import type { CallImport } from "../api.ts";
import type { FileCall, FileFault } from "../rules/call-file.ts";
import { DAY_MS, FAULTS_SHOWN } from "../rules/limits.ts";
import { IMPORT } from "../rules/timer-kinds.ts";
import { forgetLater } from "./recording.ts";
import { schedule, tell } from "./tx.ts";

/** Lists of calls: stored whole, worked off piece by piece (import-pieces.ts), and ended when that cannot be. */

export interface ImportRow {
  id: number;
  name: string;
  kind: "fritzbox" | "table";
  state: CallImport["state"];
  lines: number;
  done: number;
  counts: Partial<CallImport["counts"]>;
  faults: CallImport["faults"];
  created_at: Date;
}

export const COLUMNS = sql`id, name, kind, state, lines, done, counts, faults, created_at`;
const SHOWN = 5;
export const NONE: CallImport["counts"] = {
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
  await endAbandoned(tx, tenantId, now);
  const calls = list.calls.filter(({ number }) => number.is !== "other");
  const counts = { unreadable: list.faults.length };
  const faults = jsonText(list.faults.slice(0, FAULTS_SHOWN));
  const { rows } = await sql<ImportRow>`
    insert into telephone.import (tenant_id, name, kind, lines, counts, faults, created_by, created_at)
    values (${tenantId}, ${list.name}, ${list.kind}, ${calls.length}, ${jsonText(counts)}::jsonb, ${faults}::jsonb, ${list.by}, ${new Date(now)})
    on conflict (tenant_id) where state = 'running' do nothing returning ${COLUMNS}`.execute(tx);
  const [made] = rows;
  if (!made) throw new AppError("conflict", "A list is still being taken; wait until it is done.");
  const stored = calls.map(({ line, number, at, direction, outcome, seconds }, n) => ({
    n,
    line,
    direction,
    outcome,
    seconds,
    at: new Date(at),
    phone: number.is === "number" ? number.phone : "",
  }));
  await sql`insert into telephone.import_row (tenant_id, import_id, n, line, direction, outcome, at, seconds, phone)
    select ${tenantId}, ${made.id}, r.n, r.line, r.direction, r.outcome, r.at, r.seconds, r.phone
    from jsonb_to_recordset(${jsonText(stored)}::jsonb) r(n int, line int, direction text, outcome text, at timestamptz, seconds int, phone text)`.execute(
    tx,
  );
  await schedule(tx, {
    tenantId,
    kind: IMPORT,
    key: String(made.id),
    dueAt: now,
    payload: { importId: made.id },
  });
  await forgetLater(tx, tenantId, now);
  return made;
}

/** Nothing more is taken of it; what was taken stays. */
export async function giveUpImport(
  tx: Tx,
  { tenantId, importId, now }: { tenantId: number; importId: number; now: number },
): Promise<void> {
  await end(tx, tenantId, sql`i.id = ${importId}`, now);
}

/** Lists that nobody works off any more: their timer is gone, or they stand still for a day. */
export async function endAbandoned(tx: Tx, tenantId: number, now: number): Promise<void> {
  const isLeft = sql`(i.created_at < ${new Date(now - DAY_MS)} or not exists (select from kernel.timer t
    where t.tenant_id = i.tenant_id and t.kind = ${IMPORT} and t.key = i.id::text))`;
  await end(tx, tenantId, isLeft, now);
}

/** The numbers that were still to be taken go with the end. */
async function end(tx: Tx, tenantId: number, which: RawBuilder<unknown>, now: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    with ended as (update telephone.import i set state = 'failed', done_at = ${new Date(now)}
        where i.tenant_id = ${tenantId} and i.state = 'running' and ${which} returning i.id),
      removed as (delete from telephone.import_row r using ended e where r.tenant_id = ${tenantId} and r.import_id = e.id)
    select id from ended`.execute(tx);
  await tell(
    tx,
    tenantId,
    rows.map(({ id }) => importChanged(id)),
    now,
  );
}

/** Whoever looks at the lists loads them anew. */
export const importChanged = (id: number): NewEvent => ({ type: "callback.changed", ref: `import ${id}` });

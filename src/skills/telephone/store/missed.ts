import { sql } from "kysely";
import { AppError, CLAIM_MS, type NewEvent, type Tx } from "#kernel";
import type { MissedCall } from "../api.ts";
import { LIST_ROWS } from "../rules/limits.ts";
import { missedChanged } from "./tx.ts";

/** Who called in vain, each number once. */

export interface MissedRow {
  id: number;
  phone: string;
  contact_id: number | null;
  conversation_id: number | null;
  state: "open" | "done";
  times: number;
  first_at: Date;
  last_at: Date;
  has_voicemail: boolean;
  tries: number;
  tried_at: Date | null;
  taken_by: string | null;
  taken_at: Date | null;
  done_how: "called" | "dismissed" | null;
  done_at: Date | null;
}

const COLUMNS = sql`id, phone, contact_id, conversation_id, state, times, first_at, last_at, has_voicemail, tries, tried_at,
  taken_by, taken_at, done_how, done_at`;

/** Open ones: who waits longest first; done ones: the latest first. */
export async function listMissed(tx: Tx, tenantId: number, state: "open" | "done"): Promise<MissedRow[]> {
  const order = state === "open" ? sql`first_at, id` : sql`done_at desc, id desc`;
  const { rows } = await sql<MissedRow>`
    select ${COLUMNS} from telephone.missed where tenant_id = ${tenantId} and state = ${state}
    order by ${order} limit ${LIST_ROWS}`.execute(tx);
  return rows;
}

/** @returns the open case of a number */
export async function openMissedOf(tx: Tx, tenantId: number, phone: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from telephone.missed where tenant_id = ${tenantId} and phone = ${phone} and state = 'open'`.execute(
    tx,
  );
  return rows[0]?.id;
}

/** @returns the number of a case @throws AppError not_found */
export async function phoneOfMissed(tx: Tx, tenantId: number, id: number): Promise<string> {
  const { rows } = await sql<{ phone: string }>`
    select phone from telephone.missed where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row.phone;
}

/** @throws AppError not_found */
export async function lockMissed(tx: Tx, tenantId: number, id: number): Promise<MissedRow> {
  const { rows } = await sql<MissedRow>`
    select ${COLUMNS} from telephone.missed where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}

export const isTaken = ({ taken_by, taken_at }: MissedRow, now: number): boolean =>
  taken_by !== null && taken_at !== null && taken_at.getTime() > now - CLAIM_MS;

interface Doing {
  tenantId: number;
  id: number;
  staffId: string;
  now: number;
}

/** I call, or I give it back. @throws AppError not_found, conflict */
export async function takeMissed(tx: Tx, doing: Doing & { isMine: boolean }): Promise<NewEvent[]> {
  const { tenantId, id, staffId, now, isMine } = doing;
  const row = await lockMissed(tx, tenantId, id);
  if (row.state === "done") throw new AppError("conflict", "A colleague has finished this call already.");
  const isColleagues = isTaken(row, now) && row.taken_by !== staffId;
  if (isColleagues && isMine) throw new AppError("conflict", "A colleague is calling already.");
  if (isColleagues) return [];
  const [by, at] = isMine ? [staffId, new Date(now)] : [null, null];
  await sql`update telephone.missed set taken_by = ${by}, taken_at = ${at}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  return [missedChanged(id)];
}

/** Somebody spoke with the number, or nobody needs to. @throws AppError not_found, conflict */
export async function endMissed(tx: Tx, doing: Doing & { how: "called" | "dismissed" }): Promise<NewEvent[]> {
  const { tenantId, id, staffId, now, how } = doing;
  const row = await lockMissed(tx, tenantId, id);
  if (row.state === "done") throw new AppError("conflict", "A colleague has finished this call already.");
  const at = new Date(now);
  await sql`update telephone.missed set state = 'done', done_how = ${how}, done_by = ${staffId}, done_at = ${at}, settled_until = ${at},
      taken_by = null, taken_at = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  return [missedChanged(id)];
}

/** A case that was ended by mistake, unless the number has called again meanwhile. */
export async function reopenMissed(tx: Tx, tenantId: number, id: number): Promise<NewEvent[]> {
  await sql`update telephone.missed m set state = 'open', done_how = null, done_by = null, done_at = null, settled_until = null
    where tenant_id = ${tenantId} and id = ${id} and state = 'done' and not exists (select from telephone.missed o
      where o.tenant_id = m.tenant_id and o.phone = m.phone and o.state = 'open')`.execute(tx);
  return [missedChanged(id)];
}

/** We called in vain (`by` 1), or that was a mistake (`by` -1). @throws AppError not_found */
export async function countMissedTry(
  tx: Tx,
  { tenantId, id, now }: Omit<Doing, "staffId">,
  by: 1 | -1,
): Promise<NewEvent[]> {
  await lockMissed(tx, tenantId, id);
  await sql`update telephone.missed set tries = greatest(tries + ${by}, 0), tried_at = ${new Date(now)}, taken_by = null, taken_at = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  return [missedChanged(id)];
}

/** A number that somebody gave a name to. */
export async function nameMissed(
  tx: Tx,
  tenantId: number,
  of: { id: number; contactId: number; conversationId: number },
): Promise<void> {
  await sql`update telephone.missed set contact_id = ${of.contactId}, conversation_id = ${of.conversationId}
    where tenant_id = ${tenantId} and id = ${of.id}`.execute(tx);
}

/** As the desk sees them. */
export async function missedCalls(
  tx: Tx,
  tenantId: number,
  rows: readonly MissedRow[],
  now: number,
): Promise<MissedCall[]> {
  const contacts = rows.flatMap(({ contact_id }) => (contact_id === null ? [] : [contact_id]));
  const staff = rows.flatMap((row) => (isTaken(row, now) && row.taken_by !== null ? [row.taken_by] : []));
  const names = await sql<{ id: number; name: string }>`
    select id, name from kernel.contact where tenant_id = ${tenantId} and id = any(${contacts}::bigint[])`.execute(
    tx,
  );
  const people = await sql<{ id: string; name: string }>`
    select user_id as id, name from kernel.staff where tenant_id = ${tenantId} and user_id = any(${staff}::text[])`.execute(
    tx,
  );
  const nameOf = new Map(names.rows.map(({ id, name }) => [id, name]));
  const staffOf = new Map(people.rows.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    phone: row.phone,
    contact: row.contact_id === null ? null : { id: row.contact_id, name: nameOf.get(row.contact_id) ?? "" },
    conversationId: row.conversation_id,
    state: row.state,
    times: row.times,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    hasVoicemail: row.has_voicemail,
    tries: row.tries,
    triedAt: row.tried_at?.toISOString() ?? null,
    takenBy:
      isTaken(row, now) && row.taken_by !== null
        ? { id: row.taken_by, name: staffOf.get(row.taken_by) ?? "" }
        : null,
    doneHow: row.done_how,
    doneAt: row.done_at?.toISOString() ?? null,
  }));
}

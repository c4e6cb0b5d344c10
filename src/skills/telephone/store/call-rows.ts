import { sql } from "kysely";
import { AppError, personOf, type Tx } from "#kernel";
import type { TelephoneCall } from "../api.ts";
import { EDIT_MS } from "../rules/limits.ts";

/** Calls as they stand, and as the desk sees them. */

/** What taking a call back has to restore. */
export interface Before {
  conversation: {
    state: "bot" | "waiting" | "person" | "closed";
    assigneeId: string | null;
    waitingSince: string | null;
    dueAt: string | null;
    unread: number;
  } | null;
  /** Where the conversation stood then: as long as it stands there, nobody went on with it. */
  left: { state: string; assigneeId: string | null } | null;
  callback: { id: number; did: "ended" | "tried" } | null;
  missed: { id: number; did: "ended" | "tried" } | null;
  /** A promise that was made with it. */
  promised: number | null;
  topic: string | null;
}

export interface CallRow {
  id: number;
  source: TelephoneCall["source"];
  direction: TelephoneCall["direction"];
  outcome: TelephoneCall["outcome"];
  at: Date;
  seconds: number | null;
  phone: string;
  contact_id: number | null;
  conversation_id: number | null;
  message_id: string | null;
  note: string;
  topic: string | null;
  logged_by: string | null;
  logged_name: string | null;
  created_at: Date;
  before: Before | null;
  undone_at: Date | null;
}

const ROWS = sql`select c.id, c.source, c.direction, c.outcome, c.at, c.seconds, c.phone, c.contact_id, c.conversation_id, c.message_id, c.note,
  c.topic, c.logged_by, coalesce(s.name, k.name) as logged_name, c.created_at, c.before, c.undone_at
  from telephone.call c
  left join kernel.staff s on s.tenant_id = c.tenant_id and s.user_id = c.logged_by
  left join kernel.api_key k on k.tenant_id = c.tenant_id and 'key:' || k.id = c.logged_by`;
const MOST = 100;

/** @throws AppError not_found */
export async function readCall(tx: Tx, tenantId: number, id: number): Promise<CallRow> {
  const { rows } = await sql<CallRow>`${ROWS} where c.tenant_id = ${tenantId} and c.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}

export async function callByKey(tx: Tx, tenantId: number, key: string): Promise<CallRow | undefined> {
  const { rows } = await sql<CallRow>`${ROWS} where c.tenant_id = ${tenantId} and c.key = ${key}`.execute(tx);
  return rows[0];
}

/** With everybody who is this person, the newest first. */
export async function callsOfPerson(tx: Tx, tenantId: number, contactId: number): Promise<CallRow[]> {
  const ids = await personOf(tx, tenantId, contactId);
  if (ids.length === 0) throw new AppError("not_found");
  const { rows } = await sql<CallRow>`${ROWS}
    where c.tenant_id = ${tenantId} and c.contact_id = any(${ids}::bigint[]) order by c.at desc, c.id desc limit ${MOST}`.execute(
    tx,
  );
  return rows;
}

export function shownCall(row: CallRow, { staffId, now }: { staffId: string; now: number }): TelephoneCall {
  const until = row.created_at.getTime() + EDIT_MS;
  const isMine = row.logged_by === staffId && row.undone_at === null && now < until;
  return {
    id: row.id,
    direction: row.direction,
    outcome: row.outcome,
    at: row.at.toISOString(),
    seconds: row.seconds,
    phone: row.phone,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    note: row.note,
    topic: row.topic,
    source: row.source,
    loggedBy: row.logged_by === null ? null : { id: row.logged_by, name: row.logged_name ?? "" },
    changeableUntil: isMine ? new Date(until).toISOString() : null,
    isUndone: row.undone_at !== null,
  };
}

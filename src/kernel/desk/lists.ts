import { type RawBuilder, sql } from "kysely";
import type { Conversation, Message, views } from "../api/conversations.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { readCursor, writeCursor } from "../http/cursor.ts";
import type { Actor } from "../http/route.ts";
import { conversationRows, messageRows, type RowParts } from "./rows.ts";

export type View = (typeof views)[number];

export interface ListQuery {
  view: View;
  channel?: string | undefined;
  topic?: string | undefined;
  sort: "due" | "newest";
  cursor?: string | undefined;
  limit: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Counts stop here: "1000" means that or more. */
const COUNT_LIMIT = 1_000;
const OPEN = sql`c.state in ('waiting', 'person')`;
/**
 * Who is due at the same moment (all of a night are due when the company opens): the longest wait first. Without a due
 * time: the newest message first. In ms, negative where later stands before earlier.
 */
const PLACE = sql`(1000 * case when c.due_at is null then -extract(epoch from c.last_message_at)
  else extract(epoch from coalesce(c.waiting_since, c.last_message_at)) end)::bigint`;

/** The department of who asks; null for API keys and people without one. */
async function myDepartment(tx: Tx, actor: Actor): Promise<number | null> {
  const row = await tx
    .selectFrom("kernel.staff")
    .select("department_id")
    .where("tenant_id", "=", actor.tenantId)
    .where("user_id", "=", actor.staffId)
    .executeTakeFirst();
  return row?.department_id ?? null;
}

function condition(view: View, actor: Actor, departmentId: number | null): RawBuilder<unknown> {
  switch (view) {
    case "mine":
      return sql`${OPEN} and c.assignee_id = ${actor.staffId}`;
    case "department":
      return sql`${OPEN} and c.department_id = ${departmentId}`;
    case "unassigned":
      return sql`c.state = 'waiting' and c.assignee_id is null`;
    case "open":
      return OPEN;
    case "closed":
      return sql`c.state = 'closed'`;
    case "all":
      return sql`true`;
  }
}

/** One view of the desk, by keyset: overdue first in open views, else newest first. */
export async function conversationPage(
  parts: RowParts,
  actor: Actor,
  query: ListQuery,
): Promise<Page<Conversation>> {
  const byDue = query.sort === "due" && query.view !== "all" && query.view !== "closed";
  const departmentId = query.view === "department" ? await myDepartment(parts.tx, actor) : null;
  const where = [sql`c.tenant_id = ${actor.tenantId}`, condition(query.view, actor, departmentId)];
  if (query.channel) where.push(sql`ch.kind = ${query.channel}`);
  if (query.topic) where.push(sql`c.topic = ${query.topic}`);
  const after = byDue ? afterDue(query.cursor) : afterNewest(query.cursor);
  if (after) where.push(after);
  const order = byDue
    ? sql`c.due_at asc nulls last, ${PLACE}, c.id`
    : sql`c.last_day desc, c.last_message_at desc, c.id desc`;
  const { rows } = await sql<Row>`
    select c.id, c.due_at, ${PLACE} as place, to_char(c.last_day, 'YYYY-MM-DD') as last_day, c.last_message_at
    from kernel.conversation c join kernel.channel ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    where ${sql.join(where, sql` and `)} order by ${order} limit ${query.limit + 1}`.execute(parts.tx);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: await conversationRows(
      parts,
      shown.map((row) => row.id),
    ),
    next: last
      ? writeCursor(byDue ? dueKey(last) : [last.last_day, last.last_message_at.getTime(), last.id])
      : null,
  };
}

interface Row {
  id: number;
  due_at: Date | null;
  place: number;
  /** "2026-11-22" */
  last_day: string;
  last_message_at: Date;
}

function dueKey({ due_at, place, id }: Row): (number | null)[] {
  return [due_at?.getTime() ?? null, place, id];
}

function afterDue(cursor: string | undefined): RawBuilder<unknown> | null {
  const values = readCursor(cursor, ["time?", "number", "number"]);
  if (!values) return null;
  const [due, place, id] = values;
  const rest = sql`(${PLACE}, c.id) > (${place}::bigint, ${id}::bigint)`;
  if (due === null || due === undefined) return sql`c.due_at is null and ${rest}`;
  const dueAt = new Date(due);
  return sql`(c.due_at > ${dueAt} or (c.due_at = ${dueAt} and ${rest}) or c.due_at is null)`;
}

function afterNewest(cursor: string | undefined): RawBuilder<unknown> | null {
  const values = readCursor(cursor, ["string", "time", "number"]);
  if (!values) return null;
  const [day, at, id] = values;
  if (!/^\d{4}-\d\d-\d\d$/.test(String(day)) || Number.isNaN(Date.parse(String(day))))
    throw new AppError("bad_request", undefined, [
      { path: "query.cursor", message: "not one of our cursors" },
    ]);
  // The first half lets the index begin at the day.
  return sql`c.last_day <= ${day}::date and (c.last_day, c.last_message_at, c.id) < (${day}::date, ${new Date(at as number)}, ${id})`;
}

export interface Counts {
  mine: number;
  department: number;
  unassigned: number;
  open: number;
  overdue: number;
  parked: number;
}

/** How many stand in each view; every count is bounded, because every desk asks often. */
export async function conversationCounts(tx: Tx, actor: Actor, nowMs: number): Promise<Counts> {
  const departmentId = await myDepartment(tx, actor);
  const count = (where: RawBuilder<unknown>) =>
    sql`(select count(*) from (select 1 from kernel.conversation c where c.tenant_id = ${actor.tenantId} and ${where} limit ${COUNT_LIMIT}) b)::int`;
  const { rows } = await sql<Counts>`
    select ${count(condition("mine", actor, null))} as mine, ${count(condition("department", actor, departmentId))} as department,
      ${count(condition("unassigned", actor, null))} as unassigned, ${count(OPEN)} as open,
      ${count(sql`${OPEN} and c.due_at < ${new Date(nowMs)}`)} as overdue,
      (select count(*) from (select 1 from kernel.parked where tenant_id = ${actor.tenantId} and settled_at is null limit ${COUNT_LIMIT}) b)::int as parked
  `.execute(tx);
  return rows[0] as Counts;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The newest messages before the cursor, in reading order; `next` leads to older ones. */
export async function messagePage(
  parts: RowParts,
  conversationId: number,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<Message>> {
  const before = readCursor(query.cursor, ["string"])?.[0];
  if (before !== undefined && !UUID.test(String(before)))
    throw new AppError("bad_request", undefined, [
      { path: "query.cursor", message: "not one of our cursors" },
    ]);
  const { rows } = await sql<{ id: string }>`
    select id from kernel.message where tenant_id = ${parts.tenantId} and conversation_id = ${conversationId}
      ${before === undefined ? sql`` : sql`and id < ${before}::uuid`} order by id desc limit ${query.limit + 1}`.execute(
    parts.tx,
  );
  const shown = rows.slice(0, query.limit).reverse();
  const oldest = rows.length > query.limit ? shown[0] : undefined;
  return {
    items: await messageRows(
      parts,
      shown.map(({ id }) => ({ conversationId, id })),
    ),
    next: oldest ? writeCursor([oldest.id]) : null,
  };
}

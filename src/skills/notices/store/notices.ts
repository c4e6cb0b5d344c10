import { sql } from "kysely";
import { AppError, appendEvents } from "#kernel";
import type { Notice, NoticeInput } from "../api.ts";
import { USUAL_LIFE_MS } from "../rules/limits.ts";
import type { NoticeBody, NoticeState, Phase } from "../tables.ts";
import { forgetStart, planStart } from "./timers.ts";
import type { NoticesTx } from "./tx.ts";

export interface NoticeRow {
  id: number;
  topic_id: number;
  topic_title: { de: string; en: string };
  topic_slug: string;
  topic_kind: "service" | "promotion";
  topic_urgent: boolean;
  topic_parameters: { key: string; kind: string }[];
  title: string;
  body: NoticeBody;
  state: NoticeState;
  state_reason: string;
  phase: Phase;
  story: string | null;
  reference: string | null;
  created_by: string;
  released_by: string | null;
  created_at: Date;
  scheduled_at: Date | null;
  started_at: Date | null;
  matched_at: Date | null;
  expires_at: Date | null;
  ended_at: Date | null;
}

/** Which notices, newest first. */
export interface NoticeQuery {
  id?: number;
  state?: NoticeState;
  before?: number;
  reference?: string;
  limit: number;
  lock?: boolean;
}

export async function findNotices(tx: NoticesTx, tenantId: number, query: NoticeQuery): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.*, t.title as topic_title, t.slug as topic_slug, t.kind as topic_kind, t.is_urgent as topic_urgent, t.parameters as topic_parameters
    from notices.notice n join notices.topic t on t.tenant_id = n.tenant_id and t.id = n.topic_id
    where n.tenant_id = ${tenantId} and (${query.id ?? null}::bigint is null or n.id = ${query.id ?? null})
      and (${query.state ?? null}::text is null or n.state = ${query.state ?? null})
      and (${query.reference ?? null}::text is null or n.reference = ${query.reference ?? null})
      and (${query.before ?? null}::bigint is null or n.id < ${query.before ?? null})
    order by n.id desc limit ${query.limit} ${query.lock ? sql`for update of n` : sql``}`.execute(tx);
  return rows;
}

/** @throws AppError not_found */
export async function readNotice(
  tx: NoticesTx,
  tenantId: number,
  id: number,
  lock = false,
): Promise<NoticeRow> {
  const [row] = await findNotices(tx, tenantId, { id, limit: 1, lock });
  if (!row) throw new AppError("not_found");
  return row;
}

export function shownNotice(row: NoticeRow, needsFourEyes: boolean): Notice {
  return {
    ...row.body,
    id: row.id,
    topicId: row.topic_id,
    topicTitle: row.topic_title,
    title: row.title,
    state: row.state,
    stateReason: row.state_reason,
    story: row.story,
    phase: row.phase,
    createdBy: row.created_by,
    releasedBy: row.released_by,
    needsRelease:
      needsFourEyes && row.state === "draft" && row.released_by === null && row.phase !== "farewell",
    expiresAt: row.expires_at?.toISOString() ?? null,
    scheduledAt: row.scheduled_at?.toISOString() ?? null,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

export interface NewNotice {
  input: NoticeInput;
  createdBy: string;
  now: number;
  reference?: string | null;
  story?: string | null;
  phase?: Phase;
}

export async function insertNotice(tx: NoticesTx, tenantId: number, one: NewNotice): Promise<number> {
  const { topicId, title, expiresAt, ...body } = one.input;
  const { id } = await tx
    .insertInto("notices.notice")
    .values({
      tenant_id: tenantId,
      topic_id: topicId,
      title,
      body: JSON.stringify(body),
      phase: one.phase ?? "alert",
      story: one.story ?? null,
      reference: one.reference ?? null,
      created_by: one.createdBy,
      released_by: null,
      created_at: new Date(one.now),
      expires_at: expiresAt === null ? null : new Date(expiresAt),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tellNotices(tx, tenantId, [id], one.now);
  return id;
}

/** A draft is saved whole; a release that was given for other words is void. @throws AppError not_found, rule_broken */
export async function updateDraft(
  tx: NoticesTx,
  tenantId: number,
  one: { id: number; input: NoticeInput; now: number },
): Promise<void> {
  const row = await readNotice(tx, tenantId, one.id, true);
  requireState(row, ["draft", "scheduled"]);
  const { topicId, title, expiresAt, ...body } = one.input;
  await tx
    .updateTable("notices.notice")
    .set({
      topic_id: topicId,
      title,
      body: JSON.stringify(body),
      expires_at: expiresAt === null ? null : new Date(expiresAt),
      released_by: null,
      state: "draft",
      scheduled_at: null,
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", one.id)
    .execute();
  await forgetStart(tx, tenantId, one.id);
  await tellNotices(tx, tenantId, [one.id], one.now);
}

export function requireState(row: NoticeRow, states: readonly NoticeState[]): void {
  if (!states.includes(row.state))
    throw new AppError("rule_broken", `The notice is ${row.state}; this needs ${states.join(" or ")}.`);
}

export async function removeDraft(tx: NoticesTx, tenantId: number, id: number, now: number): Promise<void> {
  requireState(await readNotice(tx, tenantId, id, true), ["draft", "scheduled"]);
  await tx.deleteFrom("notices.notice").where("tenant_id", "=", tenantId).where("id", "=", id).execute();
  await forgetStart(tx, tenantId, id);
  await tellNotices(tx, tenantId, [id], now);
}

/** Four eyes: the author's own do not count. @throws AppError rule_broken, not_found */
export async function release(
  tx: NoticesTx,
  tenantId: number,
  one: { id: number; by: string; now: number },
): Promise<void> {
  const row = await readNotice(tx, tenantId, one.id, true);
  requireState(row, ["draft"]);
  if (row.created_by === one.by)
    throw new AppError("rule_broken", "Somebody else than its author releases a notice.");
  await tx
    .updateTable("notices.notice")
    .set({ released_by: one.by })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", one.id)
    .execute();
  await tellNotices(tx, tenantId, [one.id], one.now);
}

/**
 * Plans or begins a notice; recipients are found afterwards (jobs.ts).
 * @param at ms; at or before now = at once
 * @throws AppError rule_broken when it is not a draft, not released, or of no use already
 */
export async function begin(
  tx: NoticesTx,
  tenantId: number,
  one: { id: number; at: number; now: number; needsFourEyes: boolean },
): Promise<"scheduled" | "sending"> {
  const row = await readNotice(tx, tenantId, one.id, true);
  requireState(row, ["draft", "scheduled"]);
  if (one.needsFourEyes && row.released_by === null && row.phase !== "farewell")
    throw new AppError("rule_broken", "Somebody else must release this notice first.");
  const starts = Math.max(one.at, one.now);
  const expires = row.expires_at?.getTime() ?? starts + USUAL_LIFE_MS;
  if (expires <= starts) throw new AppError("rule_broken", "The notice would be of no use when it begins.");
  const isLater = one.at > one.now;
  await tx
    .updateTable("notices.notice")
    .set({
      state: isLater ? "scheduled" : "sending",
      scheduled_at: isLater ? new Date(one.at) : row.scheduled_at,
      started_at: isLater ? null : new Date(one.now),
      expires_at: isLater ? row.expires_at : new Date(expires),
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", one.id)
    .execute();
  if (isLater) await planStart(tx, tenantId, one.id, one.at);
  else await forgetStart(tx, tenantId, one.id);
  await tellNotices(tx, tenantId, [one.id], one.now);
  return isLater ? "scheduled" : "sending";
}

/** The end of a notice: nothing waits any more. */
export async function endNotice(
  tx: NoticesTx,
  tenantId: number,
  one: { id: number; state: "done" | "stopped" | "expired"; reason: string; now: number },
): Promise<void> {
  await tx
    .updateTable("notices.notice")
    .set({ state: one.state, state_reason: one.reason, ended_at: new Date(one.now) })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", one.id)
    .where("ended_at", "is", null)
    .execute();
  await forgetStart(tx, tenantId, one.id);
  await tellNotices(tx, tenantId, [one.id], one.now);
}

export function tellNotices(
  tx: NoticesTx,
  tenantId: number,
  ids: readonly number[],
  now: number,
): Promise<void> {
  return appendEvents(
    tx,
    tenantId,
    ids.map((id) => ({ type: "notices.changed", ref: String(id) })),
    now,
  );
}

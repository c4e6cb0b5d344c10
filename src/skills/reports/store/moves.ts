import { sql } from "kysely";
import { AppError, setTimer } from "#kernel";
import { mayMove } from "../rules/states.ts";
import { TELL } from "../rules/timer-kinds.ts";
import { lockReport, type ReportRow } from "./report-row.ts";
import { type ReportsTx, tell } from "./tx.ts";

export interface Move {
  reportId: number;
  to: "accepted" | "done" | "rejected";
  now: number;
  /** Those who reported are told at this time, ms; default now. */
  tellAt?: number;
  note?: string;
  /** The team's message that shows the result. */
  shown?: { conversationId: number; messageId: string } | null;
}

/**
 * Moves a report on and plans that those who reported it are told. The last call of a transaction.
 * @throws AppError not_found, rule_broken when it has ended or is there already
 */
export async function moveReport(tx: ReportsTx, tenantId: number, move: Move): Promise<void> {
  const row = await lockReport(tx, tenantId, move.reportId);
  if (!mayMove(row.state, move.to))
    throw new AppError("rule_broken", `The report is ${row.state}; it cannot become ${move.to}.`);
  const at = new Date(move.now);
  const { shown } = move;
  await tx
    .updateTable("reports.report")
    .set({
      state: move.to,
      ...(move.to === "accepted" ? { accepted_at: at } : { ended_at: at }),
      ...(move.note ? { note: move.note } : {}),
      ...(shown ? { done_conversation_id: shown.conversationId, done_message_id: shown.messageId } : {}),
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", move.reportId)
    .execute();
  await planTelling(tx, tenantId, {
    reportId: move.reportId,
    what: move.to,
    dueAt: move.tellAt ?? move.now,
  });
  await tell(tx, tenantId, [move.reportId], move.now);
}

export function planTelling(
  tx: ReportsTx,
  tenantId: number,
  plan: { reportId: number; what: "accepted" | "done" | "rejected"; dueAt: number },
): Promise<void> {
  const { reportId, what, dueAt } = plan;
  return setTimer(tx, {
    tenantId,
    kind: TELL,
    key: `${what} ${reportId}`,
    dueAt,
    payload: { reportId, what },
  });
}

/** The picture of a result that was said to be done without one. */
export async function showResult(
  tx: ReportsTx,
  tenantId: number,
  shown: { reportId: number; conversationId: number; messageId: string },
): Promise<void> {
  await tx
    .updateTable("reports.report")
    .set({ done_conversation_id: shown.conversationId, done_message_id: shown.messageId })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", shown.reportId)
    .execute();
}

export interface TeamReport extends Pick<ReportRow, "id" | "state" | "done_message_id"> {
  ended_at: Date | null;
}

/** A team's reports that stand open, and those it finished after `since`; locked, oldest first. */
export async function teamReports(
  tx: ReportsTx,
  tenantId: number,
  team: { id: number; since: number },
): Promise<TeamReport[]> {
  const { rows } = await sql<TeamReport>`
    select id, state, done_message_id, ended_at from reports.report
    where tenant_id = ${tenantId} and team_id = ${team.id}
      and (state in ('passed', 'accepted') or (state = 'done' and ended_at >= ${new Date(team.since)}))
    order by id for update`.execute(tx);
  return rows;
}

/** @throws AppError conflict when it was decided before */
export async function decideNotice(
  tx: ReportsTx,
  tenantId: number,
  decided: { reportId: number; decision: "yes" | "no"; by: string; noticeId: number | null; now: number },
): Promise<void> {
  const done = await tx
    .updateTable("reports.report")
    .set({
      notice_decision: decided.decision,
      notice_id: decided.noticeId,
      decided_by: decided.by,
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", decided.reportId)
    .where("notice_decision", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (!done) throw new AppError("conflict", "Somebody has decided this already.");
  await tell(tx, tenantId, [decided.reportId], decided.now);
}

import { sql } from "kysely";
import { type Content, type House, queueNotices, setTimer } from "#kernel";
import { PASS } from "../rules/timer-kinds.ts";
import type { ReportRow } from "./report-row.ts";
import { type ReportsTx, tell } from "./tx.ts";

/** The team that looks after reports of a kind. */
export interface PassTeam {
  id: number;
  language: "de" | "en";
  grant_id: number | null;
}

/** @returns null when the kind has no team */
export async function teamOfKind(tx: ReportsTx, tenantId: number, kindId: number): Promise<PassTeam | null> {
  const { rows } = await sql<PassTeam>`
    select m.id, m.language, m.grant_id from reports.kind k
    join reports.team m on m.tenant_id = k.tenant_id and m.id = k.team_id
    where k.tenant_id = ${tenantId} and k.id = ${kindId}`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Queues a report into its team's conversation, under the team's own yes. The last call of a transaction; the report
 * is locked.
 * @returns why not, "" when it is on its way
 */
export async function passToTeam(
  house: House,
  tx: ReportsTx,
  pass: { tenantId: number; report: ReportRow; team: PassTeam; content: Content; now: number },
): Promise<string> {
  const { tenantId, report, team, now } = pass;
  const notice = {
    reference: `reports pass ${report.id} ${team.grant_id}`,
    grantId: team.grant_id as number,
    content: pass.content,
    expiresAt: null,
  };
  const [fate] = await queueNotices(house, tx, { tenantId, notices: [notice], now });
  const at = new Date(now);
  if (!fate?.queued) {
    const fault = fate?.reason ?? "no_grant";
    await notPassed(tx, { tenantId, reportId: report.id, teamId: team.id, fault, now });
    return fault;
  }
  await tx
    .updateTable("reports.report")
    .set({
      state: report.state === "new" ? "passed" : report.state,
      team_id: team.id,
      passed_at: at,
      pass_fault: "",
      passed_statement: report.statement_id,
      team_conversation_id: fate.conversationId,
      team_message_id: fate.messageId,
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", report.id)
    .execute();
  await tell(tx, tenantId, [report.id], now);
  return "";
}

/** Says why the team has not got it; staff see it, and it is tried again when the team joins or writes. */
export async function notPassed(
  tx: ReportsTx,
  one: { tenantId: number; reportId: number; teamId: number | null; fault: string; now: number },
): Promise<void> {
  await tx
    .updateTable("reports.report")
    .set({ pass_fault: one.fault, team_id: one.teamId })
    .where("tenant_id", "=", one.tenantId)
    .where("id", "=", one.reportId)
    .execute();
  await tell(tx, one.tenantId, [one.reportId], one.now);
}

const WAITING_AT_ONCE = 50;

/** Tries again what a team has not got: it has a conversation now, or its window is open again. */
export async function passWaiting(
  tx: ReportsTx,
  tenantId: number,
  team: { id: number; now: number },
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select r.id from reports.report r join reports.kind k on k.tenant_id = r.tenant_id and k.id = r.kind_id
    where r.tenant_id = ${tenantId} and k.team_id = ${team.id} and r.state in ('new', 'accepted') and r.passed_at is null
    order by r.id limit ${WAITING_AT_ONCE}`.execute(tx);
  for (const { id } of rows)
    await setTimer(tx, {
      tenantId,
      kind: PASS,
      key: String(id),
      dueAt: team.now,
      payload: { reportId: id },
    });
}

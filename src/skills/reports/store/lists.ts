import type { Report } from "../api.ts";
import { isOpen } from "../rules/states.ts";
import { findStatements, type ReportRow, type StatementRow } from "./report-row.ts";
import type { ReportsTx } from "./tx.ts";

/** A report as the company's people see it. */
export function shownReport(row: ReportRow): Report {
  return {
    id: row.id,
    kind: { id: row.kind_id, name: row.kind_name },
    state: row.state,
    place:
      row.place_name === null
        ? null
        : { name: row.place_name, latitude: row.latitude, longitude: row.longitude },
    text: row.text ?? "",
    photoFileId: row.photo_file,
    doneFileId: row.done_file,
    reporters: row.reporters,
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name ?? "" },
    passFault: row.pass_fault,
    note: row.note,
    notice: { state: noticeState(row), noticeId: row.notice_id, by: row.decided_by },
    createdAt: row.created_at.toISOString(),
    passedAt: row.passed_at?.toISOString() ?? null,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/** What has ended is no news for subscribers. */
function noticeState(row: ReportRow): Report["notice"]["state"] {
  if (row.notice_decision) return row.notice_decision;
  return row.notice_topic_id !== null && isOpen(row.state) ? "open" : "never";
}

export async function shownStatements(tx: ReportsTx, tenantId: number, reportId: number) {
  return (await findStatements(tx, tenantId, reportId)).map(shownStatement);
}

function shownStatement(row: StatementRow) {
  return {
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    text: row.text,
    placeName: row.place_name,
    latitude: row.latitude,
    longitude: row.longitude,
    photoFileId: row.photo_file,
    saidAt: row.said_at.toISOString(),
    told: row.told,
  };
}

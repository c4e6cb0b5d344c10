import { sql } from "kysely";
import { AppError } from "#kernel";
import type { ReportState } from "../tables.ts";
import type { ReportsTx } from "./tx.ts";

/** A report with its kind, its team and what the first who told it said. */
export interface ReportRow {
  id: number;
  state: ReportState;
  kind_id: number;
  kind_name: { de: string; en: string };
  templates: { de: string | null; en: string | null };
  notice_topic_id: number | null;
  team_id: number | null;
  team_name: string | null;
  created_at: Date;
  passed_at: Date | null;
  pass_fault: string;
  accepted_at: Date | null;
  ended_at: Date | null;
  done_message_id: string | null;
  done_file: string | null;
  note: string;
  reporters: number;
  notice_decision: "yes" | "no" | null;
  notice_id: number | null;
  decided_by: string | null;
  statement_id: number | null;
  text: string | null;
  place_name: string | null;
  latitude: number | null;
  longitude: number | null;
  photo_message_id: string | null;
  photo_file: string | null;
}

export interface ReportQuery {
  id?: number | undefined;
  state?: ReportState | undefined;
  kindId?: number | undefined;
  /** Only smaller ids. */
  before?: number | undefined;
  limit: number;
  lock?: boolean;
}

/** Newest first. Files are found through the messages that show them: they may still be on their way. */
export async function findReports(tx: ReportsTx, tenantId: number, query: ReportQuery): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select r.id, r.state, r.kind_id, k.name as kind_name, k.templates, k.notice_topic_id, r.team_id, m.name as team_name, r.created_at,
      r.passed_at, r.pass_fault, r.accepted_at, r.ended_at, r.done_message_id, d.content -> 'media' ->> 'fileId' as done_file, r.note,
      r.reporters, r.notice_decision, r.notice_id, r.decided_by, s.id as statement_id, s.text, s.place_name, s.latitude, s.longitude,
      s.photo_message_id, p.content -> 'media' ->> 'fileId' as photo_file
    from reports.report r
    join reports.kind k on k.tenant_id = r.tenant_id and k.id = r.kind_id
    left join reports.team m on m.tenant_id = r.tenant_id and m.id = r.team_id
    left join lateral (select * from reports.statement s where s.tenant_id = r.tenant_id and s.report_id = r.id order by s.id limit 1) s on true
    left join kernel.message p on p.tenant_id = s.tenant_id and p.conversation_id = s.conversation_id and p.id = s.photo_message_id
    left join kernel.message d on d.tenant_id = r.tenant_id and d.conversation_id = r.done_conversation_id and d.id = r.done_message_id
    where r.tenant_id = ${tenantId} and (${query.id ?? null}::bigint is null or r.id = ${query.id ?? null})
      and (${query.state ?? null}::text is null or r.state = ${query.state ?? null})
      and (${query.kindId ?? null}::int is null or r.kind_id = ${query.kindId ?? null})
      and (${query.before ?? null}::bigint is null or r.id < ${query.before ?? null})
    order by r.id desc limit ${query.limit} ${query.lock ? sql`for update of r` : sql``}`.execute(tx);
  return rows;
}

/** Locks the report. @throws AppError not_found */
export async function lockReport(tx: ReportsTx, tenantId: number, id: number): Promise<ReportRow> {
  const [row] = await findReports(tx, tenantId, { id, limit: 1, lock: true });
  if (!row) throw new AppError("not_found");
  return row;
}

export interface StatementRow {
  id: number;
  contact_id: number;
  conversation_id: number;
  message_id: string;
  language: "de" | "en";
  text: string;
  place_name: string;
  latitude: number | null;
  longitude: number | null;
  photo_file: string | null;
  said_at: Date;
  told: Record<string, string>;
}

/** Everybody who told it, in the order they did. */
export async function findStatements(
  tx: ReportsTx,
  tenantId: number,
  reportId: number,
): Promise<StatementRow[]> {
  const { rows } = await sql<StatementRow>`
    select s.id, s.contact_id, s.conversation_id, s.message_id, s.language, s.text, s.place_name, s.latitude, s.longitude, s.said_at, s.told,
      p.content -> 'media' ->> 'fileId' as photo_file
    from reports.statement s
    left join kernel.message p on p.tenant_id = s.tenant_id and p.conversation_id = s.conversation_id and p.id = s.photo_message_id
    where s.tenant_id = ${tenantId} and s.report_id = ${reportId} order by s.id`.execute(tx);
  return rows;
}

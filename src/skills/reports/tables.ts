import type { ColumnType, Generated } from "kysely";

/** Row types of schema reports, see migrations/001_reports.sql. */

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
export type ReportState = "new" | "passed" | "accepted" | "done" | "rejected";

export interface ReportsTables {
  "reports.team": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    language: "de" | "en";
    join_code: string | null;
    contact_id: number | null;
    channel_id: number | null;
    conversation_id: number | null;
    grant_id: number | null;
    joined_at: NullableTime;
  };
  "reports.kind": {
    tenant_id: number;
    id: Generated<number>;
    name: Json<{ de: string; en: string }>;
    keywords: Json<{ de: string[]; en: string[] }>;
    team_id: number | null;
    radius_metres: number;
    within_hours: number;
    wants_photo: boolean;
    notice_topic_id: number | null;
    templates: Json<{ de: string | null; en: string | null }>;
    active: Generated<boolean>;
  };
  "reports.place": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    aliases: string[];
    latitude: number;
    longitude: number;
  };
  "reports.report": {
    tenant_id: number;
    id: Generated<number>;
    kind_id: number;
    team_id: number | null;
    state: Generated<ReportState>;
    created_at: Time;
    passed_at: NullableTime;
    pass_fault: Generated<string>;
    passed_statement: number | null;
    team_conversation_id: number | null;
    team_message_id: string | null;
    accepted_at: NullableTime;
    ended_at: NullableTime;
    done_conversation_id: number | null;
    done_message_id: string | null;
    note: Generated<string>;
    reporters: Generated<number>;
    notice_decision: "yes" | "no" | null;
    notice_id: number | null;
    decided_by: string | null;
  };
  "reports.statement": {
    tenant_id: number;
    id: Generated<number>;
    report_id: number;
    contact_id: number;
    conversation_id: number;
    message_id: string;
    language: "de" | "en";
    text: string;
    place_name: string;
    latitude: number | null;
    longitude: number | null;
    photo_message_id: string | null;
    said_at: Time;
    told: ColumnType<Record<string, string>, string | undefined, string>;
  };
}

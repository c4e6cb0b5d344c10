import type { ColumnType, Generated } from "kysely";

/** Row types of schema colleagues, see migrations/001_colleagues.sql. */

type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;

export type QuestionState =
  | "queued"
  | "sent"
  | "answered"
  | "failed"
  | "unanswered"
  | "withdrawn"
  | "expired";

export interface ColleaguesTables {
  "colleagues.settings": {
    tenant_id: number;
    domains: string[];
    allows_direct: boolean;
    remind_hours: number;
    answer_days: number;
  };
  "colleagues.colleague": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    email: string;
    topic: string;
    language: "de" | "en";
  };
  "colleagues.question": {
    tenant_id: number;
    id: Generated<number>;
    conversation_id: number;
    client_id: string;
    asked_by: string;
    asked_name: string;
    to_name: string;
    to_email: string;
    language: "de" | "en";
    text: string;
    scope: "last" | "ten" | "case";
    with_contact: boolean;
    is_direct: boolean;
    file_ids: string[];
    excerpt: string | null;
    channel_id: number;
    side_mail_id: number;
    side_key: string;
    reminder_mail_id: number;
    reminder_key: string;
    state: Generated<QuestionState>;
    fault: Generated<string>;
    asked_at: Time;
    sent_at: NullableTime;
    reminded_at: NullableTime;
    ended_at: NullableTime;
    expires_at: Time;
  };
  "colleagues.reply": {
    tenant_id: number;
    mail_key: string;
    question_id: number;
    verdict: string;
    is_sent_on: boolean;
    message_id: string;
    at: Time;
  };
}

import type { ColumnType, Generated } from "kysely";
import type { NoticeInput, NoticeSettings, Parameter } from "./api.ts";

/** Row types of schema notices, see migrations/001_notices.sql. */

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Language = "de" | "en";
type Both = Record<Language, string>;

export type NoticeState = "draft" | "scheduled" | "sending" | "done" | "stopped" | "expired";
export type Phase = "alert" | "update" | "all_clear" | "farewell";
export type TemplateState = "pending" | "approved" | "rejected" | "paused" | "disabled";
export type TemplateCategory = "utility" | "marketing" | "authentication";
/** What the composer writes, without what stands in columns of its own. */
export type NoticeBody = Omit<NoticeInput, "topicId" | "title" | "expiresAt">;

export interface NoticesTables {
  "notices.topic": {
    tenant_id: number;
    id: Generated<number>;
    slug: string;
    title: Json<Both>;
    description: Json<Both>;
    kind: "service" | "promotion";
    parameters: Json<Parameter[]>;
    is_public: boolean;
    is_urgent: boolean;
    created_at: Time;
    deleted_at: NullableTime;
  };
  "notices.subscription": {
    tenant_id: number;
    id: Generated<number>;
    topic_id: number;
    value: string;
    contact_id: number;
    channel_id: number;
    grant_id: number;
    language: Language;
    rhythm: string;
    filters: Json<Record<string, string[]>>;
    expires_at: NullableTime;
    paused_until: NullableTime;
    created_at: Time;
    ended_at: NullableTime;
  };
  "notices.request": {
    tenant_id: number;
    token_hash: Buffer;
    topic_id: number;
    email: string;
    language: Language;
    choice: Json<unknown>;
    text: string;
    asked_at: Time;
  };
  "notices.template": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    language: Language;
    category: TemplateCategory;
    body: string;
    variables: Json<string[]>;
    serves: Generated<"notice" | "warning">;
    state: TemplateState;
    reason: Generated<string>;
    state_at: Time;
    state_told_at: NullableTime;
    category_told_at: NullableTime;
  };
  "notices.setting": { tenant_id: number; settings: Json<NoticeSettings> };
  "notices.notice": {
    tenant_id: number;
    id: Generated<number>;
    topic_id: number;
    title: string;
    body: Json<NoticeBody>;
    state: Generated<NoticeState>;
    state_reason: Generated<string>;
    phase: Generated<Phase>;
    story: string | null;
    reference: string | null;
    created_by: string;
    released_by: string | null;
    created_at: Time;
    scheduled_at: NullableTime;
    started_at: NullableTime;
    matched_at: NullableTime;
    expires_at: NullableTime;
    ended_at: NullableTime;
    erased: Generated<number>;
  };
  "notices.delivery": {
    tenant_id: number;
    notice_id: number;
    person_id: number;
    contact_id: number;
    subscription_id: number;
    grant_id: number;
    channel_id: number;
    language: Language;
    state: Generated<"waiting" | "queued" | "dropped">;
    reason: string | null;
    is_digest: Generated<boolean>;
    due_at: Time;
    tried: Generated<number[]>;
    is_template: Generated<boolean>;
    conversation_id: number | null;
    message_id: string | null;
    queued_at: NullableTime;
  };
}

import type { ColumnType, Generated } from "kysely";
import type { Written } from "./rules/packs/written.ts";

/** Row types of schema service, see migrations/001_service.sql and 002_teaching.sql. */

export interface AnswerOption {
  title: string;
  intent: string | null;
}

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Language = "de" | "en";
type Cause = "change" | "night" | "forget";

export interface ServiceTables {
  "service.topic": {
    tenant_id: number;
    id: Generated<number>;
    intent: string;
    label: string;
    title_de: string;
    title_en: string;
    flow: Generated<string>;
    most_asked: ColumnType<Record<Language, string> | null, string | null | undefined, string | null>;
    cost: Generated<number>;
  };
  "service.answer": {
    tenant_id: number;
    topic_id: number;
    language: Language;
    text: string;
    link: string | null;
    file_id: string | null;
    options: Json<AnswerOption[]>;
  };
  "service.example": {
    tenant_id: number;
    id: Generated<number>;
    /** null = out of scope */
    topic_id: number | null;
    language: Language;
    text: string;
    source_conversation_id: number | null;
    source_message_id: string | null;
    source_at: NullableTime;
    accepted_at: NullableTime;
    held_out: Generated<boolean>;
  };
  "service.topic_count": {
    tenant_id: number;
    topic_id: number;
    asked: Generated<number>;
    answered: Generated<number>;
  };
  "service.model": { key: string; bytes: Buffer; report: Json<unknown>; created_at: Time };
  "service.tenant_model": {
    tenant_id: number;
    revision: Generated<number>;
    content_key: Generated<string>;
    state: Generated<"none" | "training" | "live" | "failed">;
    model_key: string | null;
    trained_revision: Generated<number>;
    changed_at: NullableTime;
    trained_at: NullableTime;
    seconds: number | null;
    error: string | null;
    release: Generated<"auto" | "review">;
    live_version: number | null;
    live_content: string | null;
    max_wrong: Generated<number>;
    reason: Generated<Cause>;
    started_at: NullableTime;
  };
  "service.turn": {
    tenant_id: number;
    conversation_id: number;
    message_id: string;
    at: Time;
    topic: string | null;
    language: Language;
    outcome: "answered" | "offered" | "asked" | "handed_over" | "not_helped";
    zone: "answer" | "choose" | "handover" | null;
    confidence: number | null;
    model_key: string | null;
    checked: Generated<boolean>;
  };
  "service.proposal": {
    tenant_id: number;
    id: Generated<number>;
    conversation_id: number;
    message_id: string;
    topic_id: number | null;
    language: Language;
    text: string;
    origin: Generated<"colleague" | "choice">;
    said_at: Time;
    proposed_at: Time;
  };
  "service.content": { tenant_id: number; key: string; topics: Json<unknown> };
  "service.version": {
    tenant_id: number;
    id: number;
    model_key: string | null;
    content_key: string;
    reason: Cause;
    examples: number;
    topics: number;
    made_at: Time;
    live_at: NullableTime;
  };
  "service.health": {
    tenant_id: number;
    revision: number;
    report: ColumnType<unknown, string | null, string | null>;
    error: string | null;
    seconds: number;
    measured_at: Time;
  };
  "service.pack": {
    tenant_id: number;
    name: string;
    languages: Language[];
    written: Json<Written>;
    applied_at: Time;
  };
  "service.pack_value": { tenant_id: number; name: string; language: Language; value: string };
  "service.unanswered": {
    tenant_id: number;
    conversation_id: number;
    message_id: ColumnType<string | null, string | null | undefined, string | null>;
    question_key: string;
    question: string;
    language: Language;
    guess: string | null;
    confidence: number | null;
    asked_at: Time;
  };
}

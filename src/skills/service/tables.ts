import type { ColumnType, Generated } from "kysely";

/** Row types of schema service, see migrations/001_service.sql. */

export interface AnswerOption {
  title: string;
  intent: string | null;
}

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Language = "de" | "en";

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
    topic_id: number;
    language: Language;
    text: string;
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
  };
  "service.unanswered": {
    tenant_id: number;
    conversation_id: number;
    question_key: string;
    question: string;
    language: Language;
    guess: string | null;
    confidence: number | null;
    asked_at: Time;
  };
}

import type { ColumnType, Generated } from "kysely";
import type { Content } from "../dialogue/content.ts";

/** Row types of schema kernel, see migrations/001_kernel.sql. Times are Dates, int8 are numbers. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Time = ColumnType<Date, Date | string, Date | string>;
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export interface FlowState {
  skill: string;
  flow: string;
  step: string;
  data: Readonly<Record<string, unknown>>;
}

export interface HandOver {
  reason:
    | "asked"
    | "unsure"
    | "unknown"
    | "flow"
    | "media"
    | "callback"
    | "complaint"
    | "late"
    | "emergency"
    /** A skill did its part and brings the rest, e.g. an order that was given. */
    | "case";
  confidence: number | null;
  needed: number | null;
  summary: string;
  at: string;
}

export interface KernelTables {
  "kernel.tenant": {
    id: Generated<number>;
    slug: string;
    name: string;
    settings: Json<Record<string, unknown>>;
    is_demo: Generated<boolean>;
    created_at: Time;
  };
  "kernel.tenant_seq": { tenant_id: number; last_seq: Generated<number> };
  "kernel.provider_app": {
    id: string;
    kind: string;
    secret: string;
    verify_token: string | null;
    created_at: Time;
  };
  "kernel.channel": {
    tenant_id: number;
    id: Generated<number>;
    kind: "web" | "whatsapp" | "telegram" | "email" | "phone";
    app_id: string | null;
    address: string;
    name: string;
    api_base: Generated<string>;
    token: Generated<string>;
    settings: Json<Record<string, unknown>>;
    active: Generated<boolean>;
    health_light: Generated<"ok" | "warn" | "bad" | "off">;
    health_text: Generated<string>;
    health_at: NullableTime;
    created_at: Time;
  };
  "kernel.department": { tenant_id: number; id: Generated<number>; name: string };
  "kernel.staff": {
    tenant_id: number;
    user_id: string;
    name: string;
    role: "owner" | "manager" | "agent";
    department_id: number | null;
    active: Generated<boolean>;
    last_seen_at: NullableTime;
    created_at: Time;
  };
  "kernel.api_key": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    prefix: string;
    hash: Buffer;
    role: "owner" | "manager" | "agent";
    created_at: Time;
    last_used_at: NullableTime;
  };
  "kernel.text_block": {
    tenant_id: number;
    id: Generated<number>;
    title: string;
    language: "de" | "en";
    text: string;
  };
  "kernel.contact": {
    tenant_id: number;
    id: Generated<number>;
    name: Generated<string>;
    company: Generated<string>;
    note: Generated<string>;
    language: "de" | "en" | null;
    /** In whose name they write; null = their own. */
    party: Generated<string | null>;
    merged_into: number | null;
    stopped_at: NullableTime;
    erased_at: NullableTime;
    first_seen_at: Time;
  };
  "kernel.identity": {
    tenant_id: number;
    kind: string;
    value: string;
    contact_id: number;
    first_seen_at: Time;
    last_seen_at: Time;
  };
  "kernel.contact_merge": {
    tenant_id: number;
    id: Generated<number>;
    contact_id: number;
    into_id: number;
    merged_at: Time;
    merged_by: string;
    undone_at: NullableTime;
  };
  "kernel.conversation": {
    tenant_id: number;
    id: Generated<number>;
    channel_id: number;
    contact_id: number;
    thread: Generated<string>;
    reply_address: string;
    state: Generated<"bot" | "waiting" | "person" | "closed">;
    language: "de" | "en";
    topic: string | null;
    assignee_id: string | null;
    department_id: number | null;
    flow: NullableJson<FlowState>;
    hand_over: NullableJson<HandOver>;
    preview: Generated<string>;
    last_message_at: Time;
    last_day: ColumnType<Date, Date | string, Date | string>;
    last_customer_at: NullableTime;
    last_turn: string | null;
    waiting_since: NullableTime;
    due_at: NullableTime;
    unread: Generated<number>;
    closed_at: NullableTime;
    created_at: Time;
  };
  "kernel.message": {
    tenant_id: number;
    conversation_id: number;
    id: string;
    author: "customer" | "bot" | "agent" | "system";
    staff_id: string | null;
    content: Json<Content>;
    status: string;
    external_id: string | null;
    client_id: string | null;
    error: NullableJson<{ code: number; title: string; details?: string }>;
    reply_to: string | null;
    language: string | null;
    detail: NullableJson<Record<string, unknown>>;
    edited: Generated<boolean>;
    revoked: Generated<boolean>;
    purpose: Generated<string | null>;
    basis_message: Generated<string | null>;
    basis_grant: Generated<number | null>;
    /** As what the provider bills it; null = nothing. */
    billed: Generated<string | null>;
    sent_at: Time;
    received_at: Time;
    processed_at: Time;
  };
  "kernel.seen": {
    tenant_id: number;
    key: string;
    conversation_id: number | null;
    message_id: string | null;
    seen_at: Time;
  };
  "kernel.parked": {
    tenant_id: number;
    id: number;
    app_id: string;
    channel_id: number | null;
    body: Buffer;
    reason: string;
    received_at: Time;
    parked_at: Time;
    settled_at: NullableTime;
  };
  "kernel.outbox": {
    tenant_id: number;
    id: string;
    conversation_id: number;
    contact_id: number;
    channel_id: number;
    reply_address: string;
    content: Json<Content>;
    reply_to_external: string | null;
    priority: Generated<number>;
    purpose: string;
    basis_kind: "customer_message" | "grant";
    basis_id: string;
    basis_at: Time;
    basis_grant: Generated<number | null>;
    expires_at: Generated<Date | null>;
    due_at: Time;
    attempts: Generated<number>;
    lease_epoch: number | null;
    leased_at: NullableTime;
    state: Generated<"queued" | "leased" | "uncertain">;
  };
  "kernel.event": {
    tenant_id: number;
    seq: number;
    type: string;
    conversation_id: number | null;
    message_id: string | null;
    ref: string | null;
    at: Time;
  };
  "kernel.timer": {
    tenant_id: number;
    id: Generated<number>;
    kind: string;
    key: string;
    due_at: Time;
    payload: Json<Record<string, unknown>>;
    attempts: Generated<number>;
    last_error: string | null;
  };
  "kernel.file": {
    tenant_id: number;
    id: string;
    conversation_id: number | null;
    contact_id: number | null;
    mime: string;
    name: string;
    size: number;
    sha256: string;
    created_at: Time;
  };
  "kernel.callback": {
    tenant_id: number;
    id: Generated<number>;
    conversation_id: number;
    contact_id: number;
    phone: string;
    promised_at: Time;
    topic: Generated<string>;
    note: Generated<string>;
    state: Generated<"open" | "done" | "missed">;
    created_at: Time;
    done_at: NullableTime;
    done_by: string | null;
    until_at: NullableTime;
    taken_by: Generated<string | null>;
    taken_at: NullableTime;
    tries: Generated<number>;
    tried_at: NullableTime;
    told_at: NullableTime;
    withdrawn_at: NullableTime;
  };
  "kernel.consent_text": {
    tenant_id: number;
    hash: Buffer;
    language: "de" | "en";
    text: string;
    first_used_at: Time;
  };
  "kernel.consent_grant": {
    tenant_id: number;
    id: Generated<number>;
    contact_id: number;
    channel_id: number;
    purpose: string;
    topic: Generated<string>;
    text_hash: Buffer;
    how: "message" | "form" | "double_opt_in" | "link" | "staff" | "import";
    granted_at: Time;
    expires_at: NullableTime;
    withdrawn_at: NullableTime;
    withdrawn_how: string | null;
  };
  "kernel.consent_proof": {
    tenant_id: number;
    seq: number;
    contact_id: number;
    salt: Buffer;
    personal: Json<Record<string, unknown>>;
    keep_until: NullableTime;
  };
  "kernel.decision": {
    tenant_id: number;
    id: Generated<number>;
    contact_id: number;
    purpose: string;
    rule: string;
    inputs: Json<Record<string, unknown>>;
    outcome: string;
    explanation: Json<{ de: string; en: string }>;
    made_at: Time;
    contested_at: NullableTime;
  };
  "kernel.agreement": {
    tenant_id: number;
    id: Generated<number>;
    with_tenant_id: number;
    purpose: string;
    fields: string[];
    proposed_at: Time;
    agreed_at: NullableTime;
    expires_at: Time;
    revoked_at: NullableTime;
    revoked_by: number | null;
  };
  "kernel.access_log": {
    tenant_id: number;
    staff_id: string;
    contact_id: number;
    day: ColumnType<Date, Date | string, Date | string>;
    first_at: Time;
  };
  "kernel.side_mail": {
    tenant_id: number;
    id: Generated<number>;
    key: string;
    room: string;
    ref: string;
    conversation_id: number;
    expires_at: Time;
    forget_at: Time;
  };
  "kernel.message_words": { tenant_id: number; conversation_id: number; message_id: string; words: string };
  "kernel.search_mark": { tenant_id: number; seq: number };
  "kernel.inbox_queue": {
    tenant_id: number;
    id: number;
    attempts: Generated<number>;
    size: Generated<number>;
  };
}

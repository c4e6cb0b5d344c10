import type { ColumnType, Generated } from "kysely";

/** Row types of schema advocate, see migrations. Days are text here, YYYY-MM-DD. */

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type FactKind = "purchase" | "loan" | "contract" | "warranty" | "appointment" | "consumption";

export interface AdvocateTables {
  "advocate.fact": {
    tenant_id: number;
    id: Generated<number>;
    kind: FactKind;
    reference: string;
    contact_id: number;
    title: string;
    gtin: string | null;
    data: Json<Record<string, unknown>>;
    next_on: string | null;
    came: Generated<"api" | "csv" | "desk">;
    recorded_at: Time;
  };
  "advocate.price": { tenant_id: number; gtin: string; price_cents: number; changed_at: Time };
  "advocate.recall": {
    tenant_id: number;
    reference: string;
    gtin: string;
    batch: string;
    text_de: string;
    text_en: string;
    published_at: Time;
  };
  "advocate.tariff": {
    tenant_id: number;
    reference: string;
    title: string;
    unit: string;
    base_cents: number;
    unit_milli_cents: number;
    yearly_from: number;
    yearly_to: number | null;
    open: boolean;
  };
  "advocate.warning": {
    tenant_id: number;
    id: Generated<number>;
    contact_id: number;
    fact_id: number;
    rule: string;
    step: string;
    reference: string;
    subjects: string[];
    last_day: string | null;
    vetoes_until: string;
    decision_id: number;
    conversation_id: number;
    message_id: string;
    made_at: Time;
  };
  "advocate.rule_off": { tenant_id: number; rule: string; off_since: Time };
  "advocate.stake": { tenant_id: number; pseudonym: string; cents: number; made_at: Time };
  "advocate.cancellation": {
    tenant_id: number;
    id: Generated<number>;
    fact_id: number;
    contact_id: number;
    contract: string;
    term_end: string;
    text: string;
    said_at: Time;
    confirmed_at: NullableTime;
    confirmed_by: string | null;
  };
  "advocate.order_check": {
    tenant_id: number;
    id: Generated<number>;
    contact_id: number;
    order_reference: string;
    gtin: string;
    price_cents: number;
    answer: "ok" | "ask";
    reason: string;
    bought_on: string | null;
    decision_id: number;
    made_at: Time;
    outcome: string | null;
  };
  "advocate.outcome": {
    tenant_id: number;
    id: Generated<number>;
    rule: string;
    pseudonym: string;
    person: string | null;
    outcome: string;
    cents: number;
    happened_on: string;
  };
}

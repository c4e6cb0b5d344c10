import { sql } from "kysely";
import type { House, Language, PersonNumber, Turn } from "#kernel";
import type { Decision, Known, SpokenDecision } from "../flows/scene.ts";
import type { FlowTx } from "./flow-tables.ts";

/** How a turn ended. */
export type Outcome = "answered" | "offered" | "asked" | "handed_over" | "not_helped";

/** One turn of the automaton, without the customer's words. */
export interface TurnRecord {
  readonly tenantId: number;
  readonly conversationId: number;
  readonly messageId: string;
  readonly at: number;
  readonly topic: string | null;
  readonly language: Language;
  readonly outcome: Outcome;
  /** null where no classifier was asked. */
  readonly zone: "answer" | "choose" | "handover" | null;
  readonly confidence: number | null;
  readonly modelKey: string | null;
}

export const TURN_KEEP_DAYS = 180;

export const turnNumbers: readonly PersonNumber[] = [
  {
    column: "service.turn.confidence",
    origin: "derived",
    purpose: "service.measure",
    inputs: ["service.measure"],
    consequence: "shows the editor where the automaton was sure and wrong; decides nothing about the person",
    owner: "service",
    keepDays: TURN_KEEP_DAYS,
  },
];

const ZONES: Readonly<Record<Outcome, TurnRecord["zone"]>> = {
  answered: "answer",
  asked: "answer",
  offered: "choose",
  handed_over: "handover",
  not_helped: null,
};

/** What is recorded of a decision; null for a greeting, thanks and the like, which settle nothing. */
export function recordOf(turn: Turn, decision: SpokenDecision, model: Known["model"]): TurnRecord | null {
  const outcome = outcomeOf(decision);
  if (outcome === null) return null;
  const { confidence } = decision;
  const inFlow = turn.conversation.flow?.skill === "service" ? turn.conversation.topic : null;
  return {
    tenantId: turn.tenant.id,
    conversationId: turn.conversation.id,
    messageId: turn.message.id,
    at: turn.now,
    topic: decision.answered ?? decision.asked ?? inFlow,
    language: decision.language,
    outcome,
    zone: confidence === undefined ? null : ZONES[outcome],
    confidence: confidence ?? null,
    modelKey: model?.key ?? null,
  };
}

/** How a decision ends its turn; null where it settles nothing. */
export function outcomeOf({ effects, answered, settled, notHelped }: Decision): Outcome | null {
  if (notHelped) return "not_helped";
  if (effects.some((effect) => effect.do === "handOver" || effect.do === "callback")) return "handed_over";
  const ask = effects.findLast((effect) => effect.do === "ask");
  if (ask?.do === "ask") return ask.flow === "choose" ? "offered" : "asked";
  return answered === undefined && !settled ? null : "answered";
}

/**
 * Writes what was recorded beside the message's way. A turn belongs to its message: where that does not stand (yet,
 * or because its batch was rolled back), nothing is written. What `settleTurn` said of its end stays.
 * @returns the records whose message did not stand
 */
export async function writeTurns(house: House, records: readonly TurnRecord[]): Promise<TurnRecord[]> {
  if (records.length === 0) return [];
  const { rows } = await house.db.node.query<{ place: number }>({
    name: "service-turns",
    text: `with n as (
        select n.*, m.id is not null as stands
        from unnest($1::int[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::real[], $10::text[])
          with ordinality n(tenant_id, conversation_id, message_id, at, topic, language, outcome, zone, confidence, model_key, place)
        left join kernel.message m on m.tenant_id = n.tenant_id and m.conversation_id = n.conversation_id and m.id = n.message_id),
      written as (
        insert into service.turn as t (tenant_id, conversation_id, message_id, at, topic, language, outcome, zone, confidence, model_key)
        select distinct on (tenant_id, conversation_id, message_id) tenant_id, conversation_id, message_id, at, topic, language, outcome, zone,
          confidence, model_key from n where stands
        order by tenant_id, conversation_id, message_id, place
        on conflict (tenant_id, conversation_id, message_id) do update set zone = excluded.zone, confidence = excluded.confidence,
          model_key = excluded.model_key, topic = coalesce(t.topic, excluded.topic))
      select place::int from n where not stands`,
    values: [
      records.map((r) => r.tenantId),
      records.map((r) => r.conversationId),
      records.map((r) => r.messageId),
      records.map((r) => new Date(r.at)),
      records.map((r) => r.topic),
      records.map((r) => r.language),
      records.map((r) => r.outcome),
      records.map((r) => r.zone),
      records.map((r) => r.confidence),
      records.map((r) => r.modelKey),
    ],
  });
  return rows.flatMap(({ place }) => records[place - 1] ?? []);
}

/** Counts what was asked and answered after a service was asked; what the turn itself asked was counted with it. */
export async function countLate(tx: FlowTx, tenantId: number, { asked, answered }: Decision): Promise<void> {
  const intents = [...new Set([asked, answered].filter((one) => one !== undefined))].sort();
  if (intents.length === 0) return;
  await sql`insert into service.topic_count as c (tenant_id, topic_id, asked, answered)
    select t.tenant_id, t.id, (t.intent = ${asked ?? ""})::int, (t.intent = ${answered ?? ""})::int
    from service.topic t where t.tenant_id = ${tenantId} and t.intent = any(${intents}::text[]) order by t.intent
    on conflict (tenant_id, topic_id) do update set asked = c.asked + excluded.asked, answered = c.answered + excluded.answered`.execute(
    tx,
  );
}

/**
 * A turn ended later than it was taken: a company's service answered, and the flow went on. It is the end of the message
 * whose turn had asked, whether that is recorded yet or not.
 */
export async function settleTurn(tx: FlowTx, turn: Turn, decision: Decision): Promise<void> {
  const outcome = outcomeOf(decision);
  if (outcome === null) return;
  const { tenant, conversation, message, now } = turn;
  const topic = decision.answered ?? decision.asked ?? conversation.topic;
  await sql`insert into service.turn as t (tenant_id, conversation_id, message_id, at, topic, language, outcome)
    select m.tenant_id, m.conversation_id, m.id, ${new Date(now)}, ${topic}, ${conversation.language}, ${outcome}
    from kernel.message m
    where m.tenant_id = ${tenant.id} and m.conversation_id = ${conversation.id} and m.id = ${message.id}
    on conflict (tenant_id, conversation_id, message_id) do update
      set outcome = excluded.outcome, topic = coalesce(excluded.topic, t.topic)`.execute(tx);
}

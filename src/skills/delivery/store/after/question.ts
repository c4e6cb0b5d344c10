import { sql } from "kysely";
import { jsonText, type Language } from "#kernel";
import { FLOW, type Talk } from "../../flows/talk.ts";
import { type DeliveryTx, tell } from "../tx.ts";

/** Whether all was well: asked once, answered once, kept with the delivery and nowhere else. */

interface OfDelivery {
  readonly tenantId: number;
  readonly id: number;
  readonly now: number;
}

export async function noteAsked(tx: DeliveryTx, { tenantId, id, now }: OfDelivery): Promise<void> {
  await sql`update delivery.delivery set asked_at = ${new Date(now)} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}

interface Question {
  readonly tenantId: number;
  readonly conversationId: number;
  readonly deliveryId: number;
  readonly language: Language;
}

/** A typed "ja" is understood as the answer, where nobody asks anything else and no person has the conversation. */
export async function openQuestion(tx: DeliveryTx, question: Question): Promise<void> {
  const { tenantId, conversationId, deliveryId, language } = question;
  const talk: Talk = { language, question: "", tries: 0, deliveryId };
  const flow = jsonText({ skill: "delivery", flow: FLOW, step: "well", data: talk });
  await sql`update kernel.conversation set flow = ${flow}::jsonb
    where tenant_id = ${tenantId} and id = ${conversationId} and state = 'bot'
      and (flow is null or flow->>'flow' = '')`.execute(tx);
}

export interface Answered extends OfDelivery {
  readonly answer: "good" | "bad";
  /** What was wrong; "" = not said. */
  readonly words: string;
}

/**
 * The first answer stays; who said no may still say why.
 * @returns whether it was said anew
 */
export async function writeAnswer(tx: DeliveryTx, one: Answered): Promise<boolean> {
  const { tenantId, id, answer, words, now } = one;
  const { rows } = await sql<{ id: number }>`update delivery.delivery set answer = ${answer},
      answer_words = case when answer_words = '' then ${words} else answer_words end, changed_at = ${new Date(now)}
    where tenant_id = ${tenantId} and id = ${id} and state = 'done'
      and (answer is null or (answer = 'bad' and ${answer} = 'bad' and answer_words = '' and ${words} <> ''))
    returning id`.execute(tx);
  if (rows.length === 0) return false;
  await tell(tx, tenantId, { unannounced: [id] }, now);
  return true;
}

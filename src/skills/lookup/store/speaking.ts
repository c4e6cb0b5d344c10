import { sql } from "kysely";
import { answerLater, applyLate, type House, type LatePlace, type Timer, takeTimer } from "#kernel";
import { effectsOf, type Outcome } from "../flows/outcome.ts";
import type { Call } from "../flows/wish.ts";
import { ANSWER } from "./personal.ts";
import type { LookupTx } from "./tx.ts";

export interface Speaking {
  readonly place: LatePlace;
  readonly timer: Timer;
  readonly call: Call;
  readonly outcome: Outcome;
}

/**
 * Says what came of a question, with the timer that asked gone in the same transaction. Who has gone on to something else
 * meanwhile, or asked for another number, is told what was found, and asked nothing.
 */
export async function speak(house: House, tx: LookupTx, speaking: Speaking): Promise<void> {
  const { place, timer, call, outcome } = speaking;
  const { turn } = place;
  const isAsked = await takeTimer(tx, timer);
  const effects = effectsOf(turn, call, outcome);
  if (isAsked && isStillOpen(place, call)) {
    await applyLate(house, tx, { skill: "lookup", purpose: ANSWER, turn, effects });
    return;
  }
  if (outcome.is !== "found") return;
  const { conversationId, messageId } = call;
  for (const effect of effects) {
    if (effect.do !== "say") continue;
    const content = {
      type: "text" as const,
      text: effect.text ?? "",
      ...(effect.link && { link: effect.link }),
    };
    await answerLater(house, tx, {
      tenantId: timer.tenantId,
      conversationId,
      messageId,
      purpose: ANSWER,
      content,
      now: turn.now,
    });
  }
}

/** Does the conversation wait for this very question still? */
function isStillOpen({ turn }: LatePlace, call: Call): boolean {
  const { flow } = turn.conversation;
  // A turn that left nothing open: nobody has asked anything since.
  if (flow === null || flow.flow === "") return !call.isOpen;
  if (flow.skill !== "lookup" || flow.step !== "looking" || flow.flow !== call.kind) return false;
  return PARTS.every((part) => (flow.data[part] ?? "") === (call[part] ?? ""));
}

const PARTS = ["reference", "postcode", "name", "code"] as const;

/**
 * Has the customer called the question off? Then its timer was replaced, and its answer is nobody's any more.
 * @param tx has the conversation locked
 */
export async function isCalledOff(tx: LookupTx, { tenantId, kind, key }: Timer): Promise<boolean> {
  const { rows } =
    await sql`select 1 from kernel.timer where tenant_id = ${tenantId} and kind = ${kind} and key = ${key}
    and payload ->> 'isStopped' is distinct from 'true'`.execute(tx);
  return rows.length === 0;
}

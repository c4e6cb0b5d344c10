import { sql } from "kysely";
import { applyLate, type House, jsonText, logLate, type Turn, toPersonLate } from "#kernel";
import type { SpokenDecision } from "../flows/scene.ts";
import type { FlowTx } from "./flow-tables.ts";
import { countLate, settleTurn } from "./turns.ts";

/** Applies what a flow wants after its turn, and counts how the turn ended. In the caller's transaction. */

const PURPOSE = "service.answer";

export async function applyLater(
  house: House,
  tx: FlowTx,
  { turn, decision }: { readonly turn: Turn; readonly decision: SpokenDecision },
): Promise<void> {
  await settleTurn(tx, turn, decision);
  await countLate(tx, turn.tenant.id, decision);
  await applyLate(house, tx, { skill: "service", purpose: PURPOSE, turn, effects: decision.effects });
}

/**
 * Tells the team what became of something that was posted after its flow was left: beside the hand-over, and in the log.
 * Where the automaton has the conversation it goes to a person, who alone can say what this means.
 */
export async function tellTeam(
  tx: FlowTx,
  { turn, state, text }: { readonly turn: Turn; readonly state: string; readonly text: string },
): Promise<void> {
  if (state === "bot") return toPersonLate(tx, turn, { reason: "flow", summary: text });
  await sql`update kernel.conversation set unread = case when state in ('waiting', 'person') then greatest(unread, 1) else unread end,
      hand_over = case when hand_over is null then null
        else jsonb_set(hand_over, '{summary}', to_jsonb(concat_ws(' · ', nullif(hand_over ->> 'summary', ''), ${text}::text))) end
    where tenant_id = ${turn.tenant.id} and id = ${turn.conversation.id}`.execute(tx);
  await logLate(tx, turn, { event: "flow_call", text, detail: jsonText({ event: "flow_call" }) });
}

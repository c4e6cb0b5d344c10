import type { Effect } from "#kernel";
import { findOrder, findPhone } from "../rules/index.ts";
import { type Decision, heard, type Scene } from "./scene.ts";

/** What was said and may be needed again, by kind: nobody is asked for it twice. */
export interface Memory {
  readonly order?: string;
  /** E.164 */
  readonly phone?: string;
}

/** What stands in the conversation's flow, and what this message and those of its batch add; the latest counts. */
export function memoryOf(scene: Scene): Memory {
  const { turn, text, knowledge } = scene;
  const kept = turn.conversation.flow?.data.said;
  let memory: Memory = typeof kept === "object" && kept !== null ? (kept as Memory) : {};
  for (const one of [...heard(scene), text]) {
    // Bare digits without the company's prefix may be anything.
    const order =
      knowledge.orderStyle.prefix === undefined ? undefined : findOrder(one, knowledge.orderStyle)?.order;
    const phone = findPhone(one)?.phone;
    memory = { ...memory, ...(order !== undefined && { order }), ...(phone !== undefined && { phone }) };
  }
  return memory;
}

/**
 * What is known goes on with the conversation: in every question that waits for an answer, and otherwise by itself. A
 * person who takes over reads it in the summary.
 */
export function withMemory(scene: Scene, decision: Decision): Decision {
  const said = memoryOf(scene);
  if (Object.keys(said).length === 0) return decision;
  const carry = (effect: Effect): Effect => {
    if (effect.do === "start") return { ...effect, otherwise: effect.otherwise.map(carry) };
    return effect.do === "ask" ? { ...effect, data: { ...effect.data, said } } : effect;
  };
  const isOver = decision.effects.some(({ do: kind }) => kind === "handOver" || kind === "callback");
  const effects = decision.effects.map(carry);
  return { ...decision, effects: isOver ? effects : [...effects, { do: "keep", data: { said } }] };
}

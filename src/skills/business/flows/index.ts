import type { Effect, Turn } from "#kernel";
import type { KnownCompanyWorld } from "../rules/known.ts";
import { decideMachine } from "./machine.ts";
import { readTap } from "./option-ids.ts";
import { decideOrder } from "./order.ts";
import { type Scene, todayOf } from "./scene.ts";

/**
 * What this skill does with one message. Pure. Only people who speak for a company are heard.
 * @returns null when others may answer
 */
export function decide(turn: Turn, world: KnownCompanyWorld): readonly Effect[] | null {
  const person = world.persons.get(turn.contact.id);
  if (!person) return null;
  const { content, text } = turn.message;
  const scene: Scene = { turn, world, ...person, text: text.trim(), today: todayOf(turn) };
  const tap = content.type === "choice" ? readTap(content.id) : null;
  if (content.type !== "text" && !tap) return null;
  const { flow } = turn.conversation;
  // A step that another skill has opened is answered there.
  if (!tap && flow && flow.skill !== "business" && flow.flow !== "") return null;
  return decideOrder(scene, tap) ?? decideMachine(scene, tap);
}

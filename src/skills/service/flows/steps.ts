import type { Effect, FlowState } from "#kernel";
import type { Decision, Scene } from "./scene.ts";

/** A flow that waits for an answer: what it does with the next message. Every kind of flow is one of these. */
export interface Steps {
  /** Is the state that stands in the conversation one of this kind? */
  owns(state: FlowState): boolean;
  /** Takes the message as an answer to what was asked; null when it is none. */
  take(scene: Scene): Decision | null;
  /** The message was no answer, and nothing else we know: asks once more, then a person helps. */
  miss(scene: Scene): Decision;
  /** Asks the same again after something else was answered in between; null lets the flow go. */
  resume(scene: Scene): readonly Effect[] | null;
  /** One question back; null at the first one, where the flow is left. */
  back(scene: Scene): Decision | null;
  /** The customer wants to stop; null, or missing, ends the flow. */
  stop?(scene: Scene): Decision | null;
  /** The customer wants a person: the usual hand-over where this is missing. */
  toPerson?(scene: Scene): Decision;
}

/** Asks in between are answered this often in one flow; whoever asks on has left it. */
export const MOST_DETOURS = 2;

const QUESTION_CHARACTERS = 500;

/** What a flow keeps of the message that opened it; before a tapped title it is the question that led to the offer. */
export function questionOf({ turn, text }: Scene): string {
  const before = turn.conversation.flow?.data.question;
  const isTap = turn.message.content.type === "choice";
  return isTap ? (typeof before === "string" ? before : "") : text.slice(0, QUESTION_CHARACTERS);
}

/** The number of questions that were answered in between so far. */
export function detoursOf(data: Readonly<Record<string, unknown>>): number {
  return Number(data.detours ?? 0) || 0;
}

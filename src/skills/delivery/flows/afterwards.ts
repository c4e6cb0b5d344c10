import type { Effect } from "#kernel";
import { readWell } from "../rules/spoken/well.ts";
import { ask, freshTalk, later, type Scene } from "./scene.ts";
import type { Talk } from "./talk.ts";
import { type Speaking, say } from "./words.ts";

/** The question of the next morning: one answer, and of who was not content one sentence. */

/** Words of a customer that are kept with the delivery. */
const SENTENCE_CHARACTERS = 500;

/** What was tapped under the question. */
export function answerTap(scene: Scene, answer: "good" | "bad", deliveryId: number): readonly Effect[] {
  const talk: Talk = { ...freshTalk(scene), deliveryId };
  return later(scene, talk, { do: "answer", deliveryId, answer, words: "" });
}

/** @returns null where it is no answer: others may have one */
export function takeWell(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { deliveryId } = talk;
  const well = readWell(scene.text);
  if (deliveryId === undefined || !well) return null;
  const said = { ...well, words: well.words.slice(0, SENTENCE_CHARACTERS) };
  return later(scene, talk, { do: "answer", deliveryId, ...said });
}

/** The sentence that says what was wrong. */
export function takeComplaint(scene: Scene, talk: Talk): readonly Effect[] | null {
  const { deliveryId } = talk;
  if (deliveryId === undefined) return null;
  const said = scene.text.slice(0, SENTENCE_CHARACTERS);
  return later(scene, talk, { do: "answer", deliveryId, answer: "bad", words: said });
}

/** How an answer was taken. */
export interface AnswerTaken {
  readonly answer: "good" | "bad";
  readonly words: string;
  /** It had been answered before. */
  readonly isKnown: boolean;
  /** For colleagues. */
  readonly summary: string;
  readonly deliveryId: number;
}

export function answerEffects(speaking: Speaking, talk: Talk, taken: AnswerTaken): readonly Effect[] {
  if (taken.isKnown) return [{ do: "say", text: say(speaking, "answer.known") }, { do: "endFlow" }];
  if (taken.answer === "good") return [{ do: "say", text: say(speaking, "answer.good") }, { do: "endFlow" }];
  if (taken.words === "") {
    const next: Talk = { ...talk, deliveryId: taken.deliveryId, tries: 0 };
    return [ask("complaint", next, say(speaking, "answer.bad"))];
  }
  return [
    { do: "say", text: say(speaking, "answer.passedOn") },
    { do: "handOver", reason: "flow", summary: taken.summary },
  ];
}

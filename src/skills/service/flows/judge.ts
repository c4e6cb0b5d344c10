import { type Prediction, predict } from "../engine/index.ts";
import { respell } from "../rules/index.ts";
import type { KnownTopic } from "./knowledge.ts";
import type { Scene } from "./scene.ts";

/** What the classifier makes of a text. Topics that were deleted since the training are left out. */
export interface Reading {
  readonly text: string;
  readonly zone: Prediction["zone"];
  readonly first: KnownTopic | undefined;
  /** Two or three where the zone is "choose". */
  readonly choices: readonly KnownTopic[];
  readonly guess: { readonly intent: string; readonly confidence: number } | undefined;
}

/** What a whole message is about. */
export interface Judgement extends Reading {
  /** Two topics or more that were certainly asked for, in the order of the message; otherwise empty. */
  readonly several: readonly KnownTopic[];
  /** A question beside the one that is answered, of which nothing is certain. */
  readonly rest: Reading | null;
}

/** Shorter ones are half sentences ("und dann?"). */
const FEWEST_WORDS_OF_A_REST = 4;
const RANK = { answer: 2, choose: 1, handover: 0 } as const;

/**
 * Reads the message as it was written, without what stands around it, and sentence by sentence. Two different questions
 * that are both certain are both answered; otherwise the most certain reading decides, a question before a statement.
 * @returns null when the company has no model yet
 */
export function judge(scene: Scene): Judgement | null {
  if (!scene.model) return null;
  const { own, parts } = scene.cut;
  const whole = surest([scene.text, ...(own === scene.text ? [] : [own])].map((text) => read(scene, text)));
  if (parts.length < 2) return { ...whole, several: [], rest: null };
  const readings = parts.map(({ text, isQuestion }) => ({ ...read(scene, text), isQuestion }));
  const certain = readings.filter(({ zone }) => zone === "answer");
  const asked = certain.filter(({ isQuestion }) => isQuestion);
  const topics = [...new Set(asked.map(({ first }) => first))].filter((topic) => topic !== undefined);
  const best = surest([whole, ...(asked.length > 0 ? asked : whole.zone === "answer" ? [] : certain)]);
  const several = topics.length > 1 ? topics : [];
  const chosen = best.zone === "answer" ? best : surest([best, ...readings]);
  return { ...chosen, several, rest: restOf(readings, chosen) };
}

function restOf(readings: readonly (Reading & { isQuestion: boolean })[], chosen: Reading): Reading | null {
  if (chosen.zone !== "answer" || !readings.some(({ text }) => text === chosen.text)) return null;
  const open = readings.find(
    ({ text, isQuestion, zone }) =>
      isQuestion &&
      zone !== "answer" &&
      text !== chosen.text &&
      text.split(/\s+/).length >= FEWEST_WORDS_OF_A_REST,
  );
  return open ?? null;
}

/** The reading that says most; the first of equals. */
function surest(readings: readonly Reading[]): Reading {
  return readings.reduce((best, one) => {
    const ahead = RANK[one.zone] - RANK[best.zone] || confidenceOf(one) - confidenceOf(best);
    return ahead > 0 ? one : best;
  });
}

const confidenceOf = ({ guess }: Reading) => guess?.confidence ?? 0;

/** Dialect is written out where the words as they stand are not certain. */
export function read(scene: Scene, text: string): Reading {
  const plain = readPlain(scene, text);
  if (plain.zone === "answer") return plain;
  const written = respell(text, scene.language);
  return written === undefined ? plain : { ...surest([plain, readPlain(scene, written)]), text };
}

function readPlain({ model, knowledge }: Scene, text: string): Reading {
  const { topics } = knowledge;
  if (!model) return { text, zone: "handover", first: undefined, choices: [], guess: undefined };
  const { zone, candidates, choices } = predict(model, text, (intent) => topics.has(intent));
  const [best] = candidates;
  return {
    text,
    zone,
    first: best && topics.get(best.intent),
    choices: choices.map((intent) => topics.get(intent)).filter((topic) => topic !== undefined),
    guess: best && { intent: best.intent, confidence: best.score },
  };
}

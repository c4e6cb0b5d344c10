import { confidenceOf } from "./calibration.ts";
import { CHOICES, keepTop, newTopScores, readEvidence, TOP, type TopScores } from "./evidence.ts";
import { reduce } from "./examples.ts";
import { extractFeatures, newFeatureList } from "./features.ts";
import { hashText } from "./hashing.ts";
import type { Candidate, Model, Prediction } from "./model.ts";
import { normalise } from "./text.ts";
import { newSparseVector, type SparseVector, vectorise } from "./vector.ts";

const list = newFeatureList();
const vector = newSparseVector();
let sums = new Float32Array(256);

/**
 * What a message is probably about and what is done with it. The words of an example are its intent for sure.
 * @param text any text; only the first 2,000 characters are read
 * @param isKnown leaves out intents that are gone since the training
 */
export function predict(
  model: Model,
  text: string,
  isKnown: (intent: string) => boolean = () => true,
): Prediction {
  const exact = findExact(model, text);
  const { top, known, words } = rank(model, text);
  if (vector.end === 0) return NOTHING;
  const sure = exact < 0 ? undefined : (model.intents[exact] as string);
  if (sure !== undefined && isKnown(sure)) {
    const candidates = [{ intent: sure, score: 1 }];
    return { zone: "answer", confidence: 1, candidates, choices: [], corrected: [], known };
  }
  const confidence = confidenceOf(model.calibration, readEvidence(top, 0, { known, words }));
  const candidates = spread(model, top, confidence).filter(({ intent }) => isKnown(intent));
  return { ...decide(model, candidates), candidates, corrected: [], known };
}

const NOTHING: Prediction = {
  zone: "handover",
  confidence: 0,
  candidates: [],
  choices: [],
  corrected: [],
  known: 0,
};

function decide(
  model: Model,
  candidates: readonly Candidate[],
): Pick<Prediction, "zone" | "confidence" | "choices"> {
  const confidence = candidates[0]?.score ?? 0;
  if (candidates.length === 0) return { zone: "handover", confidence, choices: [] };
  if (confidence >= model.answerAt) return { zone: "answer", confidence, choices: [] };
  const choices = candidates.slice(0, CHOICES);
  const sum = choices.reduce((total, { score }) => total + score, 0);
  if (sum < model.offerAt || choices.length < 2) return { zone: "handover", confidence, choices: [] };
  return { zone: "choose", confidence, choices: choices.map(({ intent }) => intent) };
}

interface Ranking {
  readonly top: TopScores;
  readonly known: number;
  readonly words: number;
}

/** Leaves the message's vector in the shared scratch space. */
function rank(model: Model, text: string): Ranking {
  extractFeatures(normalise(text), list);
  vectorise(model, list, vector);
  const count = model.intents.length;
  scoreAll(model, vector);
  const top = newTopScores(1);
  for (let intent = 0; intent < count; intent++) keepTop(top, 0, sums[intent] as number, intent);
  const words = vector.wordEnd + vector.unknownWords;
  return { top, known: words === 0 ? 0 : vector.wordEnd / words, words };
}

function scoreAll(model: Model, message: SparseVector): void {
  const { weights, scales } = model;
  const count = model.intents.length;
  if (sums.length < count) sums = new Float32Array(2 * count);
  const scores = sums;
  scores.set(model.constants);
  for (let i = 0; i < message.end; i++) {
    const row = message.rows[i] as number;
    const value = (message.values[i] as number) * (scales[row] as number);
    const start = row * count;
    for (let intent = 0; intent < count; intent++) {
      scores[intent] = (scores[intent] as number) + value * (weights[start + intent] as number);
    }
  }
}

/** Gives the first its confidence, and the others what is left of "it is one of these", by their scores. */
function spread(model: Model, top: TopScores, confidence: { first: number; listed: number }): Candidate[] {
  const shares: number[] = [];
  for (let place = 1; place < TOP; place++) {
    if ((top.intents[place] as number) >= 0) {
      shares.push(Math.exp(3 * ((top.scores[place] as number) - (top.scores[0] as number))));
    }
  }
  const all = shares.reduce((sum, share) => sum + share, 0);
  const rest = confidence.listed - confidence.first;
  const candidates = [{ intent: model.intents[top.intents[0] as number] as string, score: confidence.first }];
  shares.forEach((share, index) => {
    const intent = model.intents[top.intents[index + 1] as number] as string;
    candidates.push({ intent, score: Math.min(confidence.first, (rest * share) / all) });
  });
  return candidates;
}

function findExact(model: Model, text: string): number {
  const { exactHigh, exactLow, exactIntents } = model;
  const { high, low } = hashText(reduce(text));
  let from = 0;
  let to = exactHigh.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((exactHigh[middle] as number) < high) from = middle + 1;
    else to = middle;
  }
  for (; from < exactHigh.length && exactHigh[from] === high; from++) {
    if (exactLow[from] === low) return exactIntents[from] as number;
  }
  return -1;
}

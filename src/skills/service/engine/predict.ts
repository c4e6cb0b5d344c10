import { type Calibration, confidenceOf } from "./calibration.ts";
import { CHOICES, keepTop, newTopScores, readEvidence, TOP } from "./evidence.ts";
import { familiarityOf } from "./familiarity.ts";
import { newFeatureList } from "./features.ts";
import { hashWords } from "./hashing.ts";
import { likenessOf, reorder, signsOf } from "./meaning.ts";
import { type Candidate, type Correction, type Model, type Prediction, thresholdOf } from "./model.ts";
import { readMessage } from "./reading.ts";
import { normalise } from "./text.ts";
import type { Thresholds } from "./thresholds.ts";
import { newSparseVector, type SparseVector, vectorise } from "./vector.ts";

const list = newFeatureList();
const message = newSparseVector();
const top = newTopScores(1);
let sums = new Float32Array(0);

/**
 * What a message is probably about and what is done with it. The words of an example are its intent for sure.
 * @param text any text; only the first 2,000 characters are read
 * @param isKnown leaves out intents that are gone since the training
 * @param vector what the service that made the model's vectors makes of the text; without it words and letters decide
 */
export function predict(
  model: Model,
  text: string,
  isKnown: (intent: string) => boolean = () => true,
  vector?: Float32Array,
): Prediction {
  const normal = normalise(text);
  const exact = findExact(model, normal);
  const corrected = rank(model, normal);
  if (message.end === 0) return NOTHING;
  const familiar = familiarityOf(message);
  const known = familiar.words;
  const sure = exact < 0 ? undefined : (model.intents[exact] as string);
  if (sure !== undefined && isKnown(sure)) {
    const candidates = [{ intent: sure, score: 1 }];
    return { zone: "answer", confidence: 1, candidates, choices: [], corrected, known };
  }
  const { limits, signs } = consider(model, vector);
  const reliability = model.reliability[top.topics[0] as number] ?? 0;
  const evidence = readEvidence(top, 0, { ...familiar, reliability }, signs);
  const confidence = confidenceOf(limits.calibration, evidence);
  const candidates = spread(model, confidence).filter(({ intent }) => isKnown(intent));
  const isReadAsWritten = message.wordEnd > corrected.length;
  return { ...decide(limits, candidates, { known, isReadAsWritten }), candidates, corrected, known };
}

const NOTHING: Prediction = {
  zone: "handover",
  confidence: 0,
  candidates: [],
  choices: [],
  corrected: [],
  known: 0,
};

type Limits = Thresholds & { readonly calibration: Calibration };

/** Lets a vector speak where the model knows such; its thresholds are then those that were chosen with vectors. */
function consider(model: Model, vector?: Float32Array): { limits: Limits; signs?: readonly number[] } {
  const { meaning } = model;
  if (!meaning || !vector || limitsFor(model, vector) === model) return { limits: model };
  const likeness = likenessOf(meaning.centroids, vector);
  reorder(top, 0, likeness, meaning.weight);
  return { limits: meaning, signs: signsOf(top, 0, likeness, meaning.usual) };
}

/** What counts for a message with this vector: the model's own limits where it has none, or one of another length. */
export function limitsFor(model: Model, vector?: Float32Array): Limits {
  return model.meaning && vector?.length === model.meaning.dimensions ? model.meaning : model;
}

/** Letters alone, without one known word, are mostly noise or a foreign language. */
const UNFAMILIAR_OFFER_AT = 0.5;

function decide(
  limits: Thresholds,
  candidates: readonly Candidate[],
  message: { known: number; isReadAsWritten: boolean },
): Pick<Prediction, "zone" | "confidence" | "choices"> {
  const confidence = candidates[0]?.score ?? 0;
  const best = candidates[0]?.intent;
  if (best === undefined) return { zone: "handover", confidence, choices: [] };
  // Words that were only guessed are not enough to answer from.
  if (confidence >= thresholdOf(limits, best) && message.isReadAsWritten)
    return { zone: "answer", confidence, choices: [] };
  const choices = candidates.slice(0, CHOICES);
  const sum = choices.reduce((total, { score }) => total + score, 0);
  const offerAt = message.known > 0 ? limits.offerAt : Math.max(limits.offerAt, UNFAMILIAR_OFFER_AT);
  if (sum < offerAt || choices.length < 2) return { zone: "handover", confidence, choices: [] };
  return { zone: "choose", confidence, choices: choices.map(({ intent }) => intent) };
}

/** Leaves the message's features and its best topics in the shared scratch space. */
function rank(model: Model, normal: string): readonly Correction[] {
  const corrected = readMessage(model, normal, list);
  vectorise(model, list, message);
  scoreAll(model, message);
  keepTop(top, 0, sums);
  return corrected;
}

function scoreAll(model: Model, message: SparseVector): void {
  const { weights, scales } = model;
  const count = model.constants.length;
  if (sums.length !== count) sums = new Float32Array(count);
  const scores = sums;
  scores.set(model.constants);
  const { rows, values } = message;
  let i = 0;
  // Four features at a time: each score is then read and written a quarter as often.
  for (; i + 3 < message.end; i += 4) {
    const a = rows[i] as number;
    const b = rows[i + 1] as number;
    const c = rows[i + 2] as number;
    const d = rows[i + 3] as number;
    const va = (values[i] as number) * (scales[a] as number);
    const vb = (values[i + 1] as number) * (scales[b] as number);
    const vc = (values[i + 2] as number) * (scales[c] as number);
    const vd = (values[i + 3] as number) * (scales[d] as number);
    for (let topic = 0; topic < count; topic++) {
      scores[topic] =
        (scores[topic] as number) +
        va * (weights[a * count + topic] as number) +
        vb * (weights[b * count + topic] as number) +
        vc * (weights[c * count + topic] as number) +
        vd * (weights[d * count + topic] as number);
    }
  }
  for (; i < message.end; i++) {
    const row = rows[i] as number;
    const value = (values[i] as number) * (scales[row] as number);
    for (let topic = 0; topic < count; topic++) {
      scores[topic] = (scores[topic] as number) + value * (weights[row * count + topic] as number);
    }
  }
}

/** Gives the first its confidence, and the others what is left of "it is one of these", by their scores. */
function spread(model: Model, confidence: { first: number; listed: number }): Candidate[] {
  const shares: number[] = [];
  for (let place = 1; place < TOP; place++) {
    if ((top.topics[place] as number) >= 0) {
      shares.push(Math.exp(3 * ((top.scores[place] as number) - (top.scores[0] as number))));
    }
  }
  const all = shares.reduce((sum, share) => sum + share, 0);
  const rest = confidence.listed - confidence.first;
  const candidates = [{ intent: model.intents[top.topics[0] as number] as string, score: confidence.first }];
  shares.forEach((share, index) => {
    const intent = model.intents[top.topics[index + 1] as number] as string;
    candidates.push({ intent, score: Math.min(confidence.first, (rest * share) / all) });
  });
  return candidates;
}

function findExact(model: Model, normal: string): number {
  const { exactHigh, exactLow, exactIntents } = model;
  const { high, low } = hashWords(normal);
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

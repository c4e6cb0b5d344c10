import { type Confidence, calibrate, crossFittedConfidences, type Judged } from "./calibration.ts";
import type { CrossValidation, Jury } from "./cross-validation.ts";
import { TOP, type TopScores } from "./evidence.ts";
import type { Example, TrainOptions, Vectors } from "./examples.ts";
import { divideTopics, type Partition } from "./folds.ts";
import { collectJudged } from "./judged.ts";
import { HINT, type Lesson, prepareLesson } from "./lesson.ts";
import { type Likeness, lengthOf, likenessOf, type Meaning, reorder, signsOf } from "./meaning.ts";
import { chooseThresholds, type Thresholds } from "./thresholds.ts";

/** What likeness may count; how much, is chosen by the held-out texts. Of equal ones the first: few texts tell nothing. */
const WEIGHTS = [0.1, 0.2, 0.05, 0.4, 0];

/** What was learnt from vectors, in the form of what is learnt without them. */
interface MeaningStudy {
  readonly meaning: Meaning;
  readonly texts: Jury;
  readonly messages: Jury;
  readonly judged: readonly Judged[];
  readonly confidences: readonly Confidence[];
  readonly thresholds: Thresholds;
}

/**
 * Every text of a training that has to have a vector, as `reduce` leaves it; titles and answers of topics need none.
 * @throws RangeError as `prepareLesson`
 */
export function textsToEmbed(examples: readonly Example[], options: TrainOptions): string[] {
  return judgedTexts(prepareLesson(examples, options));
}

function judgedTexts(lesson: Lesson): string[] {
  const judged = lesson.texts.filter((_, text) => lesson.kinds[text] !== HINT);
  return [...new Set([...judged, ...lesson.validation.map(({ text }) => text)])];
}

/**
 * Judges anew what cross-validation judged, each text by the topics' mean vectors without its own group's.
 * @returns null when one text has no vector, or one of another length: half a measure would be none
 */
export function learnMeaning(
  lesson: Lesson,
  { trial, messages }: { trial: CrossValidation; messages: Jury },
  vectors: Vectors,
): MeaningStudy | null {
  const dimensions = vectors.of.values().next().value?.length ?? 0;
  const isFit = (text: string) => {
    const vector = vectors.of.get(text);
    return vector !== undefined && vector.length === dimensions && vector.every(Number.isFinite);
  };
  if (dimensions === 0 || lesson.intents.length < 2 || !judgedTexts(lesson).every(isFit)) return null;
  const space: Embedded = { lesson, dimensions, of: (text) => vectors.of.get(text) as Float32Array };
  const likenesses = likenessesOfTexts(space, trial.partition);
  const usual = usualOf(likenesses.slice(0, lesson.examples));
  const weight = bestWeight(lesson, trial.texts.top, likenesses);
  const judgeAnew = ({ top: before, familiar }: Jury, like: readonly (Likeness | undefined)[]): Jury => {
    const top = copyOf(before);
    const signs = like.map((likeness, message) => {
      if (!likeness) return undefined;
      reorder(top, message, likeness, weight);
      return signsOf(top, message, likeness, usual);
    });
    return { top, familiar, signs };
  };
  const centroids = centroidsOf(space, () => true);
  const texts = judgeAnew(trial.texts, likenesses);
  const ofMessages = judgeAnew(
    messages,
    lesson.validation.map(({ text }) => likenessOf(centroids, space.of(text))),
  );
  const leftOut = judgeAnew(trial.leftOut, likenessesOfLeftOut(space, trial.leftOutTexts, centroids));
  const judged = collectJudged(lesson, { ...trial, texts, leftOut }, ofMessages);
  const calibration = calibrate(judged);
  const confidences = crossFittedConfidences(judged, calibration);
  const thresholds = chooseThresholds(judged, confidences, lesson);
  const meaning = { name: vectors.name, dimensions, weight, usual, calibration, centroids, ...thresholds };
  return { meaning, texts, messages: ofMessages, judged, confidences, thresholds };
}

interface Embedded {
  readonly lesson: Lesson;
  readonly dimensions: number;
  of(text: string): Float32Array;
}

/** Mean directions of the topics' examples, of those that count. */
function centroidsOf({ lesson, dimensions, of }: Embedded, counts: (text: number) => boolean): Float32Array {
  const sums = new Float32Array(lesson.intents.length * dimensions);
  for (let text = 0; text < lesson.examples; text++) {
    if (!counts(text)) continue;
    const vector = of(lesson.texts[text] as string);
    const length = lengthOf(vector) || 1;
    const base = (lesson.labels[text] as number) * dimensions;
    for (let i = 0; i < dimensions; i++)
      sums[base + i] = (sums[base + i] as number) + (vector[i] as number) / length;
  }
  for (let base = 0; base < sums.length; base += dimensions) {
    const one = sums.subarray(base, base + dimensions);
    const length = lengthOf(one) || 1;
    for (let i = 0; i < dimensions; i++) one[i] = (one[i] as number) / length;
  }
  return sums;
}

/** Of every text that is judged in cross-validation, by examples of the other groups. */
function likenessesOfTexts(space: Embedded, { groupOf, groups }: Partition): (Likeness | undefined)[] {
  const { texts } = space.lesson;
  const found: (Likeness | undefined)[] = texts.map(() => undefined);
  for (let group = 0; group < groups; group++) {
    const centroids = centroidsOf(space, (text) => groupOf[text] !== group);
    groupOf.forEach((own, text) => {
      if (own === group) found[text] = likenessOf(centroids, space.of(texts[text] as string));
    });
  }
  return found;
}

/** Of texts whose topic, with others, is supposed not to be there. */
function likenessesOfLeftOut(
  space: Embedded,
  leftOutTexts: readonly number[],
  centroids: Float32Array,
): (Likeness | undefined)[] {
  const { lesson } = space;
  const { groupOf } = divideTopics(lesson);
  const groupOfTopic = new Int32Array(lesson.intents.length);
  for (let text = 0; text < lesson.examples; text++)
    groupOfTopic[lesson.labels[text] as number] = groupOf[text] as number;
  const found: (Likeness | undefined)[] = lesson.texts.map(() => undefined);
  for (const text of leftOutTexts)
    found[text] = likenessOf(
      centroids,
      space.of(lesson.texts[text] as string),
      (topic) => groupOfTopic[topic] === groupOf[text],
    );
  return found;
}

function usualOf(likenesses: readonly (Likeness | undefined)[]): Meaning["usual"] {
  const nearest = likenesses.map((one) => one?.nearest ?? 0);
  const mean = nearest.reduce((sum, one) => sum + one, 0) / Math.max(1, nearest.length);
  const variance = nearest.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, nearest.length);
  return { mean, deviation: Math.max(0.01, Math.sqrt(variance)) };
}

function bestWeight(lesson: Lesson, top: TopScores, likenesses: readonly (Likeness | undefined)[]): number {
  const hits = WEIGHTS.map((weight) => {
    const tried = copyOf(top);
    let right = 0;
    for (let text = 0; text < lesson.examples; text++) {
      const likeness = likenesses[text];
      if (likeness) reorder(tried, text, likeness, weight);
      if (tried.topics[TOP * text] === lesson.labels[text]) right++;
    }
    return right;
  });
  return WEIGHTS[hits.indexOf(Math.max(...hits))] as number;
}

function copyOf({ scores, topics, outside }: TopScores): TopScores {
  return { scores: scores.slice(), topics: topics.slice(), outside };
}

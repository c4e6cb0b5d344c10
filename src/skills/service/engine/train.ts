import { type Confidence, calibrate, crossFittedConfidences, type Judged } from "./calibration.ts";
import { type Corpus, learnSpace, readCorpus } from "./corpus.ts";
import { indexExactTexts } from "./exact.ts";
import { type Example, keyOf, type Lesson, prepareLesson, type TrainOptions } from "./examples.ts";
import { nearBorder } from "./held-out.ts";
import type { Model } from "./model.ts";
import { quantise } from "./quantise.ts";
import { seededRandom } from "./random.ts";
import { reportOn, type TrainingReport } from "./report.ts";
import { assemble } from "./serialise.ts";
import { solve, squaredLengths } from "./svm.ts";
import { chooseThresholds, type Thresholds } from "./thresholds.ts";
import { closeTrial, hear, openTrial, type Trial } from "./trial.ts";

const SOLVE = { cost: 2, tolerance: 0.1, maxPasses: 200 };

/** The model of the examples: the same for the same examples in any order. See {@link trainWithReport}. */
export function train(examples: readonly Example[], options: TrainOptions): Model {
  return trainWithReport(examples, options).model;
}

/** A training with what came out of its cross-validation. */
export interface Study {
  readonly model: Model;
  readonly lesson: Lesson;
  readonly trial: Trial;
  /** The examples first, in the lesson's order. */
  readonly judged: readonly Judged[];
  readonly confidences: readonly Confidence[];
  readonly thresholds: Thresholds;
}

/** A model and what cross-validation says about it. @throws RangeError as {@link study} */
export function trainWithReport(
  examples: readonly Example[],
  options: TrainOptions,
): { model: Model; report: TrainingReport } {
  const { model, lesson, trial, ...rest } = study(examples, options);
  return { model, report: reportOn({ lesson, top: trial.texts.top, ...rest }) };
}

/**
 * Learns one linear border an intent, and from cross-validation how far each judgement can be trusted and where to
 * answer, to offer and to hand over. Works with any number of examples, none included; few make it cautious.
 * @throws RangeError when a limit of `prepareLesson` is passed
 */
export function study(examples: readonly Example[], options: TrainOptions): Study {
  const lesson = prepareLesson(examples, options);
  const space = learnSpace(lesson.texts);
  const corpus = readCorpus(space, lesson.texts);
  const trial = openTrial(lesson, space, corpus);
  const borders = learnBorders(corpus, trial, space.idf.length);
  const judged = closeTrial(trial);
  const confidences = crossFittedConfidences(judged);
  const thresholds = chooseThresholds(judged, confidences, lesson.maxWrong);
  const model = assemble({
    ...space,
    ...quantise(borders, space.idf.length),
    ...indexExactTexts(lesson),
    ...thresholds,
    calibration: calibrate(judged),
    key: keyOf(lesson),
    intents: lesson.intents,
    maxWrong: lesson.maxWrong,
  });
  return { model, lesson, trial, judged, confidences, thresholds };
}

function learnBorders(corpus: Corpus, trial: Trial, features: number): Float32Array[] {
  const { lesson } = trial;
  const squares = squaredLengths(corpus);
  return lesson.intents.map((_, intent) => {
    const sides = Int8Array.from(lesson.labels, (label) => (label === intent ? 1 : -1));
    const problem = { corpus, sides, squares };
    const solution = solve(problem, SOLVE, features, seededRandom(lesson.seed + intent));
    hear(trial, { intent, problem, solution, near: nearBorder(problem, solution) });
    return new Float32Array(solution.weights);
  });
}

import { type Confidence, calibrate, crossFittedConfidences, type Judged } from "./calibration.ts";
import { learnSpace, readCorpus } from "./corpus.ts";
import { crossValidate, type Jury, judgeMessages } from "./cross-validation.ts";
import { indexExactTexts } from "./exact.ts";
import type { Example, TrainOptions } from "./examples.ts";
import { type Borders, solve, squaredLengths } from "./joint-svm.ts";
import { collectJudged } from "./judged.ts";
import { learnMeaning } from "./learn-meaning.ts";
import { keyOf, type Lesson, prepareLesson, STRANGER } from "./lesson.ts";
import type { Model } from "./model.ts";
import { logRatios } from "./naive-bayes.ts";
import { quantise } from "./quantise.ts";
import { seededRandom } from "./random.ts";
import { countFindings, reliabilityOf } from "./reliability.ts";
import { reportOn, type TrainingReport } from "./report.ts";
import { assemble } from "./serialise.ts";
import { MOST_WORDS } from "./spelling.ts";
import { tokens } from "./text.ts";
import { chooseThresholds, type Thresholds } from "./thresholds.ts";

/** Features times topics; 256 MB while training, a quarter of it afterwards. Only a thousand topics come near it. */
const MOST_WEIGHTS = 64_000_000;

/** The model of the examples: the same for the same examples in any order. See {@link trainWithReport}. */
export function train(examples: readonly Example[], options: TrainOptions): Model {
  return trainWithReport(examples, options).model;
}

/** A training with what came out of its cross-validation. */
export interface Study {
  readonly model: Model;
  readonly lesson: Lesson;
  /** The lesson's texts, as cross-validation judged them. */
  readonly texts: Jury;
  /** The held-out messages, as the model itself judged them. */
  readonly messages: Jury;
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
  const { model, lesson, texts, messages: _, ...rest } = study(examples, options);
  return { model, report: reportOn({ lesson, top: texts.top, ...rest }) };
}

/**
 * Learns one linear border an intent, and from cross-validation how far each judgement can be trusted and where to
 * answer, to offer and to hand over. Works with any number of examples, none included; few make it cautious.
 * @throws RangeError when a limit of `prepareLesson` is passed
 */
export function study(examples: readonly Example[], options: TrainOptions): Study {
  const lesson = prepareLesson(examples, options);
  const space = learnSpace(lesson.texts, Math.floor(MOST_WEIGHTS / (lesson.intents.length + 1)));
  const corpus = readCorpus(space, lesson.texts);
  const features = space.idf.length;
  const problem = { corpus, labels: lesson.labels, squares: squaredLengths(corpus) };
  const size = { features, topics: lesson.intents.length + 1 };
  const solution = solve(problem, size, seededRandom(lesson.seed));
  const trial = crossValidate({ lesson, problem, solution, features });
  const borders = addNaiveBayes(
    solution.borders,
    logRatios(problem, size, () => true),
    trial.blend,
  );
  const messages = judgeMessages(
    space,
    borders,
    lesson.validation.map(({ text }) => text),
  );
  const judged = collectJudged(lesson, trial, messages);
  const calibration = calibrate(judged);
  const confidences = crossFittedConfidences(judged, calibration);
  const thresholds = chooseThresholds(judged, confidences, lesson);
  const findings = countFindings(lesson, trial.texts.top);
  const learnt = options.vectors ? learnMeaning(lesson, { trial, messages }, options.vectors) : null;
  const model = assemble({
    ...space,
    ...quantise(borders, features),
    ...indexExactTexts(lesson),
    lexicon: listWords(lesson),
    reliability: Float32Array.from(lesson.intents, (_, topic) => reliabilityOf(findings, topic)),
    ...thresholds,
    calibration,
    ...(learnt && { meaning: learnt.meaning }),
    key: keyOf(lesson, learnt?.meaning.name),
    intents: lesson.intents,
    maxWrong: lesson.maxWrong,
  });
  const plain = { texts: trial.texts, messages, judged, confidences, thresholds };
  const { meaning: _, ...shown } = learnt ?? { ...plain, meaning: null };
  return { model, lesson, ...shown };
}

function addNaiveBayes(borders: Borders, ratios: Float32Array, blend: number): Borders {
  if (blend === 0) return borders;
  const weights = borders.weights.map((weight, place) => weight + blend * (ratios[place] as number));
  return { ...borders, weights };
}

/** Known words by how many texts have them. What only foreign messages have is nothing to correct to. */
function listWords({ texts, kinds }: Lesson): Uint8Array {
  const counts = new Map<string, number>();
  texts.forEach((text, index) => {
    if (kinds[index] === STRANGER) return;
    for (const word of tokens(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  });
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const words = order.map(([word]) => word).slice(0, MOST_WORDS);
  return new TextEncoder().encode(words.join("\n"));
}

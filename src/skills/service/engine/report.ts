import type { Confidence, Judged } from "./calibration.ts";
import { TOP, type TopScores } from "./evidence.ts";
import type { Lesson } from "./lesson.ts";
import type { Thresholds } from "./thresholds.ts";

/** How one topic fared in cross-validation. */
export interface IntentReport {
  readonly intent: string;
  readonly examples: number;
  /** The share of its examples that a model without them recognised, 0 to 1. */
  readonly accuracy: number;
  /** The topic that its examples were most often taken for, and how often. */
  readonly confusedWith?: { readonly intent: string; readonly times: number };
}

/** What cross-validation says about a model. All shares are 0 to 1 and of examples that the judging model had not seen. */
export interface TrainingReport {
  readonly examples: number;
  readonly intents: number;
  readonly accuracy: number;
  /** Accuracy where the right one among three choices counts. */
  readonly accuracyOfThree: number;
  readonly thresholds: Thresholds & { readonly maxWrong: number };
  /** The share of examples that would be answered, and of those answers the share that is wrong. */
  readonly answered: number;
  readonly wrongAmongAnswered: number;
  /** The share of examples for which choices would be offered. */
  readonly offered: number;
  readonly perIntent: readonly IntentReport[];
}

interface Findings {
  readonly lesson: Lesson;
  readonly top: TopScores;
  /** The examples first, in the lesson's order. */
  readonly judged: readonly Judged[];
  readonly confidences: readonly Confidence[];
  readonly thresholds: Thresholds;
}

export function reportOn(findings: Findings): TrainingReport {
  const { lesson, judged, confidences, thresholds } = findings;
  const { examples } = lesson;
  const own = judged.slice(0, examples);
  const isAnswered = (index: number) => (confidences[index] as Confidence).first >= thresholds.answerAt;
  const answered = own.filter((_, index) => isAnswered(index));
  const offered = own.filter(
    (_, index) => !isAnswered(index) && (confidences[index] as Confidence).listed >= thresholds.offerAt,
  );
  return {
    examples,
    intents: lesson.intents.length,
    accuracy: share(own.filter((one) => one.isFirstRight).length, examples),
    accuracyOfThree: share(own.filter((one) => one.isListed).length, examples),
    thresholds: { ...thresholds, maxWrong: lesson.maxWrong },
    answered: share(answered.length, examples),
    wrongAmongAnswered: share(answered.filter((one) => !one.isFirstRight).length, answered.length),
    offered: share(offered.length, examples),
    perIntent: lesson.intents.map((_, intent) => reportOnIntent(findings, intent)),
  };
}

function reportOnIntent({ lesson, top }: Findings, intent: number): IntentReport {
  const takenFor = new Map<number, number>();
  let examples = 0;
  lesson.labels.subarray(0, lesson.examples).forEach((label, text) => {
    if (label !== intent) return;
    examples++;
    const found = top.topics[TOP * text] as number;
    takenFor.set(found, (takenFor.get(found) ?? 0) + 1);
  });
  const right = takenFor.get(intent) ?? 0;
  takenFor.delete(intent);
  takenFor.delete(-1);
  const [worst] = [...takenFor].sort(([a, m], [b, n]) => n - m || a - b);
  return {
    intent: lesson.intents[intent] as string,
    examples,
    accuracy: share(right, examples),
    ...(worst && { confusedWith: { intent: lesson.intents[worst[0]] as string, times: worst[1] } }),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

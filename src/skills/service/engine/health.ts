import type { Confidence, Judged } from "./calibration.ts";
import { TOP } from "./evidence.ts";
import type { Example, TrainOptions } from "./examples.ts";
import { findNearDuplicates, type NearDuplicate } from "./near-duplicates.ts";
import { chooseThresholds } from "./thresholds.ts";
import { type Study, study } from "./train.ts";

/** A share with its 95 % interval, all 0 to 1. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What can be expected of the examples, judged on messages the judging model had not seen. */
export interface Health {
  /** Shares of all messages. */
  readonly answered: Share;
  readonly offered: Share;
  readonly handedOver: Share;
  /** Wrong answers among answers. */
  readonly wrong: Share;
  /** The share that would be answered at other error limits, the strictest first. */
  readonly curve: readonly { readonly maxWrong: number; readonly answered: number }[];
  /** How many messages were judged, and what they are. */
  readonly rows: number;
  readonly heldOut: "messages" | "cross-validation";
  readonly perIntent: readonly {
    readonly intent: string;
    readonly examples: number;
    readonly right: number;
    readonly rows: number;
  }[];
  /** Most frequent first; `texts` shows at most three of them. */
  readonly confused: readonly {
    readonly intent: string;
    readonly with: string;
    readonly times: number;
    readonly texts: readonly string[];
  }[];
  /** Likest first. */
  readonly nearDuplicates: readonly NearDuplicate[];
  /** Fewest first. */
  readonly tooFew: readonly { readonly intent: string; readonly examples: number }[];
}

/** Below this many examples a topic is seldom answered with certainty (measured on three sets). */
export const ENOUGH_EXAMPLES = 30;
const CURVE_LIMITS = [0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1];
const MOST_PAIRS = 50;
const MOST_TEXTS = 3;

/**
 * Trains and judges. Takes as long as a training; call it in a worker.
 * @throws RangeError as `train`
 */
export function health(examples: readonly Example[], options: TrainOptions): Health {
  const results = study(examples, options);
  const { lesson, judged, confidences, thresholds } = results;
  const own = judged.slice(0, lesson.examples);
  const zones = own.map((_, index) => zoneOf(confidences[index] as Confidence, thresholds));
  const count = (zone: "answer" | "choose" | "handover") => zones.filter((one) => one === zone).length;
  const wrong = own.filter((one: Judged, index) => zones[index] === "answer" && !one.isFirstRight).length;
  return {
    answered: wilson(count("answer"), own.length),
    offered: wilson(count("choose"), own.length),
    handedOver: wilson(count("handover"), own.length),
    wrong: wilson(wrong, count("answer")),
    curve: CURVE_LIMITS.map((maxWrong) => {
      const { answerAt } = chooseThresholds(judged, confidences, maxWrong);
      const answered = own.filter((_, index) => (confidences[index] as Confidence).first >= answerAt).length;
      return { maxWrong, answered: answered / Math.max(1, own.length) };
    }),
    rows: own.length,
    heldOut: "cross-validation",
    ...judgeIntents(results),
    nearDuplicates: findNearDuplicates(examples),
  };
}

function zoneOf(confidence: Confidence, thresholds: { answerAt: number; offerAt: number }) {
  if (confidence.first >= thresholds.answerAt) return "answer";
  return confidence.listed >= thresholds.offerAt ? "choose" : "handover";
}

function judgeIntents({ lesson, trial }: Study): Pick<Health, "perIntent" | "confused" | "tooFew"> {
  const { topics } = trial.texts.top;
  const perIntent = lesson.intents.map((intent) => ({ intent, examples: 0, right: 0, rows: 0 }));
  const pairs = new Map<string, { intent: string; with: string; times: number; texts: string[] }>();
  for (let text = 0; text < lesson.examples; text++) {
    const label = lesson.labels[text] as number;
    const found = topics[TOP * text] as number;
    const row = perIntent[label] as (typeof perIntent)[number];
    row.examples++;
    row.rows++;
    if (found === label) row.right++;
    else if (found >= 0) {
      const key = `${label} ${found}`;
      const taken = lesson.intents[found] as string;
      const pair = pairs.get(key) ?? { intent: row.intent, with: taken, times: 0, texts: [] };
      pair.times++;
      if (pair.texts.length < MOST_TEXTS) pair.texts.push(lesson.texts[text] as string);
      pairs.set(key, pair);
    }
  }
  return {
    perIntent,
    confused: [...pairs.values()].sort((a, b) => b.times - a.times).slice(0, MOST_PAIRS),
    tooFew: perIntent
      .filter(({ examples }) => examples < ENOUGH_EXAMPLES)
      .map(({ intent, examples }) => ({ intent, examples }))
      .sort((a, b) => a.examples - b.examples),
  };
}

const Z95 = 1.96;

/** Wilson's interval of a share (Wilson, JASA 1927). */
export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { value: 0, low: 0, high: 1 };
  const value = part / whole;
  const z2 = Z95 ** 2 / whole;
  const centre = (value + z2 / 2) / (1 + z2);
  const spread = (Z95 * Math.sqrt((value * (1 - value) + z2 / 4) / whole)) / (1 + z2);
  return { value, low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) };
}

import type { Confidence, Judged } from "./calibration.ts";
import { TOP } from "./evidence.ts";
import type { Example, TrainOptions } from "./examples.ts";
import type { Zone } from "./model.ts";
import { findNearDuplicates, type NearDuplicate } from "./near-duplicates.ts";
import { chooseThresholds, type Thresholds } from "./thresholds.ts";
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
const NO_COSTS: ReadonlyMap<string, number> = new Map();
const MOST_PAIRS = 50;
const MOST_TEXTS = 3;

/**
 * Trains and judges: on the held-out messages where there are any, otherwise by cross-validation on the examples. Takes
 * as long as a training; call it in a worker.
 * @throws RangeError as `train`
 */
export function health(examples: readonly Example[], options: TrainOptions): Health {
  const results = study(examples, options);
  const { lesson, judged, confidences, thresholds } = results;
  const hasMessages = lesson.validation.length > 0;
  const isJudged = ({ origin }: Judged) =>
    hasMessages ? origin === "messages" || origin === "given" : origin === "examples";
  const places = [...judged.keys()].filter((index) => isJudged(judged[index] as Judged));
  const zones = places.map((index) => zoneOf(confidences[index] as Confidence, thresholds));
  const count = (zone: Zone) => zones.filter((one) => one === zone).length;
  const wrong = places.filter(
    (index, place) => zones[place] === "answer" && !(judged[index] as Judged).isFirstRight,
  ).length;
  return {
    answered: wilson(count("answer"), places.length),
    offered: wilson(count("choose"), places.length),
    handedOver: wilson(count("handover"), places.length),
    wrong: wilson(wrong, count("answer")),
    curve: CURVE_LIMITS.map((maxWrong) => {
      const { answerAt } = chooseThresholds(judged, confidences, { maxWrong, costs: NO_COSTS });
      const answered = places.filter((index) => (confidences[index] as Confidence).first >= answerAt).length;
      return { maxWrong, answered: answered / Math.max(1, places.length) };
    }),
    rows: places.length,
    heldOut: hasMessages ? "messages" : "cross-validation",
    ...judgeIntents(results, hasMessages ? readMessages(results) : readExamples(results)),
    nearDuplicates: findNearDuplicates(examples),
  };
}

/** The strictness of single topics is left out: a health page shows the company, not a topic. */
function zoneOf(confidence: Confidence, { answerAt, offerAt }: Thresholds): Zone {
  if (confidence.first >= answerAt) return "answer";
  return confidence.listed >= offerAt ? "choose" : "handover";
}

/** A judged text: what was meant and what was found, as positions of topics. */
interface Found {
  readonly text: string;
  readonly label: number;
  readonly found: number;
}

function readExamples({ lesson, texts }: Study): Found[] {
  return lesson.texts.slice(0, lesson.examples).map((text, index) => ({
    text,
    label: lesson.labels[index] as number,
    found: texts.top.topics[TOP * index] as number,
  }));
}

function readMessages({ lesson, messages }: Study): Found[] {
  return lesson.validation.map(({ text, intent }, index) => ({
    text,
    label: lesson.intents.indexOf(intent),
    found: messages.top.topics[TOP * index] as number,
  }));
}

function judgeIntents(
  { lesson }: Study,
  all: readonly Found[],
): Pick<Health, "perIntent" | "confused" | "tooFew"> {
  const perIntent = lesson.intents.map((intent) => ({ intent, examples: 0, right: 0, rows: 0 }));
  for (let text = 0; text < lesson.examples; text++) {
    (perIntent[lesson.labels[text] as number] as (typeof perIntent)[number]).examples++;
  }
  const pairs = new Map<string, { intent: string; with: string; times: number; texts: string[] }>();
  for (const { text, label, found } of all) {
    const row = perIntent[label] as (typeof perIntent)[number];
    row.rows++;
    if (found === label) row.right++;
    const taken = lesson.intents[found];
    if (found === label || taken === undefined) continue;
    const key = `${label} ${found}`;
    const pair = pairs.get(key) ?? { intent: row.intent, with: taken, times: 0, texts: [] };
    pair.times++;
    if (pair.texts.length < MOST_TEXTS) pair.texts.push(text);
    pairs.set(key, pair);
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

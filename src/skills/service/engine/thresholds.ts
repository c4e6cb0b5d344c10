import type { Confidence, Judged } from "./calibration.ts";
import { STRANGER_SHARE } from "./judged.ts";

export interface Thresholds {
  readonly answerAt: number;
  readonly offerAt: number;
  /** Intent -> threshold of topics whose wrong answers cost more. */
  readonly strictAt: Readonly<Record<string, number>>;
}

/** Only the words of an example are answered: nothing has shown yet that anything more can be trusted. */
const ANSWER_NOTHING_ELSE = 1;
/** What is likelier wrong than right is no answer, however well a few examples told themselves apart. */
const LEAST_ANSWER_AT = 0.5;
/**
 * Quantiles of the normal distribution for a one-sided bound: it holds in four of five cases where examples were cross-
 * validated, which already judges by fewer examples than the model has, and in 39 of 40 on real messages, whose 95 %
 * interval the health page shows.
 */
const CROSS_VALIDATED_Z = 0.84;
const MESSAGES_Z = 1.96;
/** Fewer real messages than this do not decide alone. */
const ENOUGH_MESSAGES = 200;
/**
 * An offer that holds the right choice saves a person's work; one that does not costs the customer a tap on "something
 * else". Such a tap is weighed as this share of what the right choice saves, so that an offer gains above it.
 */
const OFFER_AT = 0.12;

/**
 * Chooses thresholds on messages that the judging model had not seen.
 * @param confidences cross-fitted, one a message
 * @param limits the highest share of wrong answers among answers, 0 to 1; a topic of cost 2 may have half of it
 */
export function chooseThresholds(
  judged: readonly Judged[],
  confidences: readonly Confidence[],
  limits: { readonly maxWrong: number; readonly costs: ReadonlyMap<string, number> },
): Thresholds {
  const at = (cost: number) => chooseAnswerAt(judged, confidences, limits.maxWrong / cost);
  const strictAt: [string, number][] = [];
  for (const [intent, cost] of limits.costs) if (cost > 1) strictAt.push([intent, at(cost)]);
  strictAt.sort(([a], [b]) => (a < b ? -1 : 1));
  return { answerAt: at(1), offerAt: OFFER_AT, strictAt: Object.fromEntries(strictAt) };
}

function chooseAnswerAt(
  judged: readonly Judged[],
  confidences: readonly Confidence[],
  maxWrong: number,
): number {
  const isMessage = ({ origin }: Judged) => origin === "messages" || origin === "given";
  const messages = judged.filter(({ origin }) => origin === "messages").length;
  const hasMessages = messages >= ENOUGH_MESSAGES;
  const given = judged.filter(({ origin }) => origin === "given");
  // Among messages alone, those out of scope weigh what they weigh among everything.
  const foreign = given.reduce((all, { weight }) => all + weight, 0);
  const scale = hasMessages && foreign > 0 ? (messages * STRANGER_SHARE) / (1 - STRANGER_SHARE) / foreign : 1;
  const order = [...judged.keys()].filter((index) => !hasMessages || isMessage(judged[index] as Judged));
  const z = hasMessages ? MESSAGES_Z : CROSS_VALIDATED_Z;
  const first = (index: number) => (confidences[index] as Confidence).first;
  const allowed = (confidence: number) => Math.max(LEAST_ANSWER_AT, confidence);
  order.sort((a, b) => first(b) - first(a));
  let answerAt = ANSWER_NOTHING_ELSE;
  const sum = { wrong: 0, wrongSquares: 0, all: 0 };
  for (const [place, index] of order.entries()) {
    const one = judged[index] as Judged;
    const weight = one.origin === "given" ? scale * one.weight : one.weight;
    sum.all += weight;
    if (!one.isFirstRight) {
      sum.wrong += weight;
      sum.wrongSquares += weight ** 2;
    }
    const next = order[place + 1];
    if (next !== undefined && first(next) === first(index)) continue;
    if (upperBound(sum, z) <= maxWrong) answerAt = allowed(first(index));
    // The first threshold that fails ends the search on real messages: of many that are tried, some pass by luck
    // (fixed sequence testing, as in Angelopoulos, Bates, Candes, Jordan, Lei: Learn then Test, 2021).
    else if (hasMessages && answerAt < ANSWER_NOTHING_ELSE) break;
  }
  return answerAt;
}

/**
 * Upper bound of the share of wrong answers, where a wrong one may stand for several: the wrong ones are counted as a
 * Poisson process, so that their weights' squares add up to the variance; z²/2 is the bound when there is none yet.
 */
function upperBound(sum: { wrong: number; wrongSquares: number; all: number }, z: number): number {
  return (sum.wrong + z * Math.sqrt(sum.wrongSquares) + z ** 2 / 2) / sum.all;
}

import type { Confidence, Judged } from "./calibration.ts";

export interface Thresholds {
  readonly answerAt: number;
  readonly offerAt: number;
}

/** Only the words of an example are answered: nothing has shown yet that anything more can be trusted. */
const ANSWER_NOTHING_ELSE = 1;
/** The quantile of the normal distribution for a one-sided bound that holds in four of five cases. */
const BOUND_Z = 0.84;
/**
 * An offer that holds the right choice saves a person's work; one that does not costs the customer a tap on "something
 * else". Such a tap is weighed as this share of what the right choice saves, so that an offer gains above it.
 */
const OFFER_AT = 0.25;

/**
 * Chooses thresholds on messages that the judging model had not seen.
 * @param confidences cross-fitted, one a message
 * @param maxWrong the highest share of wrong answers among answers, 0 to 1
 */
export function chooseThresholds(
  judged: readonly Judged[],
  confidences: readonly Confidence[],
  maxWrong: number,
): Thresholds {
  const order = judged.map((_, index) => index);
  const first = (index: number) => (confidences[index] as Confidence).first;
  order.sort((a, b) => first(b) - first(a));
  let answerAt = ANSWER_NOTHING_ELSE;
  let right = 0;
  let all = 0;
  order.forEach((index, place) => {
    const one = judged[index] as Judged;
    all += one.weight;
    if (one.isFirstRight) right += one.weight;
    const next = order[place + 1];
    const isTied = next !== undefined && first(next) === first(index);
    if (!isTied && upperBound(1 - right / all, all) <= maxWrong) answerAt = first(index);
  });
  return { answerAt, offerAt: OFFER_AT };
}

/** Wilson's upper bound of a share seen in `count` cases (Wilson, JASA 1927). */
function upperBound(share: number, count: number): number {
  const z2 = BOUND_Z ** 2 / count;
  const centre = share + z2 / 2;
  const spread = BOUND_Z * Math.sqrt((share * (1 - share) + z2 / 4) / count);
  return (centre + spread) / (1 + z2);
}

import type { Assumptions } from "./assumptions.ts";
import { describeAssumptions } from "./assumptions.ts";
import type { Compared, Week } from "./capacity.ts";
import { rates } from "./outcome.ts";
import type { Condition, Swing } from "./sensitivity.ts";
import type { Trade } from "./trades.ts";

/** The simulated shift in sentences. */

export interface Range {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The middle, and what nine of ten seeds lie between. */
export function rangeOf(values: readonly number[]): Range {
  return { low: quantile(values, 0.05), median: quantile(values, 0.5), high: quantile(values, 0.95) };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

const one = (value: number) => value.toFixed(1);
const two = (value: number) => value.toFixed(2);
const percent = (share: number) => `${Math.round(100 * share)} %`;
const spoken = ({ low, median, high }: Range) => `${two(median)} (${two(low)} to ${two(high)})`;

export function describeRates({ name, outcomes }: Trade): string {
  const shown = rates(outcomes);
  const part = (key: string) => percent(shown[key] ?? 0);
  return `${name}, measured on ${shown.messages} messages: answered rightly ${part("answered")}, wrongly ${part("wrong")} (${part("wrongOfAnswered")} of answers), offered with the right topic ${part("offered")}, offered without it ${part("missed")}, handed over ${part("handed")}; right topic among three suggested ${part("suggested")}; of these messages ${part("casework")} are work for a person even if recognised; beside them ${part("strangers")} out of scope, ${part("strangersAnswered")} of those answered`;
}

export function describeTrade(name: string, level: string, compared: readonly Compared[]): string {
  const range = (pick: (one: Compared) => number) => rangeOf(compared.map(pick));
  const alone = range((each) => each.alone.solvedPerHour);
  const helped = range((each) => each.helped.solvedPerHour);
  return `${name}, ${level}: ${spoken(alone)} cases solved per agent hour without, ${spoken(helped)} with first level, ratio ${spoken(range(({ ratio }) => ratio))}; an agent's work per case ${one(range((each) => each.alone.workPerCase).median)} -> ${one(range((each) => each.helped.workPerCase).median)} min`;
}

/** Of everybody who came, not only of those who needed a person. */
export function describeWaits(name: string, compared: readonly Compared[]): string {
  const waits = (pick: (one: Compared) => Week) =>
    compared.flatMap((each) => pick(each).days.flatMap((day) => day.waits));
  const line = (list: readonly number[]) =>
    [0.5, 0.8, 0.95].map((share) => `p${100 * share} ${one(quantile(list, share))}`).join(", ");
  const [alone, relieved, helped] = [
    waits((each) => each.alone),
    waits((each) => each.relieved),
    waits((each) => each.helped),
  ];
  const volume = (pick: (one: Compared) => Week) =>
    Math.round(rangeOf(compared.map((each) => pick(each).volume)).median);
  const persons = (pick: (one: Compared) => Week) => {
    const weeks = compared.map(pick);
    const cases = weeks.flatMap(({ days }) => days).reduce((total, day) => total + day.cases, 0);
    return percent(
      weeks.flatMap(({ days }) => days).reduce((total, day) => total + day.waits.length, 0) / cases,
    );
  };
  return `${name}, minutes until a person begins, of those who need one: without, at ${volume((each) => each.alone)} cases a day: ${line(alone)}; with, at the same: ${line(relieved)} (waits for a person, per case: ${persons((each) => each.relieved)}); with, at ${volume((each) => each.helped)}: ${line(helped)}`;
}

export function describeSensitivity(
  all: readonly Swing[],
  { rows, isReached }: { rows: readonly Condition[]; isReached: boolean },
): string[] {
  return [
    `all trades together, one assumption at a time (low end / high end): ${all.map(({ name, low, high }) => `${name} ${two(low)} / ${two(high)}`).join("; ")}`,
    ...rows.map(
      ({ casework, measured, perfect }) =>
        `if ${percent(casework)} of the messages were work for a person: ${two(measured.mid)} with the measured rates, ${two(measured.high)} with every assumption at its high end; with an engine that recognises everything ${two(perfect.mid)} and ${two(perfect.high)}`,
    ),
    isReached
      ? "4 x is reached where the lines above say so, and nowhere else"
      : "4 x is reached in none of these cases",
  ];
}

export function describeBasis(own: Partial<Assumptions>): string[] {
  return [
    "the first level is the engine with the pack (example facts filled in), asked messages that it never learnt and whose writers said what they wanted; each topic comes about as often as any other, which no company's post does",
    ...describeAssumptions(own).map((line) => `assumed: ${line}`),
  ];
}

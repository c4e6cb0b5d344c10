import { type Assumptions, assume, SWEPT } from "./assumptions.ts";
import { compare, drawWeek } from "./capacity.ts";
import type { Outcome } from "./outcome.ts";

/** What the ratio hangs on, and what would have to hold for the model's four. */

const MODEL = 4;
/** Rows of a made-up list. */
const LIST = 400;
const CASEWORK = [0, 0.1, 0.2, 0.4];

/** The median ratio over some seeds. */
function ratioOf(outcomes: readonly Outcome[], a: Assumptions, seeds: number): number {
  const ratios = Array.from({ length: seeds }, (_, n) => compare(drawWeek(n + 1, outcomes, a), a).ratio);
  return ratios.sort((one, other) => one - other)[seeds >> 1] as number;
}

export interface Swing {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Each swept assumption alone at its low and its high end, the others in the middle; the widest first. */
export function swings(outcomes: readonly Outcome[], own: Partial<Assumptions>, seeds: number): Swing[] {
  const mid = assume("mid", own);
  return SWEPT.filter((name) => own[name] === undefined)
    .map((name) => {
      const at = (level: "low" | "high") => ratioOf(outcomes, { ...mid, [name]: assume(level)[name] }, seeds);
      return { name, low: at("low"), high: at("high") };
    })
    .sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
}

export interface Condition {
  readonly casework: number;
  /** With the rates that were measured, at the middle and at the high end of the assumptions. */
  readonly measured: { readonly mid: number; readonly high: number };
  /** With an engine that meets every message with the right topic. */
  readonly perfect: { readonly mid: number; readonly high: number };
}

/** How much of what comes may be work for a person, if the ratio is to be four. */
export function conditions(
  outcomes: readonly Outcome[],
  own: Partial<Assumptions>,
  seeds: number,
): { rows: Condition[]; isReached: boolean } {
  const rows = CASEWORK.map((casework) => {
    const list = mixed(outcomes, casework);
    const perfect = list.map((one) => ({ ...one, met: "answered" as const, isSuggested: true }));
    const both = (some: readonly Outcome[]) => ({
      mid: ratioOf(some, assume("mid", own), seeds),
      high: ratioOf(some, assume("high", own), seeds),
    });
    return { casework, measured: both(list), perfect: both(perfect) };
  });
  const all = rows.flatMap(({ measured, perfect }) => [
    ...Object.values(measured),
    ...Object.values(perfect),
  ]);
  return { rows, isReached: all.some((ratio) => ratio >= MODEL) };
}

/** The same messages in another mixture: so much casework, the rest questions and what the register knows. */
export function mixed(outcomes: readonly Outcome[], casework: number): Outcome[] {
  const heavy = outcomes.filter(({ kind }) => kind === "casework");
  const light = outcomes.filter(({ kind }) => kind === "question" || kind === "status");
  const wanted = Math.round(LIST * casework);
  const fill = (from: readonly Outcome[], count: number) =>
    Array.from({ length: from.length === 0 ? 0 : count }, (_, n) => {
      // Evenly over the list, so that the shares of answered and handed stay as they are.
      const place = Math.floor((n * from.length) / count);
      return from[place] as Outcome;
    });
  return [...fill(heavy, wanted), ...fill(light, LIST - wanted)];
}

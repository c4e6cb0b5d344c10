import { Chance } from "./chance.ts";

/** Customers of a day, as they come and make up their minds: who drives it, plan in memory or product, is the same to them. */

/** Shares of the customers who chose a window. */
export interface Habits {
  /** They choose and are not heard of again: the hold expires. */
  readonly disappear: number;
  /** They want another window later, or call it off. */
  readonly change: number;
  readonly cancel: number;
}

export const HABITS: Habits = { disappear: 0.05, change: 0.04, cancel: 0.02 };
/** Everybody books what they choose and stays with it. */
export const KEEN: Habits = { disappear: 0, change: 0, cancel: 0 };

/** Customers write all through the day before the evening. */
const DAY_S = 36_000;
/** A chosen window is held so long. */
export const HOLD_S = 600;

/** When each of so many requests comes, in seconds of the day; the last ones may be a little late. */
export function arrivalsOf(requests: number, seed: number): number[] {
  const chance = new Chance(seed, 1);
  let now = 0;
  return Array.from({ length: requests }, () => {
    now += chance.exponential(DAY_S / requests);
    return now;
  });
}

/** A customer's own chance: where they live is drawn first, then which window they take, then what they think of it later. */
export function customerChance(seed: number, customer: number): Chance {
  return new Chance(seed, 2, customer);
}

/** Any of what is offered. */
export function anyOf<T>(offered: readonly T[], chance: Chance): T | undefined {
  return offered[chance.below(Math.max(1, offered.length))];
}

/** What becomes of a choice that does not simply stand. */
export interface SecondThought {
  readonly kind: "expire" | "change" | "cancel";
  /** Seconds of the day. */
  readonly at: number;
}

/** @returns null for who books and stays with it */
export function secondThought(
  { disappear, change, cancel }: Habits,
  chance: Chance,
  now: number,
): SecondThought | null {
  const draw = chance.unit();
  const rest = chance.between(HOLD_S, Math.max(HOLD_S, DAY_S - now));
  if (draw < disappear) return { kind: "expire", at: now + HOLD_S };
  if (draw < disappear + change) return { kind: "change", at: now + rest };
  return draw < disappear + change + cancel ? { kind: "cancel", at: now + rest } : null;
}

/** Which window somebody would rather have. */
export function otherWindow<T>(
  windows: readonly T[],
  { number, window }: { readonly number: number; readonly window: T },
  seed: number,
): T | undefined {
  const others = windows.filter((one) => one !== window);
  return others[new Chance(seed, 3, number).below(others.length)];
}

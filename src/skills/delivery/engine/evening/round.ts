import type { TravelClock } from "../offers/travel.ts";
import type { Pace } from "./pace.ts";

/** The half-hour that a customer was told. Times are seconds of the plan's clock, as everywhere here. */
export interface Told {
  readonly from: number;
  readonly until: number;
  /** When the courier was expected as it was told. */
  readonly expected: number;
}

/** A stop that is still to come, as the evening knows it. */
export interface RoundStop {
  /** The node of the travel times, which is the stop's number in the plan. */
  readonly stop: number;
  /** As promised to the customer, without any buffer. A visit without a promise (fetching parcels) has none: 0 and `FOREVER`. */
  readonly earliest: number;
  readonly latest: number;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  /** What the customer was told last; null before the notice. */
  readonly told: Told | null;
  /** Whether the customer was told that the courier comes after the window. */
  readonly isLateSaid: boolean;
}

/** What a courier is doing at the place where they were last heard of. */
export type Doing =
  /** Free to leave, or under way, since (or from) this moment. */
  | { readonly kind: "leaving"; readonly at: number }
  /** At the door since this moment, with so much service planned. */
  | { readonly kind: "serving"; readonly since: number; readonly service_s: number };

/** What is left of a courier's evening at a moment. */
export interface Round {
  /** The shift's number in the plan. */
  readonly shift: number;
  /** The node where the last event happened, and what has gone on there since. */
  readonly at: number;
  readonly doing: Doing;
  /** The node where the round ends, and the latest moment to be there. */
  readonly end: number;
  readonly latest: number;
  readonly capacity: number;
  readonly skills: number;
  /** Parcels are loaded: from here on they stay with this courier. */
  readonly hasLoaded: boolean;
  readonly pace: Pace;
  /** To come, in order. Under way, the first is the next one. */
  readonly stops: readonly RoundStop[];
}

/** Travel times as the evening asks for them; a `Travel` of the plan has them. */
export interface Ways {
  /** Planned seconds from a node to another, in the fastest hour where `clock` stretches them. */
  between(from: number, to: number): number;
  readonly clock?: TravelClock;
}

/** Only a stop with a promise has a customer who waits. */
export function hasPromise({ earliest, latest }: RoundStop): boolean {
  return latest - earliest < LONGEST_WINDOW_S;
}

const LONGEST_WINDOW_S = 86_400;

/**
 * So many stops at the beginning stay as they are: the next one while the courier is on the way to it, and everything up to
 * the last customer who was told a half-hour, or up to a visit that fetches what comes behind it. Right at the moment of
 * leaving the next one may still be chosen.
 */
export function frozenStops({ doing, stops }: Round, now: number): number {
  const isUnderWay = doing.kind === "leaving" && doing.at < now;
  const bound = stops.findLastIndex((stop) => stop.told !== null || !hasPromise(stop));
  return Math.min(stops.length, Math.max(isUnderWay ? 1 : 0, bound + 1));
}

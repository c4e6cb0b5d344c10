import { PlaneTravel, type Travel } from "../engine/index.ts";
import type { Coordinates } from "./promises.ts";

/** An evening's plan as the database keeps it: everything that a process, or the optimiser's, builds it from. */

export interface StoredShift {
  readonly id: number;
  readonly start: Coordinates;
  readonly end: Coordinates;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly capacity: number;
  readonly skills: number;
  /** Deliveries' ids in the order of the round, the first `frozen` of them fixed. */
  readonly route: readonly number[];
  readonly frozen: number;
}

/** A delivery as the plan sees it: the courier begins there from `earliestAt` to `dueAt` (ms). */
export interface StoredDelivery {
  readonly id: number;
  readonly place: Coordinates;
  readonly earliestAt: number;
  readonly dueAt: number;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  /** Taken back or expired; the courier only drives by, because the way of the others needs it. */
  readonly isOver: boolean;
}

/** How travel was counted when the evening was made. */
export interface TravelSettings {
  readonly circuityPercent: number;
  readonly speedKmh: number;
  readonly leg_s: number;
}

export interface StoredEvening {
  readonly id: number;
  readonly cityId: number;
  /** YYYY-MM-DD, of the city's clock */
  readonly serviceDate: string;
  readonly version: number;
  readonly state: "planned" | "running" | "over";
  /** The middle of the grid. */
  readonly middle: Coordinates;
  readonly travel: TravelSettings;
  readonly shifts: readonly StoredShift[];
  readonly deliveries: readonly StoredDelivery[];
}

/**
 * Travel times of an evening. A leg takes at least a second on top of its way, so no way round is shorter than the straight
 * one and every stop can be taken out again.
 */
export function travelOf({ circuityPercent, speedKmh, leg_s }: TravelSettings): Travel {
  return new PlaneTravel({
    circuity: circuityPercent / 100,
    metresPerSecond: speedKmh / 3.6,
    legSeconds: leg_s,
  });
}

const DAY_MS = 86_400_000;

/**
 * Zero of an evening's plan: a day before midnight, UTC, of its date. Plans count seconds of real time from there, so no
 * change of the wall clock reaches them, and a round that is moved later moves no other number.
 */
export function planZero(serviceDate: string): number {
  return Date.parse(serviceDate) - DAY_MS;
}

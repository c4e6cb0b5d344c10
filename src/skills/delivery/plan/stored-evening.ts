import { type Place, PlaneTravel, type Travel } from "../engine/index.ts";
import { Cells, type Extent } from "../travel/cells.ts";
import { CityTravel } from "../travel/city-travel.ts";
import { HourlyClock, type HourlyStep } from "../travel/hourly-clock.ts";
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
  /** Deliveries' ids in the order of the round, less than nothing where one is picked up; the first `frozen` of them fixed. */
  readonly route: readonly number[];
  readonly frozen: number;
}

/** The courier begins there from `earliestAt` to `dueAt` (ms). */
export interface StoredPickUp {
  readonly place: Coordinates;
  readonly earliestAt: number;
  readonly dueAt: number;
  readonly service_s: number;
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
  /** Where it is picked up on the way; it then stands in the route twice, there by its number less than nothing. */
  readonly pickup: StoredPickUp | null;
  /** Taken back or expired; the courier only drives by, because the way of the others needs it. */
  readonly isOver: boolean;
}

/** How travel was counted when the evening was made. */
export interface TravelSettings {
  readonly circuityPercent: number;
  readonly speedKmh: number;
  readonly leg_s: number;
  /** Where the city has one: it counts instead of the numbers above. */
  readonly table: TravelTable | null;
  /** Through the day; none = alike all day. */
  readonly hours?: readonly HourlyStep[];
}

/** A stored table of ways between cells, as plain values: it goes to the optimiser's process too. */
export interface TravelTable {
  readonly extent: Extent;
  readonly lines: readonly (readonly Place[])[];
  /** Of each pair of cells, as `unpackTable` gives it. */
  readonly steps: Uint32Array;
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
  /** Of the planned seconds at a door, as earlier evenings took them. */
  readonly servicePercent: number;
  readonly shifts: readonly StoredShift[];
  readonly deliveries: readonly StoredDelivery[];
}

/** Shared by all plans of a table. */
const cellsOf = new WeakMap<TravelTable, Cells>();

/**
 * Travel times of an evening, for one plan: it puts its places into them. By distance a leg takes at least a second on top of
 * its way, so no way round is shorter than the straight one and every stop can be taken out again; a table may be otherwise.
 */
export function travelOf({ circuityPercent, speedKmh, leg_s, table, hours = [] }: TravelSettings): Travel {
  const clock = hours.length > 0 ? { clock: new HourlyClock(hours) } : {};
  if (!table)
    return new PlaneTravel({
      circuity: circuityPercent / 100,
      metresPerSecond: speedKmh / 3.6,
      legSeconds: leg_s,
      ...clock,
    });
  const cells = cellsOf.get(table) ?? new Cells(table.extent, table.lines);
  cellsOf.set(table, cells);
  return new CityTravel({ cells, steps: table.steps, leg_s: table.leg_s, ...clock });
}

const DAY_MS = 86_400_000;

/**
 * Zero of an evening's plan: a day before midnight, UTC, of its date. Plans count seconds of real time from there, so no
 * change of the wall clock reaches them, and a round that is moved later moves no other number.
 */
export function planZero(serviceDate: string): number {
  return Date.parse(serviceDate) - DAY_MS;
}

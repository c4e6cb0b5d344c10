import type { Shift } from "./plan.ts";

/** A stop as the timetable keeps it: service begins from `earliest` to `latest`. */
export interface TimedStop {
  readonly node: number;
  readonly service_s: number;
  /** Less than nothing where a parcel that was picked up on the way is given off. */
  readonly demand: number;
  readonly skills: number;
  readonly earliest: number;
  readonly latest: number;
  /** The other stop of a parcel that is picked up on the way, and whether this one is the pick-up. */
  readonly mate?: number;
  readonly isPickup?: boolean;
}

/** What was taken out of a row, and behind which place it stood: as the row was before, the pick-up first. */
export interface Taken {
  readonly slot: number;
  readonly stops: readonly { readonly stop: TimedStop; readonly place: number }[];
}

/** The windows, and the best found for each. */
export interface Found {
  readonly opens: Int32Array;
  readonly closes: Int32Array;
  readonly costs: Int32Array;
  readonly places: Int32Array;
  readonly slots: Int32Array;
}

/** The plan as lists. */
export interface PlanRows {
  readonly shifts: readonly Shift[];
  readonly stops: readonly TimedStop[];
  /** For each shift its stops in order, and how many of them are frozen. */
  readonly routes: readonly (readonly number[])[];
  readonly frozen: readonly number[];
}

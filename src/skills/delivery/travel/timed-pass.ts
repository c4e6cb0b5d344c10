import type { SpeedProfile } from "./speed-profile.ts";

/** Arrivals along a round under a speed profile: what the plan's conservative times leave open. */

export interface TimedLeg {
  /** On the road, circuity included. */
  readonly metres: number;
  /** Getting in and out. */
  readonly leg_s: number;
  /** At the stop behind it. */
  readonly service_s: number;
  /** Service begins at this second at the earliest. */
  readonly earliest: number;
}

/**
 * @param start_s departure
 * @returns for each leg the second at which the stop behind it is reached, rounded up; waiting is not counted as arriving
 */
export function timedArrivals(legs: readonly TimedLeg[], start_s: number, profile: SpeedProfile): number[] {
  let now = start_s;
  return legs.map(({ metres, leg_s, service_s, earliest }) => {
    // What is a whole second but for the rounding of doubles is not one more.
    const reached = Math.ceil(profile.arrive(now, metres) + leg_s - 1e-6);
    now = Math.max(reached, earliest) + service_s;
    return reached;
  });
}

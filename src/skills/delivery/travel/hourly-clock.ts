import type { TravelClock } from "../engine/index.ts";
import { SpeedProfile } from "./speed-profile.ts";

/** From this second of the plan's clock on, ways are driven at so many percent of the fastest hour's speed. */
export type HourlyStep = readonly [from_s: number, percent: number];

/** What is a whole second but for the rounding of doubles is not one more. */
const ROUNDING = 1e-6;

/**
 * A speed profile as the engine's clock: a way is as many metres as it takes seconds in the fastest hour, which is driven at one
 * metre a second. Seconds to set off and to park stretch with it, which is on the safe side.
 * @throws RangeError for steps out of order, and for percents that are not above 0 and at most 100
 */
export class HourlyClock implements TravelClock {
  readonly #profile: SpeedProfile;

  constructor(steps: readonly HourlyStep[]) {
    if (steps.some(([, percent]) => !(percent > 0 && percent <= 100)))
      throw new RangeError("No hour is faster than the fastest.");
    this.#profile = new SpeedProfile(
      steps.map(([from_s, percent]) => ({ from_s, metresPerSecond: percent / 100 })),
    );
  }

  arrive(depart: number, way_s: number): number {
    return Math.max(depart + way_s, Math.ceil(this.#profile.arrive(depart, way_s) - ROUNDING));
  }

  leaveBy(arrive: number, way_s: number): number {
    let leave = Math.min(arrive - way_s, Math.floor(this.#profile.leaveBy(arrive, way_s) + ROUNDING));
    // Both directions are rounded by themselves; what is promised is what arrives.
    while (this.arrive(leave, way_s) > arrive) leave--;
    return leave;
  }
}

import { type Agreed, PRESENCE } from "./presence.ts";
import { firstAttempt, type SimulatedEvening } from "./simulate.ts";

/** Assumed: an ordinary small car with a combustion engine, from tank to wheel. */
const CO2_G_PER_KILOMETRE = 150;

/** What a parcel takes until it is handed over. */
export interface ParcelFootprint {
  readonly attempts: number;
  readonly kilometres: number;
  readonly co2_g: number;
}

/** By what was agreed: the first attempts that fail are made again until somebody opens. */
export interface Footprint {
  readonly kilometresPerStop: number;
  readonly notice: ParcelFootprint;
  readonly nothing: ParcelFootprint;
}

export const FOOTPRINT_ASSUMPTIONS = {
  co2_gPerKilometre: CO2_G_PER_KILOMETRE,
  away: PRESENCE.nothingAgreed,
  anotherAttempt:
    "takes the way of an average stop of the same evenings and fails as often as the first; that rounds without windows are shorter is not counted",
} as const;

/**
 * Kilometres and CO2 for each parcel handed over, with window and notice against nothing agreed.
 * @param absent share of customers who are not there in spite of everything
 */
export function footprintOf(evenings: readonly SimulatedEvening[], absent: number): Footprint {
  const kept = evenings.flatMap((one) => one.kept);
  const driven = evenings.reduce((sum, { kilometres }) => sum + kilometres, 0);
  const kilometresPerStop = driven / Math.max(1, kept.length);
  const of = (agreed: Agreed): ParcelFootprint => {
    const attempts = kept.length === 0 ? 0 : 1 / firstAttempt(kept, agreed, absent);
    const kilometres = attempts * kilometresPerStop;
    return { attempts, kilometres, co2_g: kilometres * CO2_G_PER_KILOMETRE };
  };
  return { kilometresPerStop, notice: of("notice"), nothing: of("nothing") };
}

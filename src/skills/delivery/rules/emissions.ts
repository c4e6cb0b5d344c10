import { USUAL_GRAMS_PER_KM } from "../api/emissions.ts";
import type { Vehicle } from "../tables.ts";

/** Grams of CO2 of a way, by what a kilometre counts in its city. */

/** Of one city. */
export type GramsPerKm = Readonly<Record<keyof typeof USUAL_GRAMS_PER_KM, number>>;

/** @returns grams for each kilometre */
export const rateOf = (vehicle: Vehicle, rates: GramsPerKm): number =>
  vehicle === "foot" ? 0 : rates[vehicle];

/** Is it what counts for whoever says nothing? */
export const isUsualRate = (vehicle: Vehicle, gramsPerKm: number): boolean =>
  gramsPerKm === rateOf(vehicle, USUAL_GRAMS_PER_KM);

/** @returns whole grams */
export const gramsOf = (metres: number, gramsPerKm: number): number =>
  Math.round((gramsPerKm * metres) / 1_000);

import type { Vehicle } from "../tables.ts";

/**
 * Grams of CO2 a metre of way, by vehicle: what leaves the exhaust. Cars and vans: averages of new registrations in the
 * European Union by the European Environment Agency (106 and 181 g/km, 2023), rounded up by a quarter for driving in a town with
 * many stops, which is an estimate. Whatever is trodden or walked counts as none.
 */
const GRAMS_PER_KM: Readonly<Record<Vehicle, number>> = {
  foot: 0,
  bicycle: 0,
  cargo_bike: 0,
  car: 133,
  van: 226,
};

/** @returns whole grams */
export const gramsOf = (vehicle: Vehicle, metres: number): number =>
  Math.round((GRAMS_PER_KM[vehicle] * metres) / 1_000);

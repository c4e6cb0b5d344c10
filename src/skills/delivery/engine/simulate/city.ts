import type { Request, Shift, Window } from "../offers/plan.ts";
import { PlaneTravel } from "../offers/plane-travel.ts";

const HOUR_S = 3_600;
const WIDTH_M = 16_000;
const HEIGHT_M = 12_000;
const DEPOTS = [
  { x: 4_000, y: 3_000 },
  { x: 12_000, y: 3_000 },
  { x: 4_000, y: 9_000 },
  { x: 12_000, y: 9_000 },
] as const;
const SHIFT_S = 4 * HOUR_S;
const KILOMETRES_AN_HOUR = 22;

/** The city that every figure is measured in, as data: so a run can print what it assumed. */
export const CITY = {
  widthMetres: WIDTH_M,
  heightMetres: HEIGHT_M,
  depots: DEPOTS.length,
  eveningHours: 5,
  shiftHours: 4,
  windowHours: 2,
  windows: 4,
  serviceSeconds: 150,
  kilometresAnHour: KILOMETRES_AN_HOUR,
  circuity: 1.35,
} as const;

/** Windows of two hours that begin an hour apart, in seconds from the evening's beginning. */
export const CITY_WINDOWS: readonly Window[] = [0, 1, 2, 3].map((hour) => ({
  earliest: hour * HOUR_S,
  latest: (hour + 2) * HOUR_S,
}));

/** Couriers who work four of the five hours, half of them from the second on, from four depots. */
export function shiftsOf(couriers: number): Shift[] {
  return Array.from({ length: couriers }, (_, n) => {
    const depot = DEPOTS[n % DEPOTS.length] as (typeof DEPOTS)[number];
    const earliest = (Math.floor(n / DEPOTS.length) % 2) * HOUR_S;
    return {
      start: depot,
      end: depot,
      earliest,
      latest: earliest + SHIFT_S,
      capacity: 1_000,
      skills: 0,
    };
  });
}

export function cityTravel(): PlaneTravel {
  return new PlaneTravel({
    circuity: CITY.circuity,
    metresPerSecond: KILOMETRES_AN_HOUR / 3.6,
    legSeconds: 0,
  });
}

/**
 * A customer anywhere in the city.
 * @param unit a source of chance from 0 to 1
 * @param service_s as it is planned
 */
export function anyRequest(unit: () => number, service_s: number = CITY.serviceSeconds): Request {
  return {
    place: { x: unit() * WIDTH_M, y: unit() * HEIGHT_M },
    service_s,
    demand: 1,
    skills: 0,
  };
}

import { CITY } from "./city.ts";
import { NOISE, type Tail } from "./courier.ts";
import { FOOTPRINT_ASSUMPTIONS, type Footprint, footprintOf } from "./footprint.ts";
import { PRESENCE } from "./presence.ts";
import { firstAttempt, type SimulatedEvening } from "./simulate.ts";

/** What a courier's hour costs the company, with everything on top; an assumption, printed with the result. */
const COURIER_HOUR_EUR = 20;
/** Customers who are not there in spite of everything that was said; the case. */
export const ABSENT = 0.007;

/** All evenings together; shares are from 0 to 1. */
export interface Summary {
  /** Stops of an evening, and the share of requests that were offered a window. */
  readonly stops: number;
  readonly acceptance: number;
  readonly windowKept: number;
  /** Of the broken promises, those that were announced before the window's end; null where none was broken. */
  readonly lateAnnounced: number | null;
  readonly notice: {
    readonly meanError_min: number;
    /** Inside the half-hour that was told first, and told last. */
    readonly inside: number;
    readonly insideLast: number;
    readonly again: number;
    readonly lead_min: number;
    readonly sent: number;
  };
  readonly firstAttempt: number;
  readonly costPerStop: {
    readonly minutes: number;
    readonly underWay_min: number;
    readonly eur: number;
  };
  /** For each parcel handed over. */
  readonly footprint: Footprint;
  readonly replans: { readonly perEvening: number; readonly movedCustomersPerEvening: number };
  readonly backgroundPerBooking_ms: number;
  readonly buffers_min: readonly number[];
  readonly assumptions: Readonly<Record<string, unknown>>;
}

export function summarise(evenings: readonly SimulatedEvening[], tail: Tail): Summary {
  const sum = (measure: (evening: SimulatedEvening) => number) =>
    evenings.reduce((total, evening) => total + measure(evening), 0);
  const stops = sum((one) => one.stops);
  const each = Math.max(1, stops);
  const noticed = Math.max(
    1,
    sum((one) => one.noticed),
  );
  const broken = sum((one) => one.broken);
  const nights = Math.max(1, evenings.length);
  const perStop_s = sum((one) => one.worked_s) / each;
  return {
    stops: rounded(stops / nights, 1),
    acceptance: rounded(
      sum((one) => one.offered) /
        Math.max(
          1,
          sum((one) => one.asked),
        ),
      4,
    ),
    windowKept: rounded(1 - broken / each, 5),
    lateAnnounced: broken === 0 ? null : rounded(sum((one) => one.brokenAnnounced) / broken, 3),
    notice: {
      meanError_min: rounded(sum((one) => one.noticeError_s) / noticed / 60, 2),
      inside: rounded(sum((one) => one.inside) / noticed, 5),
      insideLast: rounded(sum((one) => one.insideLast) / noticed, 5),
      again: rounded(sum((one) => one.again) / noticed, 5),
      lead_min: rounded(sum((one) => one.noticeLead_s) / noticed / 60, 1),
      sent: rounded(sum((one) => one.noticed) / each, 5),
    },
    firstAttempt: rounded(
      firstAttempt(
        evenings.flatMap(({ kept }) => kept),
        "notice",
        ABSENT,
      ),
      5,
    ),
    costPerStop: {
      minutes: rounded(perStop_s / 60, 2),
      underWay_min: rounded(sum((one) => one.underWay_s) / each / 60, 2),
      eur: rounded((perStop_s / 3_600) * COURIER_HOUR_EUR, 2),
    },
    footprint: footprintOf(evenings, ABSENT),
    replans: {
      perEvening: rounded(sum((one) => one.replans) / nights, 1),
      movedCustomersPerEvening: rounded(sum((one) => one.moved) / nights, 1),
    },
    backgroundPerBooking_ms: rounded((1_000 * sum((one) => one.backgroundPerBooking_s)) / nights, 2),
    buffers_min: evenings.map(({ buffer_s }) => buffer_s / 60),
    assumptions: {
      city: CITY,
      noise: NOISE[tail],
      presence: PRESENCE,
      footprint: FOOTPRINT_ASSUMPTIONS,
      absent: ABSENT,
      courierHour_eur: COURIER_HOUR_EUR,
    },
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

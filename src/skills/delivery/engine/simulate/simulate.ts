import { BUFFER_RULE, nextBuffer } from "../evening/buffer.ts";
import { NO_TALLY, paceOf } from "../evening/pace.ts";
import { BACKGROUND, type BackgroundWork, bookDay } from "./booking-day.ts";
import { CITY } from "./city.ts";
import { NOISE, type Tail } from "./courier.ts";
import { HABITS, type Habits } from "./demand.ts";
import { driveEvening, type Kept } from "./evening.ts";
import { type Agreed, chanceThere } from "./presence.ts";

export interface SimulateOptions {
  readonly seed: number;
  /** Requests for each evening. */
  readonly requests: number;
  readonly couriers: number;
  readonly evenings: number;
  readonly tail: Tail;
  /** null: windows are offered from cheapest insertion alone, and rounds keep their order. */
  readonly background?: BackgroundWork | null;
  readonly habits?: Habits;
  /** The first evening's buffer; later ones learn it from the evenings before unless `learnsBuffer` is false. */
  readonly buffer_s?: number;
  readonly learnsBuffer?: boolean;
  readonly cpuSeconds?: () => number;
  /** Hears of every evening that is over. */
  readonly progress?: (evening: SimulatedEvening) => void;
}

/** An evening in figures; shares are from 0 to 1. */
export interface SimulatedEvening {
  readonly evening: number;
  readonly buffer_s: number;
  readonly asked: number;
  readonly offered: number;
  /** Promises of the evening. */
  readonly stops: number;
  /** CPU seconds of the optimiser for each booking; 0 where nobody counts them. */
  readonly backgroundPerBooking_s: number;
  readonly windowKept: number;
  /** Of the promises that were broken: announced before the window's end. */
  readonly broken: number;
  readonly brokenAnnounced: number;
  readonly noticed: number;
  /** Sum of the first notices' errors, how many arrivals were inside the half-hour told first and last, notices said again. */
  readonly noticeError_s: number;
  readonly noticeLead_s: number;
  readonly inside: number;
  readonly insideLast: number;
  readonly again: number;
  readonly worked_s: number;
  readonly underWay_s: number;
  /** On the road, by all couriers. */
  readonly kilometres: number;
  readonly replans: number;
  readonly moved: number;
  readonly kept: readonly Kept[];
}

const FIRST_BUFFER_S = 900;
/** Apart from each other, whatever the seed. */
const SEEDS_APART = 10_007;

/** What everything of an evening is drawn from. */
export const eveningSeed = (seed: number, evening: number): number => seed * SEEDS_APART + evening;

/** Evenings one after the other, in which pace, service times and buffer are learned. */
export function simulate(options: SimulateOptions): SimulatedEvening[] {
  const { seed, requests, couriers, tail, background = BACKGROUND, cpuSeconds } = options;
  let buffer_s = options.buffer_s ?? FIRST_BUFFER_S;
  let learned = NO_TALLY;
  return Array.from({ length: options.evenings }, (_, evening) => {
    const own = eveningSeed(seed, evening);
    const day = bookDay({
      couriers,
      requests,
      seed: own,
      buffer_s,
      service_s: Math.round(CITY.serviceSeconds * paceOf(NO_TALLY, learned).serviceFactor),
      habits: options.habits ?? HABITS,
      background,
      ...(cpuSeconds ? { cpuSeconds } : {}),
    });
    const outcome = driveEvening({
      day,
      noise: NOISE[tail],
      seed: own,
      learned,
      replans: background !== null,
    });
    learned = outcome.learned;
    const { kept, worked_s, underWay_s, planned_s, replans, moved } = outcome;
    const { asked, offered, booked, background_s } = day;
    const figures: SimulatedEvening = {
      evening,
      buffer_s,
      asked,
      offered,
      stops: kept.length,
      backgroundPerBooking_s: background_s / Math.max(1, booked),
      ...keptFigures(kept),
      worked_s,
      underWay_s,
      kilometres: (planned_s / 3_600) * CITY.kilometresAnHour,
      replans,
      moved,
      kept,
    };
    if (options.learnsBuffer ?? true)
      buffer_s = nextBuffer(
        buffer_s,
        kept.map(({ begins, window }) => begins - window.latest),
        BUFFER_RULE,
      );
    options.progress?.(figures);
    return figures;
  });
}

/** Promises and notices of an evening, counted. */
export function keptFigures(kept: readonly Kept[]) {
  return { ...promiseFigures(kept), ...noticeFigures(kept) };
}

function promiseFigures(kept: readonly Kept[]) {
  const broken = kept.filter(({ begins, window }) => begins > window.latest);
  return {
    windowKept: 1 - broken.length / Math.max(1, kept.length),
    broken: broken.length,
    brokenAnnounced: broken.filter(
      ({ lateSaidAt, window }) => lateSaidAt !== null && lateSaidAt <= window.latest,
    ).length,
  };
}

function noticeFigures(kept: readonly Kept[]) {
  const sums = { noticed: 0, noticeError_s: 0, noticeLead_s: 0, inside: 0, insideLast: 0, again: 0 };
  for (const { told, toldLast, begins, lead_s, notices } of kept) {
    if (!told || !toldLast) continue;
    sums.noticed++;
    sums.noticeError_s += Math.abs(begins - told.expected);
    sums.noticeLead_s += lead_s ?? 0;
    if (begins >= told.from && begins <= told.until) sums.inside++;
    if (begins >= toldLast.from && begins <= toldLast.until) sums.insideLast++;
    if (notices > 1) sums.again++;
  }
  return sums;
}

/** The share of parcels that are handed over at the first attempt, expected by the presence model. */
export function firstAttempt(kept: readonly Kept[], agreed: Agreed, absent: number): number {
  const there = kept.reduce((sum, arrival) => sum + chanceThere(arrival, agreed, { absent }), 0);
  return there / Math.max(1, kept.length);
}

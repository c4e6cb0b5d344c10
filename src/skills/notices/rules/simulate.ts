import { USUAL_LIFE_MS } from "./limits.ts";
import { ANY_TIME, type Calendar, type Hours, nextAllowed, WHOLE_DAY } from "./rhythm.ts";

/** What a notice would take at a profile's limits, on a simulated clock. */
export interface Profile {
  /** Messages a second of the number; may be a fraction. */
  readonly perSecond: number;
  /** Seconds between messages to one person. */
  readonly pairSeconds: number;
  /** Persons in any 24 hours; null = no limit. */
  readonly portfolioPerDay: number | null;
  readonly quiet: Hours | null;
}

export interface Plan {
  /** ms of the last message; null when none goes. */
  readonly lastAt: number | null;
  /** From the start to the last message. */
  readonly seconds: number;
  readonly sent: number;
  /** Over these seconds. */
  readonly sentPerSecond: number;
  /** Of no use any more when their turn would have come. */
  readonly dropped: number;
}

/** Spans between quiet hours; a life of more than some hundred days is not simulated. */
const SPANS_MOST = 1_000;

/**
 * One message to each of `recipients` persons. The k-th message of an open stretch leaves k / perSecond after its
 * begin, so no sliding second holds more than perSecond. Who is beyond the portfolio waits until the first of them are
 * 24 hours old; who waits past the notice's life is dropped.
 * @param startMs ms since the epoch
 * @param lifeMs after it the notice is of no use; 24 hours unless told otherwise
 */
export function simulate(
  recipients: number,
  profile: Profile,
  parts: { startMs: number; zone: string; lifeMs?: number },
): Plan {
  const { startMs, zone, lifeMs = USUAL_LIFE_MS } = parts;
  const until = startMs + lifeMs;
  const calendar: Calendar = { zone, quiet: profile.quiet, isQuietOnHolidays: false, isHoliday: () => false };
  const gapMs = 1000 / profile.perSecond;
  const batches: { from: number; count: number }[] = [];
  let sent = 0;
  let at = startMs;
  let lastAt: number | null = null;
  for (let n = 0; n < SPANS_MOST && sent < recipients; n++) {
    const open = nextAllowed(ANY_TIME, calendar, Math.max(at, roomInPortfolio(batches, profile, at)));
    if (open === null || open >= until) break;
    const end = Math.min(until, endOfOpen(calendar, open));
    const fits = Math.floor((end - open) / gapMs + EPSILON);
    const count = Math.min(fits, recipients - sent, portfolioRoom(batches, profile, open));
    if (count > 0) {
      batches.push({ from: open, count });
      sent += count;
      lastAt = open + count * gapMs;
    }
    at = count === fits || count === 0 ? end : (lastAt ?? end);
  }
  const seconds = lastAt === null ? 0 : (lastAt - startMs) / 1000;
  return {
    lastAt,
    seconds: round(seconds),
    sent,
    sentPerSecond: seconds === 0 ? 0 : Math.min(profile.perSecond, round(sent / seconds)),
    dropped: recipients - sent,
  };
}

/** 12.5 ms do not divide a second exactly in binary. */
const EPSILON = 1e-9;
const DAY_MS = 86_400_000;

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** How many persons more the portfolio takes at this moment. A batch counts whole until it is wholly a day old. */
function portfolioRoom(
  batches: readonly { from: number; count: number }[],
  { portfolioPerDay, perSecond }: Profile,
  at: number,
): number {
  if (portfolioPerDay === null) return Number.POSITIVE_INFINITY;
  const endOf = (batch: { from: number; count: number }) => batch.from + (batch.count * 1000) / perSecond;
  const counting = batches.filter((batch) => endOf(batch) > at - DAY_MS);
  return Math.max(0, portfolioPerDay - counting.reduce((sum, batch) => sum + batch.count, 0));
}

/** @returns `at` when there is room, otherwise the moment from which there is */
function roomInPortfolio(
  batches: readonly { from: number; count: number }[],
  profile: Profile,
  at: number,
): number {
  if (portfolioRoom(batches, profile, at) > 0) return at;
  const first = batches.find((batch) => batch.from + (batch.count * 1000) / profile.perSecond > at - DAY_MS);
  return first ? first.from + (first.count * 1000) / profile.perSecond + DAY_MS : at;
}

/** The moment at which the next quiet hours begin. */
function endOfOpen(calendar: Calendar, from: number): number {
  const { quiet } = calendar;
  if (quiet === null || quiet.from === quiet.to) return Number.POSITIVE_INFINITY;
  const begin = nextAllowed(
    { ...ANY_TIME, from: quiet.from, to: quiet.to === 0 ? WHOLE_DAY : quiet.to, quiet: null },
    calendar,
    from,
  );
  return begin ?? Number.POSITIVE_INFINITY;
}

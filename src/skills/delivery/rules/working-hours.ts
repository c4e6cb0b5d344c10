/**
 * What the German working hours act (Arbeitszeitgesetz) refuses when a courier is given a round beside other work. Work for
 * several employers is counted together (ArbZG section 2 (1)). All times are instants (ms since the epoch), so a night in
 * which the clocks change has its real length.
 *
 * A working day is the one of the person, not of the calendar: it begins with the first work after a rest of eleven hours.
 * Work with shorter pauses in between belongs to the same day, which is why newspapers before dawn and parcels in the
 * evening can be one (docs/decisions/0033).
 *
 * Not judged here, and to be judged by whoever employs: night work (section 6: the shorter reference period and the right
 * to be examined), Sundays and public holidays (sections 9 to 12), drivers of lorries (section 21a, Regulation (EC) 561/2006),
 * people under 18 (Jugendarbeitsschutzgesetz) and expectant mothers (Mutterschutzgesetz), collective agreements that depart
 * from the act (section 7), and who is self-employed, to whom the act does not apply. Leave and sickness, which count
 * neither way, are not known: their days count as days without work.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Section 5 (1). */
const REST_MS = 11 * HOUR_MS;
/** Of the 24 hours of a working day eleven are rest. */
const LONGEST_DAY_MS = DAY_MS - REST_MS;
/** Section 3, sentence 2. */
const MOST_A_DAY_MS = 10 * HOUR_MS;
/** Section 3, sentence 1. */
const USUAL_A_DAY_MS = 8 * HOUR_MS;
const AVERAGE_WEEKS = 24;
/** Monday to Saturday: the act counts working days, not days at work. */
const WORKING_DAYS_A_WEEK = 6;
const MOST_IN_AVERAGE_MS = AVERAGE_WEEKS * WORKING_DAYS_A_WEEK * USUAL_A_DAY_MS;
/** Section 4: a break of fewer minutes is none; nobody works longer than six hours in a row. */
const SHORTEST_BREAK_MS = 15 * MINUTE_MS;
const LONGEST_STRETCH_MS = 6 * HOUR_MS;
const LONG_DAY_MS = 9 * HOUR_MS;
/** How far ahead another start is looked for, and how finely. */
const SEARCH_MS = 14 * DAY_MS;
const STEP_MS = 15 * MINUTE_MS;

interface TimeSpan {
  /** ms */
  readonly from: number;
  readonly until: number;
}

/** A round, or any other work of the same person. */
export interface Work extends TimeSpan {
  /** Agreed beforehand, inside the work; they count as no work. */
  readonly breaks?: readonly TimeSpan[];
}

type LawRule = "overlap" | "rest" | "daily_hours" | "average_hours" | "breaks";

export interface LawRefusal {
  readonly rule: LawRule;
  /** Where it stands; null: nobody can be at two works at once. */
  readonly section: "3" | "4" | "5" | null;
  /** What there would be, ms: rest, work of the day, work of 24 weeks, breaks of the day; of an overlap how long it is. */
  readonly would_ms: number;
  /** What there must be at least, or may be at most. */
  readonly limit_ms: number;
  /** The first moment from the wished one on at which a round of this length is allowed; null = not within 14 days. */
  readonly earliestStartAt: number | null;
}

/**
 * @param round the new one
 * @param others all other work of the person that is known, of any employer, before and after
 * @returns null when the act allows it; otherwise what refuses it first, in the order overlap, rest, hours of the day, average, breaks
 */
export function refusalOf(round: Work, others: readonly Work[]): LawRefusal | null {
  const found = firstFault(round, others);
  return found && { ...found, earliestStartAt: earliestStart(round, others) };
}

type Fault = Omit<LawRefusal, "earliestStartAt">;

/** As `refusalOf`, without looking for another start: a thousandth of the work, for who asks about many rounds that stand. */
export function standingFault(round: Work, others: readonly Work[]): LawRefusal | null {
  const found = firstFault(round, others);
  return found && { ...found, earliestStartAt: null };
}

function firstFault(round: Work, others: readonly Work[]): Fault | null {
  const clash = others.find((one) => one.from < round.until && round.from < one.until);
  if (clash) {
    const would_ms = Math.min(clash.until, round.until) - Math.max(clash.from, round.from);
    return { rule: "overlap", section: null, would_ms, limit_ms: 0 };
  }
  const days = workingDays([...others, round]);
  const day = days.find((one) => one.includes(round));
  if (!day) return null;
  return restFault(day) ?? hoursFault(day) ?? averageFault(days, round) ?? breaksFault(day);
}

/** Work between two rests of eleven hours. */
function workingDays(works: readonly Work[]): readonly (readonly Work[])[] {
  const days: Work[][] = [];
  let endsAt = Number.NEGATIVE_INFINITY;
  for (const work of [...works].sort((a, b) => a.from - b.from)) {
    const last = days.at(-1);
    if (last && work.from - endsAt < REST_MS) last.push(work);
    else days.push([work]);
    endsAt = Math.max(endsAt, work.until);
  }
  return days;
}

const beginOf = (day: readonly Work[]): number => day[0]?.from ?? 0;
const endOf = (day: readonly Work[]): number => Math.max(...day.map(({ until }) => until));

/** Within 24 hours from its beginning there must be eleven of rest, so a working day ends after thirteen. */
function restFault(day: readonly Work[]): Fault | null {
  const length = endOf(day) - beginOf(day);
  if (length <= LONGEST_DAY_MS) return null;
  const pauses = day.slice(1).map((work, n) => work.from - (day[n]?.until ?? work.from));
  return { rule: "rest", section: "5", would_ms: Math.max(0, ...pauses), limit_ms: REST_MS };
}

function hoursFault(day: readonly Work[]): Fault | null {
  const worked = workedIn(day);
  if (worked <= MOST_A_DAY_MS) return null;
  return { rule: "daily_hours", section: "3", would_ms: worked, limit_ms: MOST_A_DAY_MS };
}

/** Who works longer than eight hours on a day must come to eight on average; every day whose 24 weeks hold the round is asked. */
function averageFault(days: readonly (readonly Work[])[], round: Work): Fault | null {
  for (const day of days) {
    if (workedIn(day) <= USUAL_A_DAY_MS) continue;
    const until = endOf(day);
    const from = until - AVERAGE_WEEKS * 7 * DAY_MS;
    if (round.until > until || round.from < from) continue;
    const within = days.flat().filter((work) => work.until > from && work.until <= until);
    const worked = workedIn(within);
    if (worked > MOST_IN_AVERAGE_MS)
      return { rule: "average_hours", section: "3", would_ms: worked, limit_ms: MOST_IN_AVERAGE_MS };
  }
  return null;
}

/** Thirty minutes for more than six hours, 45 for more than nine; a free time between two works is a break, too. */
function breaksFault(day: readonly Work[]): Fault | null {
  const worked = workedIn(day);
  const needed = worked > LONG_DAY_MS ? 45 * MINUTE_MS : worked > LONGEST_STRETCH_MS ? 30 * MINUTE_MS : 0;
  const stretches = stretchesOf(day);
  const pauses = stretches.slice(1).map(({ from }, n) => from - (stretches[n]?.until ?? from));
  const rested = pauses.reduce((sum, pause) => sum + pause, 0);
  const longest = Math.max(...stretches.map(({ from, until }) => until - from));
  if (rested < needed) return { rule: "breaks", section: "4", would_ms: rested, limit_ms: needed };
  if (longest > LONGEST_STRETCH_MS)
    return { rule: "breaks", section: "4", would_ms: longest, limit_ms: LONGEST_STRETCH_MS };
  return null;
}

/** Work without a break that counts. */
function stretchesOf(day: readonly Work[]): readonly TimeSpan[] {
  const parts = day.flatMap(workedParts).sort((a, b) => a.from - b.from);
  const joined: { from: number; until: number }[] = [];
  for (const { from, until } of parts) {
    const last = joined.at(-1);
    if (last && from - last.until < SHORTEST_BREAK_MS) last.until = Math.max(last.until, until);
    else joined.push({ from, until });
  }
  return joined;
}

/** A work without its breaks; one that is too short counts as work. */
function workedParts({ from, until, breaks = [] }: Work): readonly TimeSpan[] {
  const parts: TimeSpan[] = [];
  let begin = from;
  const counted = breaks.filter((one) => one.until - one.from >= SHORTEST_BREAK_MS);
  for (const one of [...counted].sort((a, b) => a.from - b.from)) {
    if (one.from > begin) parts.push({ from: begin, until: Math.min(one.from, until) });
    begin = Math.max(begin, one.until);
  }
  if (begin < until) parts.push({ from: begin, until });
  return parts;
}

function workedIn(works: readonly Work[]): number {
  return works.flatMap(workedParts).reduce((sum, { from, until }) => sum + until - from, 0);
}

/** Breaks move with their round. */
function movedTo(round: Work, at: number): Work {
  const by = at - round.from;
  const { breaks } = round;
  return {
    from: at,
    until: round.until + by,
    ...(breaks && { breaks: breaks.map(({ from, until }) => ({ from: from + by, until: until + by })) }),
  };
}

/** Ends of other work, eleven hours after them, and quarters of an hour. */
function earliestStart(round: Work, others: readonly Work[]): number | null {
  // Whatever the hour, its breaks or its length are wrong: no other start mends that.
  if (firstFault(round, []) !== null) return null;
  const last = round.from + SEARCH_MS;
  const near = others.filter(({ until }) => until + REST_MS > round.from && until < last);
  const ends = near.flatMap(({ until }) => [until, until + REST_MS]);
  const steps = Array.from({ length: SEARCH_MS / STEP_MS }, (_, n) => round.from + (n + 1) * STEP_MS);
  const starts = [...ends, ...steps].filter((at) => at > round.from && at <= last).sort((a, b) => a - b);
  // Only what lies within 24 weeks of any of these can matter.
  const span = AVERAGE_WEEKS * 7 * DAY_MS + SEARCH_MS;
  const relevant = others.filter(({ from, until }) => until > round.from - span && from < last + span);
  return starts.find((at) => firstFault(movedTo(round, at), relevant) === null) ?? null;
}

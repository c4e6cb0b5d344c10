import { seeded } from "../../machine/random.ts";
import type { Assumptions } from "./assumptions.ts";
import { type Cases, drawCases } from "./cases.ts";
import { type DayResult, runDay } from "./day.ts";
import type { Outcome } from "./outcome.ts";

/** How many cases a team can take before its customers wait too long. */

const DAYS = 5;
const FEWEST_A_DAY = 50;
/** Beyond it nobody is needed any more, and a ratio would say nothing. */
const MOST_A_DAY = 50_000;
/** The volume is found to a hundredth. */
const PRECISION = 0.01;
/** Days of one seed have seeds of their own. */
const STRIDE = 1_000;

export interface Week {
  readonly volume: number;
  readonly days: readonly DayResult[];
  readonly solvedPerHour: number;
  /** Of agents' work per case that came, minutes. */
  readonly workPerCase: number;
}

export interface Compared {
  readonly alone: Week;
  readonly helped: Week;
  /** Cases solved per agent hour, with a first level to without. */
  readonly ratio: number;
  /** With a first level, on the volume that the team bears alone. */
  readonly relieved: Week;
}

/** What a week's chance is made of. */
export interface Chance {
  readonly days: readonly Cases[];
  readonly outcomes: readonly Outcome[];
}

/** A week of chance: cases, and which messages of the list stand for the trade (drawn with replacement). */
export function drawWeek(seed: number, outcomes: readonly Outcome[], a: Assumptions): Chance {
  const random = seeded(seed);
  return {
    days: Array.from({ length: DAYS }, (_, day) => drawCases(seed * STRIDE + day, a.spread)),
    outcomes: outcomes.map(() => outcomes[Math.floor(random() * outcomes.length)] as Outcome),
  };
}

/** The same cases to the same team, with and without a first level, each at the highest volume that it bears. */
export function compare(week: Chance, a: Assumptions): Compared {
  const alone = highest(week, a, false);
  const helped = highest(week, a, true);
  return {
    alone,
    helped,
    ratio: helped.solvedPerHour / alone.solvedPerHour,
    relieved: runWeek(week, a, { volume: alone.volume, hasFirstLevel: true }),
  };
}

/** By doubling, then halving: more messages never make the waits shorter, but for chance. */
function highest(week: Chance, a: Assumptions, hasFirstLevel: boolean): Week {
  const bearsIt = (volume: number) => isInTime(runWeek(week, a, { volume, hasFirstLevel }), a);
  let breaks = FEWEST_A_DAY;
  while (breaks < MOST_A_DAY && bearsIt(breaks)) breaks *= 2;
  let bears = breaks / 2;
  while (breaks - bears > bears * PRECISION) {
    const volume = (bears + breaks) / 2;
    if (bearsIt(volume)) bears = volume;
    else breaks = volume;
  }
  return runWeek(week, a, { volume: bears, hasFirstLevel });
}

function isInTime({ days }: Week, { target, targetWait }: Assumptions): boolean {
  const waits = days.flatMap((day) => day.waits);
  return waits.filter((wait) => wait <= targetWait).length >= target * waits.length;
}

function runWeek(
  { days, outcomes }: Chance,
  a: Assumptions,
  { volume, hasFirstLevel }: { volume: number; hasFirstLevel: boolean },
): Week {
  const results = days.map((chance) => runDay({ chance, outcomes, volume, hasFirstLevel }, a));
  const sum = (pick: (day: DayResult) => number) => results.reduce((total, day) => total + pick(day), 0);
  const hours = days.length * a.agents * a.hours + sum((day) => day.overtimeHours);
  const cases = sum((day) => day.cases);
  return {
    volume,
    days: results,
    solvedPerHour: sum(({ solved }) => solved) / hours,
    workPerCase: cases === 0 ? 0 : sum(({ work }) => work) / cases,
  };
}

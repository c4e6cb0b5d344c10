import { addMonths, endOfMonth, isoDay, readDay } from "./dates.ts";

/** Reports on people begin at groups of this size: a smaller one would say what single persons did. */
export const LEAST_GROUP = 5;

/** What one rule did in one calendar month. */
export interface MonthWarned {
  readonly rule: string;
  readonly warned: number;
  readonly delivered: number;
  /** Persons, each once: warned, reached by at least one warning, and missed by at least one. */
  readonly persons: number;
  readonly reached: number;
  readonly missed: number;
}

/** What came of one rule in one calendar month. */
export interface MonthOutcome {
  readonly rule: string;
  readonly outcome: string;
  readonly count: number;
  readonly persons: number;
  readonly cents: number;
}

export interface GroupedReport {
  /** Of the groups that are shown, so that no sum gives away a hidden one. */
  costCents: number;
  earnedCents: number;
  rules: {
    rule: string;
    warned: number | null;
    delivered: number | null;
    outcomes: { outcome: string; count: number | null; cents: number | null }[];
  }[];
}

/** @returns the last so many whole months before `today`, first and last day; the running month grows day by day, so it waits */
export function wholeMonths(today: string, months: number): { from: string; to: string } {
  const first = endOfMonth(addMonths(readDay(today) ?? 0, -1)) + 1;
  return { from: isoDay(addMonths(first, -months)), to: isoDay(first - 1) };
}

/**
 * A group is what at least five persons did within one month; only such months are added up. So two periods that overlap
 * differ by months that are shown anyway. Null: there was something, in no month of enough persons. Pure.
 */
export function groupsOfFive(months: {
  readonly warned: readonly MonthWarned[];
  readonly outcomes: readonly MonthOutcome[];
}): GroupedReport {
  const rules = [...new Set([...months.warned, ...months.outcomes].map(({ rule }) => rule))].sort();
  const cents = months.outcomes.filter(isGroup);
  return {
    costCents: -sumOf(cents.map((one) => Math.min(0, one.cents))) || 0,
    earnedCents: sumOf(cents.map((one) => Math.max(0, one.cents))),
    rules: rules.map((rule) => ({
      rule,
      ...warnedOf(months.warned.filter((one) => one.rule === rule)),
      outcomes: outcomesOf(months.outcomes.filter((one) => one.rule === rule)),
    })),
  };
}

const isGroup = ({ persons }: { readonly persons: number }): boolean => persons >= LEAST_GROUP;
const isNoneOrGroup = (persons: number): boolean => persons === 0 || persons >= LEAST_GROUP;
const sumOf = (some: readonly number[]): number => some.reduce((all, one) => all + one, 0);

function warnedOf(months: readonly MonthWarned[]): { warned: number | null; delivered: number | null } {
  const shown = months.filter(isGroup);
  if (shown.length === 0)
    return months.length === 0 ? { warned: 0, delivered: 0 } : { warned: null, delivered: null };
  // The rest of a group is a group too, and both columns are about the same months.
  const isWhole = shown.every(({ reached, missed }) => isNoneOrGroup(reached) && isNoneOrGroup(missed));
  return {
    warned: sumOf(shown.map(({ warned }) => warned)),
    delivered: isWhole ? sumOf(shown.map(({ delivered }) => delivered)) : null,
  };
}

function outcomesOf(months: readonly MonthOutcome[]): GroupedReport["rules"][number]["outcomes"] {
  const names = [...new Set(months.map(({ outcome }) => outcome))].sort();
  return names.map((outcome) => {
    const shown = months.filter((one) => one.outcome === outcome && isGroup(one));
    if (shown.length === 0) return { outcome, count: null, cents: null };
    return {
      outcome,
      count: sumOf(shown.map(({ count }) => count)),
      cents: sumOf(shown.map((one) => one.cents)),
    };
  });
}

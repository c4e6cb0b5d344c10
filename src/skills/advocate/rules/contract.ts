import { addMonths, type Day } from "./dates.ts";
import { endOfPeriod, lastBeginning, type Period, possibleEnd } from "./periods.ts";
import { type Holidays, workingDaysBefore } from "./working-days.ts";

/** What a contract says about its own end. */
export interface ContractTerms {
  readonly start: Day;
  readonly minimumMonths: number;
  readonly notice: Period;
  /**
   * Months of each further term; "indefinite" = open-ended after the first (BGB section 309 no. 9, contracts since
   * 1 March 2022); null = it ends by itself.
   */
  readonly renewal: number | "indefinite" | null;
  /** Period of notice in the open-ended phase. */
  readonly postTermNotice: Period | null;
  /** The day on which a notice arrived. */
  readonly cancelled: Day | null;
}

export interface Cancellation {
  /** The last day of the term that can be ended, or that ends. */
  readonly termEnd: Day;
  /** The latest day on which a notice ends the contract with that term; null where none is needed any more. */
  readonly lastDay: Day | null;
  /** "renewing": silence prolongs it; "open": can be ended any day; "ending": it ends without a word. */
  readonly phase: "renewing" | "open" | "ending";
}

/**
 * Term k (from 0) ends on the day before start + minimumMonths + k x renewalMonths, counted from the start each time, so
 * that month ends do not drift; then at the end of the month or quarter where the notice must run to it.
 */
function termEnd(terms: ContractTerms, k: number): Day {
  const renewal = typeof terms.renewal === "number" ? terms.renewal : 0;
  const natural = addMonths(terms.start, terms.minimumMonths + k * renewal) - 1;
  return possibleEnd(natural, terms.notice);
}

/** The first term that a notice on `day` still ends. */
function nextTerm(terms: ContractTerms, day: Day): Cancellation {
  const first = termEnd(terms, 0);
  if (terms.renewal === null) return { termEnd: first, lastDay: null, phase: "ending" };
  const lastDay = lastBeginning(first, terms.notice);
  if (day <= lastDay) return { termEnd: first, lastDay, phase: "renewing" };
  if (terms.renewal === "indefinite") return openEnded(terms, day, first);
  return renewed(terms, terms.renewal, day);
}

function openEnded(terms: ContractTerms, day: Day, firstEnd: Day): Cancellation {
  const earliest = terms.postTermNotice ? endOfPeriod(day, terms.postTermNotice) : day;
  return { termEnd: Math.max(earliest, firstEnd), lastDay: day, phase: "open" };
}

const DAYS_A_MONTH_AT_MOST = 31;

function renewed(terms: ContractTerms, months: number, day: Day): Cancellation {
  // Terms far back are stepped over; from a safe one before, each is tried.
  const known = Math.floor((day - terms.start) / DAYS_A_MONTH_AT_MOST) - terms.minimumMonths;
  for (let k = Math.max(0, Math.floor(known / months) - 1); ; k++) {
    const end = termEnd(terms, k);
    const lastDay = lastBeginning(end, terms.notice);
    if (day <= lastDay) return { termEnd: end, lastDay, phase: "renewing" };
  }
}

/**
 * How this contract can be ended, seen from `today`. After a notice: the end that this notice brings, and no last day.
 * Sources: BGB sections 187, 188, 309 no. 9.
 */
export function cancellation(terms: ContractTerms, today: Day): Cancellation {
  if (terms.cancelled === null) return nextTerm(terms, today);
  return { ...nextTerm(terms, terms.cancelled), lastDay: null, phase: "ending" };
}

/** Working days before the last day to cancel on which the customer is warned. */
export const CONTRACT_STEPS = [30, 7, 1] as const;

/** The days of the warnings from `today` on, in order. In the open-ended phase nothing can be missed: none. */
export function warningDays({ lastDay, phase }: Cancellation, today: Day, holidays: Holidays): Day[] {
  if (lastDay === null || phase !== "renewing") return [];
  return CONTRACT_STEPS.map((step) => workingDaysBefore(lastDay, step, holidays)).filter(
    (day) => day >= today,
  );
}

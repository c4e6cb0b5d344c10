import { addMonths, type Day, endOfMonth, endOfQuarter } from "./dates.ts";

/** A period of notice: so many days, weeks or months, and where it must end. */
export interface Period {
  readonly count: number;
  readonly unit: "D" | "W" | "M";
  /** The contract can end at the end of a month or quarter only. */
  readonly endsAt: "any" | "month" | "quarter";
}

const PERIOD = /^(\d{1,4})([DWM])( EOM| EOQ)?$/;
const LONGEST: Readonly<Record<Period["unit"], number>> = { D: 3660, W: 520, M: 120 };
const ENDS = { " EOM": "month", " EOQ": "quarter" } as const;

/** Reads "3M", "14D", "6W EOM", "1M EOQ". @returns null for anything else and for more than ten years */
export function readPeriod(text: string): Period | null {
  const [, digits, unit, ends] = PERIOD.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return null;
  const period: Period = {
    count: Number(digits),
    unit: unit as Period["unit"],
    endsAt: ends === undefined ? "any" : ENDS[ends as keyof typeof ENDS],
  };
  return period.count <= LONGEST[period.unit] ? period : null;
}

/**
 * The day with which a period ends that begins with something happening on `day`: that day does not count (BGB
 * section 187, paragraph 1), weeks and months end on the day of the same name or number, or on the month's last
 * (section 188, paragraphs 2 and 3). Weekends and holidays change nothing: section 193 holds for declarations due by a
 * day, not for periods of notice (BGH, III ZR 172/04, of 17 February 2005).
 */
export function endOfPeriod(day: Day, { count, unit }: Period): Day {
  if (unit === "M") return addMonths(day, count);
  return day + (unit === "W" ? count * 7 : count);
}

/** The first day at or after `day` with which the contract may end. */
export function possibleEnd(day: Day, { endsAt }: Period): Day {
  if (endsAt === "month") return endOfMonth(day);
  return endsAt === "quarter" ? endOfQuarter(day) : day;
}

/** The latest day on which a period may begin that does not run past `end`. */
export function lastBeginning(end: Day, period: Period): Day {
  if (period.unit !== "M") return end - period.count * (period.unit === "W" ? 7 : 1);
  // Several days of a long month lead to the last of a short one; the greatest of them counts.
  const back = addMonths(end, -period.count);
  const month = endOfMonth(back);
  return addMonths(month, period.count) <= end ? month : back;
}

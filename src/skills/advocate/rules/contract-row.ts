import type { ContractTerms } from "./contract.ts";
import { type Day, readDay } from "./dates.ts";
import { type Period, readPeriod } from "./periods.ts";

/** A contract as a CSV file or the API writes it; every value is text, "" where there is none. */
export interface ContractText {
  readonly start: string;
  readonly minimumMonths: string;
  readonly noticePeriod: string;
  readonly renewalMonths: string;
  readonly postTermNotice: string;
  readonly cancelled: string;
}

export const CONTRACT_COLUMNS = [
  "start",
  "minimumMonths",
  "noticePeriod",
  "renewalMonths",
  "postTermNotice",
  "cancelled",
] as const satisfies readonly (keyof ContractText)[];

/** What cannot be read, in one sentence for the person who wrote the row. */
export class ContractFault extends Error {}

const LONGEST_MONTHS = 1200;
const MONTH_DAYS_AT_MOST = 31;

/** @throws ContractFault */
export function readContract(text: ContractText): ContractTerms {
  const renewal = renewalOf(text.renewalMonths.trim());
  const minimumMonths = monthsOf("minimumMonths", text.minimumMonths.trim());
  if (minimumMonths === 0 && renewal !== "indefinite")
    throw new ContractFault(
      "minimumMonths is 0: only a contract with renewalMonths=indefinite has no minimum term",
    );
  const postTermNotice = postTermOf(text.postTermNotice.trim(), renewal);
  return {
    start: dayOf("start", text.start.trim()),
    minimumMonths,
    notice: periodOf("noticePeriod", text.noticePeriod.trim()),
    renewal,
    postTermNotice,
    cancelled: text.cancelled.trim() === "" ? null : dayOf("cancelled", text.cancelled.trim()),
  };
}

function dayOf(column: string, text: string): Day {
  const day = readDay(text);
  if (day === null)
    throw new ContractFault(`${column} is no date of the calendar (YYYY-MM-DD): ${shown(text)}`);
  return day;
}

function monthsOf(column: string, text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) > LONGEST_MONTHS)
    throw new ContractFault(
      `${column} is no whole number of months from 0 to ${LONGEST_MONTHS}: ${shown(text)}`,
    );
  return Number(text);
}

function renewalOf(text: string): ContractTerms["renewal"] {
  if (text === "") return null;
  if (text === "indefinite") return text;
  const months = monthsOf("renewalMonths", text);
  if (months === 0)
    throw new ContractFault("renewalMonths is 0: leave it empty when the contract ends by itself");
  return months;
}

function periodOf(column: string, text: string): Period {
  const period = readPeriod(text);
  if (period === null)
    throw new ContractFault(
      `${column} is not a number with D, W or M and perhaps EOM or EOQ, e.g. "3M EOM": ${shown(text)}`,
    );
  return period;
}

/** BGB section 309 no. 9 lit. b: an open-ended contract can be ended any time with at most one month's notice. */
function postTermOf(text: string, renewal: ContractTerms["renewal"]): Period | null {
  if (text === "") {
    if (renewal === "indefinite")
      throw new ContractFault("postTermNotice is missing: renewalMonths=indefinite needs it");
    return null;
  }
  const period = periodOf("postTermNotice", text);
  if (renewal !== "indefinite") return period;
  const { count, unit, endsAt } = period;
  const days = unit === "M" ? count * MONTH_DAYS_AT_MOST : count * (unit === "W" ? 7 : 1);
  if (days > MONTH_DAYS_AT_MOST || endsAt !== "any")
    throw new ContractFault(
      `postTermNotice is longer than section 309 no. 9 BGB allows (any time, at most one month): ${shown(text)}`,
    );
  return period;
}

const SHOWN_CHARACTERS = 40;

function shown(text: string): string {
  return text === "" ? "it is empty" : JSON.stringify(text.slice(0, SHOWN_CHARACTERS));
}

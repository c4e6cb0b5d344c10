import type { Card } from "#kernel";
import { spokenClock, spokenMoney, windowTitle } from "../rules/spoken/spoken-window.ts";
import { type Priced, price, type Speaking, say } from "./words.ts";

/** What is promised, and the thirty-minute message, as cards where a channel draws them. */

/** Times are ms. */
export interface Arrival {
  readonly kind: "coming" | "again";
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly told: { readonly from: number; readonly until: number };
  /** What proves the hand-over; null = none. */
  readonly code: string | null;
}

const HOUR_MS = 3_600_000;

export function arrivalCard(speaking: Speaking, { kind, earliestAt, latestAt, told, code }: Arrival): Card {
  const clocks = (from: number, until: number) => ({
    from: spokenClock(speaking, from),
    until: spokenClock(speaking, until),
  });
  const lines = [
    say(speaking, "card.expected", clocks(told.from, told.until)),
    say(speaking, "card.promised", clocks(earliestAt, latestAt)),
  ];
  return {
    note: say(speaking, "card.ordered"),
    heading: say(speaking, `card.${kind}`),
    lines: code === null ? lines : [...lines, say(speaking, "card.code", { code })],
    linkTitle: say(speaking, "card.way"),
    line: lineOf(speaking, { earliestAt, latestAt, told }),
  };
}

/** @param owedMinor what is credited when the window is not kept; 0 = nothing is said of it */
export function bookedCard(
  speaking: Speaking,
  one: Priced & { readonly address: string },
  owedMinor: number,
): Card {
  const { earliestAt, latestAt, priceMinor, currency, address } = one;
  const foot = [say(speaking, "card.nothingToDo"), say(speaking, "card.change")];
  const owed = { amount: spokenMoney(speaking.language, owedMinor, currency) };
  return {
    note: "",
    // The hours stay on one line.
    heading: say(speaking, "card.booked", {
      window: windowTitle(speaking, one).replace("–", "\u2060–\u2060"),
    }),
    lines: [address, price(speaking, priceMinor, currency)],
    foot: owedMinor > 0 ? [...foot, say(speaking, "card.owed", owed)] : foot,
    linkTitle: "",
    line: lineOf(speaking, { earliestAt, latestAt, told: null }),
  };
}

interface OnLine {
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly told: Arrival["told"] | null;
}

/** Whole hours with one before and one after what is promised and expected. */
function lineOf(speaking: Speaking, { earliestAt, latestAt, told }: OnLine): Card["line"] {
  const begins = Math.floor(Math.min(earliestAt, told?.from ?? earliestAt) / HOUR_MS - 1) * HOUR_MS;
  const ends = Math.ceil(Math.max(latestAt, told?.until ?? latestAt) / HOUR_MS + 1) * HOUR_MS;
  const share = (at: number) => Math.round((1_000 * (at - begins)) / (ends - begins)) / 1_000;
  const hours = Array.from(
    { length: Math.round((ends - begins) / HOUR_MS) + 1 },
    (_, n) => begins + n * HOUR_MS,
  );
  return {
    ticks: hours.map((at) => ({ at: share(at), label: spokenClock(speaking, at) })),
    promised: [share(earliestAt), share(latestAt)],
    expected: told && [share(told.from), share(told.until)],
  };
}

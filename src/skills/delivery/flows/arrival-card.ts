import type { Card } from "#kernel";
import { spokenClock } from "../rules/spoken/spoken-window.ts";
import { type Speaking, say } from "./words.ts";

/** The thirty-minute message as a card, where a channel draws one. */

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

/** Whole hours with one before and one after what is promised and expected. */
function lineOf(
  speaking: Speaking,
  { earliestAt, latestAt, told }: Pick<Arrival, "earliestAt" | "latestAt" | "told">,
): Card["line"] {
  const begins = Math.floor(Math.min(earliestAt, told.from) / HOUR_MS - 1) * HOUR_MS;
  const ends = Math.ceil(Math.max(latestAt, told.until) / HOUR_MS + 1) * HOUR_MS;
  const share = (at: number) => Math.round((1_000 * (at - begins)) / (ends - begins)) / 1_000;
  const hours = Array.from(
    { length: Math.round((ends - begins) / HOUR_MS) + 1 },
    (_, n) => begins + n * HOUR_MS,
  );
  return {
    ticks: hours.map((at) => ({ at: share(at), label: spokenClock(speaking, at) })),
    promised: [share(earliestAt), share(latestAt)],
    expected: [share(told.from), share(told.until)],
  };
}

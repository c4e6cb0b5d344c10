import type { Format } from "./format.ts";
import type { Words } from "./words.ts";

/** "19 bis 21 Uhr" of a window. */
export function windowHours(
  { words, format }: { words: Words; format: Format },
  { earliestAt, latestAt }: { earliestAt: string; latestAt: string },
): string {
  return words.hours(format.hour(earliestAt), format.hour(latestAt));
}

/** "19:35 bis 20:05 Uhr" of a half-hour; one moment while the courier is at the door. */
export function expectedHours(
  { words, format }: { words: Words; format: Format },
  { from, until }: { from: string; until: string },
): string {
  return words.hours(format.clock(from), format.clock(until));
}

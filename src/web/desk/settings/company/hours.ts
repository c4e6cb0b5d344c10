import type { Company } from "#kernel/api";

export type Hours = Company["openingHours"];
export type Span = Pick<Hours[number], "from" | "to">;
/** 1 = Monday, as ISO 8601 counts. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

const clock = /^([01]?\d|2[0-4])(?:[:.h]?([0-5]\d))?$/;

/** "8", "8:30", "0830" as HH:MM; null when it is no time of day. 24:00 is the end of the day. */
export function readClock(text: string): string | null {
  const found = clock.exec(text.trim());
  if (!found) return null;
  const hours = (found[1] ?? "").padStart(2, "0");
  const minutes = found[2] ?? "00";
  return hours === "24" && minutes !== "00" ? null : `${hours}:${minutes}`;
}

export function spansOf(hours: Hours, weekday: number): Span[] {
  return hours.filter((each) => each.weekday === weekday).map(({ from, to }) => ({ from, to }));
}

/** The hours with one day's spans replaced. */
export function withDay(hours: Hours, weekday: number, spans: readonly Span[]): Hours {
  const rest = hours.filter((each) => each.weekday !== weekday);
  return [...rest, ...spans.map((span) => ({ weekday, ...span }))].sort(
    (a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from),
  );
}

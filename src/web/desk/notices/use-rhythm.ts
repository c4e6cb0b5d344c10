import type { Subscription } from "../../../skills/notices/api.ts";
import { useText } from "../text/use-text.ts";

const aMonday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** When a subscriber wants to hear of it, in words: days, hours, one message a day, a pause, an end. */
export function useRhythm(): (one: Subscription) => string[] {
  const { t, format } = useText();
  const name = new Intl.DateTimeFormat(format.locale, { weekday: "short", timeZone: "UTC" });
  const day = (weekday: number) => name.format(aMonday + (weekday - 1) * dayMs);
  return ({ window, digestAt, pausedUntil, expiresAt, endedAt, filters }) =>
    [
      ...Object.values(filters).flat(),
      window && `${spans(window.weekdays, day)} ${window.from}–${window.to}`,
      digestAt && t("topics.digestAt", { time: digestAt }),
      pausedUntil && t("topics.pausedUntil", { date: format.date(pausedUntil) }),
      endedAt && t("topics.endedOn", { date: format.date(endedAt) }),
      !endedAt && expiresAt && t("topics.until", { date: format.date(expiresAt) }),
    ].filter((part): part is string => Boolean(part));
}

/** "Mo–Fr", "Mo, Mi": days in a row as a span. */
function spans(weekdays: readonly number[], day: (weekday: number) => string): string {
  const sorted = [...weekdays].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; at += 1) {
    const first = sorted[at] ?? 1;
    let last = first;
    while (sorted[at + 1] === last + 1) {
      at += 1;
      last += 1;
    }
    parts.push(
      last - first > 1
        ? `${day(first)}–${day(last)}`
        : last > first
          ? `${day(first)}, ${day(last)}`
          : day(first),
    );
  }
  return parts.join(", ");
}

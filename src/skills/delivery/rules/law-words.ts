import { spokenClock, spokenDay } from "./spoken/spoken-window.ts";
import type { refusalOf } from "./working-hours.ts";

type LawRefusal = NonNullable<ReturnType<typeof refusalOf>>;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const hours = (ms: number): string => String(Math.round((ms / HOUR_MS) * 100) / 100);
const minutes = (ms: number): string => String(Math.round(ms / MINUTE_MS));

/** Why a round is refused, by section, and when the earliest one of its length may begin. */
export function lawFault(refusal: LawRefusal, timeZone: string): string {
  return `${reasonOf(refusal)} ${startOf(refusal, timeZone)}`;
}

function reasonOf({ rule, would_ms, limit_ms }: LawRefusal): string {
  switch (rule) {
    case "overlap":
      return `The courier has other work at that time, ${minutes(would_ms)} minutes of it.`;
    case "rest":
      return `Between two working days there must be ${hours(limit_ms)} hours of rest (ArbZG section 5); here ${hours(would_ms)} would be the longest.`;
    case "daily_hours":
      return `A working day has at most ${hours(limit_ms)} hours (ArbZG section 3); with the courier's other work it would have ${hours(would_ms)}.`;
    case "average_hours":
      return `In 24 weeks there may be ${hours(limit_ms)} hours on average (ArbZG section 3); with the courier's other work there would be ${hours(would_ms)}.`;
    case "breaks":
      return limit_ms >= HOUR_MS
        ? `Nobody works longer than ${hours(limit_ms)} hours without a break (ArbZG section 4); here it would be ${hours(would_ms)}.`
        : `The working day needs ${minutes(limit_ms)} minutes of breaks (ArbZG section 4); it has ${minutes(would_ms)}.`;
  }
}

function startOf({ earliestStartAt }: LawRefusal, timeZone: string): string {
  if (earliestStartAt === null) return "Plan a shorter round, divide it, or take another courier.";
  const speaking = { language: "en", timeZone } as const;
  return `The earliest start of such a round is ${spokenDay(speaking, earliestStartAt)}, ${spokenClock(speaking, earliestStartAt)}.`;
}

import { type Catalogue, type Turn, translate } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";

export const catalogue: Catalogue = { de, en };

/** A sentence of this skill to a customer. */
export function words(turn: Turn, key: string, values?: Readonly<Record<string, string | number>>): string {
  const { language } = turn.conversation;
  return translate(catalogue, { language, form: turn.tenant.formOfAddress }, key, values);
}

const LOCALES = { de: "de-DE", en: "en-GB" } as const;
const DAY_MS = 86_400_000;

/** "heute um 14:30 Uhr", "morgen zwischen 14:00 und 16:00 Uhr", "am 24.11. um 9:00 Uhr". */
export function spokenMoment(turn: Turn, at: number, until: number | null): string {
  const { language } = turn.conversation;
  const format = (options: Intl.DateTimeFormatOptions, ms: number) =>
    new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: turn.tenant.timeZone }).format(ms);
  const day = (ms: number) => format({ year: "numeric", month: "2-digit", day: "2-digit" }, ms);
  const clock = (ms: number) => format({ hour: "2-digit", minute: "2-digit" }, ms);
  const when =
    day(at) === day(turn.now)
      ? words(turn, "today")
      : day(at) === day(turn.now + DAY_MS)
        ? words(turn, "tomorrow")
        : words(turn, "onDay", { day: format({ weekday: "long", day: "numeric", month: "long" }, at) });
  return until === null
    ? words(turn, "atTime", { day: when, time: clock(at) })
    : words(turn, "betweenTimes", { day: when, from: clock(at), to: clock(until) });
}

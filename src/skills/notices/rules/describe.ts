import { type Language, translate } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { weekdaysOf } from "./choice.ts";
import { ALL_DAYS, clockOf, isWholeDay, type Rhythm } from "./rhythm.ts";
import { type KnownTopic, keyParameter } from "./wish.ts";

/** What was chosen, in words that a customer agrees to. */

export const catalogue = { de, en };
/** Monday. */
const SOME_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** "Mo–Fr, 06:00–09:00 Uhr"; "at any time" */
export function describeRhythm(rhythm: Rhythm, language: Language): string {
  const say = (key: string, values?: Record<string, string>) =>
    translate(catalogue, { language, form: "sie" }, key, values);
  const days = weekdaysOf(rhythm.weekdays);
  const parts: string[] = [];
  if (rhythm.weekdays !== ALL_DAYS) parts.push(spanOfDays(days, language));
  if (!isWholeDay(rhythm)) parts.push(say("hours", { from: clockOf(rhythm.from), to: clockOf(rhythm.to) }));
  if (parts.length === 0) parts.push(say("anyTime"));
  if (rhythm.digestAt !== null) parts.push(say("digestAt", { time: clockOf(rhythm.digestAt) }));
  if (rhythm.zone !== "") parts.push(say("inZone", { zone: placeOfZone(rhythm.zone) }));
  return parts.join(", ");
}

/** "America/New_York" -> "New York" */
const placeOfZone = (zone: string): string => zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;

/** Three and more in a row become a span. */
function spanOfDays(days: readonly number[], language: Language): string {
  const format = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const name = (day: number) => format.format(SOME_MONDAY + (day - 1) * DAY_MS);
  const first = days[0] ?? 1;
  const last = days.at(-1) ?? first;
  const isRow = days.length >= 3 && last - first === days.length - 1;
  return isRow ? `${name(first)}–${name(last)}` : days.map(name).join(", ");
}

/** "Störungen: U3, U6" or the title alone. */
export function describeTopic(topic: KnownTopic, values: readonly string[], language: Language): string {
  const title = titleOf(topic, language);
  const known = keyParameter(topic)?.values ?? [];
  const names = values
    .filter((value) => value !== "")
    .map((value) => {
      const label = known.find((one) => one.value === value)?.label;
      return (label && (label[language] || label.de || label.en)) || value;
    });
  return names.length > 0 ? `${title}: ${names.join(", ")}` : title;
}

export function titleOf(
  topic: { title: { de: string; en: string }; slug?: string },
  language: Language,
): string {
  return topic.title[language] || topic.title.de || topic.title.en || topic.slug || "";
}

import type { Language, TenantProfile } from "#kernel";
import { type PlaceholderValues, placeholdersIn } from "./fill.ts";
import type { Pack, Placeholder } from "./pack.ts";

/** The facts that answers of a pack still wait for, in the languages that the company answers in. */
export function missingFacts(
  { topics, placeholders }: Pack,
  languages: readonly Language[],
  values: PlaceholderValues,
): Placeholder[] {
  const missing = new Set(
    topics.flatMap(({ words }) =>
      languages.flatMap((language) =>
        placeholdersIn(words[language].answer).filter((name) => !values.get(name)?.[language]),
      ),
    ),
  );
  return placeholders.filter(({ name }) => missing.has(name));
}

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  de: ["montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags"],
  en: ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"],
};

/** What the settings of the company say already; a proposal that its owner sees before it is applied. */
export function suggestValues({
  openingHours,
  legal,
}: Pick<TenantProfile, "openingHours" | "legal">): PlaceholderValues {
  const values = new Map<string, Partial<Record<Language, string>>>();
  if (legal.privacy !== "") values.set("privacy_url", { de: legal.privacy, en: legal.privacy });
  if (openingHours.length > 0)
    values.set("opening_hours", { de: spoken(openingHours, "de"), en: spoken(openingHours, "en") });
  return values;
}

/** Days with the same hours stand together: "montags bis freitags von 9 bis 18 Uhr". */
function spoken(hours: TenantProfile["openingHours"], language: Language): string {
  const days = new Map<number, string[]>();
  for (const { weekday, from, to } of hours) {
    const time = language === "de" ? `von ${short(from)} bis ${short(to)} Uhr` : `from ${from} to ${to}`;
    days.set(weekday, [...(days.get(weekday) ?? []), time]);
  }
  const and = language === "de" ? " und " : " and ";
  const byTime = Map.groupBy(
    [...days].sort(([a], [b]) => a - b),
    ([, times]) => times.join(and),
  );
  return [...byTime]
    .map(
      ([time, list]) =>
        `${spokenDays(
          list.map(([day]) => day),
          language,
        )} ${time}`,
    )
    .join("; ");
}

/** @param days 1 to 7, rising; three and more in a row are named by the first and the last */
function spokenDays(days: readonly number[], language: Language): string {
  const name = (day: number | undefined) => WEEKDAYS[language][(day ?? 1) - 1] ?? "";
  const isRow =
    days.length > 2 && days.every((day, place) => place === 0 || day === (days[place - 1] ?? 0) + 1);
  const to = language === "de" ? "bis" : "to";
  return isRow ? `${name(days[0])} ${to} ${name(days.at(-1))}` : days.map(name).join(", ");
}

/** "09:00" -> "9", "09:30" -> "9:30" */
function short(time: string): string {
  return time.replace(/^0(?=\d)/, "").replace(/:00$/, "");
}

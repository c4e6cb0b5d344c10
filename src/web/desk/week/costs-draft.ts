import { type Assumptions, CATEGORIES, MARKETS } from "../../../skills/week/api/costs.ts";
import { readAmount, typedAmount } from "../business/amounts.ts";

/** The assumptions as they stand in the fields, and back. */

type Language = "de" | "en";
export const SUMS = [
  "machineMonthCents",
  "mailMonthCents",
  "domainYearCents",
  "staffHourCents",
  "minutesPerCase",
] as const;
export type Sum = (typeof SUMS)[number];
/** "de.marketing" or one of the sums -> what is typed */
export type CostsDraft = Readonly<Record<string, string>>;

const PLACES = { price: 4, cents: 2 } as const;
const priceKeys = MARKETS.flatMap((market) => CATEGORIES.map((category) => `${market}.${category}`));

export function draftOf(assumptions: Assumptions, language: Language): CostsDraft {
  const typed = (value: number, places: number) => typedAmount(value, { places, least: places, language });
  const prices = MARKETS.flatMap((market) =>
    CATEGORIES.map((category) => [
      `${market}.${category}`,
      typed(assumptions.templates[market][category], PLACES.price),
    ]),
  );
  const sums = SUMS.map((key) => [
    key,
    key === "minutesPerCase" ? String(assumptions[key]) : typed(assumptions[key], PLACES.cents),
  ]);
  return Object.fromEntries([...prices, ...sums]) as CostsDraft;
}

/** Is what stands in this field a price, a sum, or minutes? */
export function readField(key: string, text: string, language: Language): number | null {
  if (key === "minutesPerCase") return /^\d{1,3}$/.test(text.trim()) ? Number(text) : null;
  return readAmount(text, key.includes(".") ? PLACES.price : PLACES.cents, language);
}

/** @returns null while some field is no number */
export function assumptionsOf(draft: CostsDraft, language: Language): Assumptions | null {
  const read = (key: string) => readField(key, draft[key] ?? "", language);
  if ([...priceKeys, ...SUMS].some((key) => read(key) === null)) return null;
  const templates = Object.fromEntries(
    MARKETS.map((market) => [
      market,
      Object.fromEntries(CATEGORIES.map((category) => [category, read(`${market}.${category}`)])),
    ]),
  );
  const sums = Object.fromEntries(SUMS.map((key) => [key, read(key)]));
  return { ...sums, templates } as unknown as Assumptions;
}

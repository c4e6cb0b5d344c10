import { type Catalogue, type FormOfAddress, type Language, translate } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { spokenDay, spokenMoney } from "../rules/spoken.ts";

export const catalogue: Catalogue = { de, en };

/** How somebody is spoken to. */
export interface Voice {
  readonly language: Language;
  readonly form: FormOfAddress;
}

/** A sentence; days (…On, …Day) and money (…Cents) among the values are spoken. */
export function words(
  voice: Voice,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const spoken = Object.entries(values).map(
    ([name, value]) => [name, spokenValue(name, value, voice.language)] as const,
  );
  return translate(catalogue, voice, key, Object.fromEntries(spoken)).trim();
}

function spokenValue(name: string, value: string | number, language: Language): string | number {
  if (name.endsWith("Cents") && typeof value === "number") return spokenMoney(value, language);
  if (/(On|Day)$/.test(name) && typeof value === "string") return spokenDay(value, language);
  return value;
}

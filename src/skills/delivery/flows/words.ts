import { type Catalogue, type TenantProfile, translate } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import type { ChosenWindow } from "../plan/promises.ts";
import { type SpokenIn, spokenMoney, spokenWindow } from "../rules/spoken/spoken-window.ts";

export const catalogue: Catalogue = { de, en };

/** To whom is spoken, and on which clock. */
export interface Speaking extends SpokenIn {
  readonly tenant: TenantProfile;
}

type Values = Readonly<Record<string, string | number>>;

export function say(
  { tenant, language }: Pick<Speaking, "tenant" | "language">,
  key: string,
  values?: Values,
): string {
  return translate(catalogue, { language, form: tenant.formOfAddress }, key, values);
}

/** A sentence for colleagues, in the company's own language. */
export function teamWords(tenant: TenantProfile, key: string, values?: Values): string {
  return translate(catalogue, { language: tenant.language, form: tenant.teamFormOfAddress }, key, values);
}

/** What a price is called: "4,90 €", "ohne Aufpreis". */
export function price(
  speaking: Pick<Speaking, "tenant" | "language">,
  minor: number,
  currency: string,
): string {
  return minor === 0 ? say(speaking, "free") : spokenMoney(speaking.language, minor, currency);
}

export interface Priced extends ChosenWindow {
  readonly priceMinor: number;
  readonly currency: string;
}

/** Values that most sentences have: window, price, address. */
export function valuesOf(speaking: Speaking, one: Priced & { readonly address: string }) {
  return {
    window: spokenWindow(speaking, one),
    price: price(speaking, one.priceMinor, one.currency),
    address: one.address,
  };
}

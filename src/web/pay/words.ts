import type { Problem } from "../portal/words.ts";
import type { Failure } from "./client.ts";
import type { Pay, Provider } from "./contract.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

export type Language = "de" | "en";
export type Form = "sie" | "du";

/** Every sentence of the page, in one language and form of address. */
export interface Words {
  title: string;
  skip: string;
  otherLanguage: string;
  loading: string;
  imprint: string;
  privacy: string;
  runsOn: string;
  request: string;
  dueOn(day: string): string;
  expiresOn(day: string): string;
  partPaid(paid: string, amount: string): string;
  state: Record<Pay["state"], { title: string; text: string }>;
  pending: string;
  pay: Record<Provider, (amount: string) => string>;
  payText: string;
  waiting: string;
  transfer: {
    title: string;
    text: string;
    code: string;
    holder: string;
    iban: string;
    bic: string;
    amount: string;
    reference: string;
    referenceText: string;
    copy(what: string): string;
    copied(what: string): string;
    after: string;
  };
  receipt: { title(number: string): string; paidOn(day: string): string; load: string; loading: string };
  refunded(amount: string): string;
  question: string;
  conversation: string;
  asOf(clock: string): string;
  offline(clock: string): string;
  refresh: string;
  ended: Problem;
  noKey: Problem;
  unreachable: Problem;
  failures: Record<Exclude<Failure, "ended">, string>;
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en;
}

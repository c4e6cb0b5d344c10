import type { Failure } from "../customer-page/call.ts";
import type { Form, Language, LinkWords } from "../customer-page/words.ts";
import type { Pay, Provider } from "./contract.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

/** Every sentence of the page, in one language and form of address. */
export interface Words extends LinkWords {
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
  receipt: {
    title(number: string): string;
    paidOn(day: string): string;
    cancellation(number: string): string;
    cancels(number: string): string;
    load: string;
    loading: string;
  };
  refunded(amount: string): string;
  question: string;
  conversation: string;
  asOf(clock: string): string;
  offline(clock: string): string;
  refresh: string;
  failures: Record<Exclude<Failure, "ended"> | "service", string>;
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en;
}

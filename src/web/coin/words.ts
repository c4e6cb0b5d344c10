import type { Form, Language, LinkWords } from "../customer-page/words.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

export type { Language };

type Legal = "play" | "voucher" | "issuer";

/** Every sentence of the page, in one language and form of address. */
export interface Words extends LinkWords {
  play: string;
  question(name: string): string;
  answer: Record<"none" | "yes" | "stale" | "no", string>;
  reserve: string;
  supply: string;
  sentence(name: string, percent: string): string;
  nothingYet: string;
  statement: string;
  attestors: string;
  governors: string;
  kOfN(needed: number, members: number): string;
  asOf: string;
  none: string;
  check: string;
  checkText: string;
  series: string;
  seriesText: string;
  asTable: string;
  date: string;
  proofs: string;
  statementHash: string;
  sealed: string;
  sealedAt(at: string, total: string): string;
  notSealed: string;
  block(height: string): string;
  acceptors: string;
  noAcceptors: string;
  rules: string;
  ruleLines: readonly string[];
  legal: string;
  legalLines: Record<Legal, readonly string[]>;
}

export function wordsOf(language: Language, form: Form): Words {
  return language === "de" ? de(form) : en();
}

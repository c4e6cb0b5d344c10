import type { Language } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";

/** What a result means, as a sentence. @returns the result itself where it is none of the ledger's */
export function resultSentence(result: string, language: Language): string {
  const sentence = (language === "de" ? de : en)[result];
  return typeof sentence === "string" ? sentence : result;
}

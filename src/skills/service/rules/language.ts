import { fold, tokens } from "../engine/index.ts";
import { FUNCTION_WORDS, SAMPLE_WORDS } from "./language-words.ts";

export type Language = "de" | "en";

const GRAM = 3;
/** What a function word weighs against letter sequences; a word's letters weigh at most {@link MAX_LETTERS}. */
const FUNCTION_WORD = 2.5;
const MAX_LETTERS = 1.2;
const SAMPLE_WORD = 1.6;
/** A letter that only German has. */
const UMLAUT = 3;
/** Evidence that is enough for a sentence, and for one or two words, which are often names or product words. */
const ENOUGH = 1.5;
const ENOUGH_FOR_TWO_WORDS = 4;
const MAX_WORDS = 60;

const words = learnWords();
const grams = learnGrams();

/**
 * The language a customer writes in. One or two words decide only when they are unmistakable ("guten Tag", "thank you");
 * otherwise the language spoken so far stays.
 * @param fallback the conversation's language so far, or the tenant's
 */
export function detectLanguage(text: string, fallback: Language): Language {
  const list = tokens(fold(text)).slice(0, MAX_WORDS);
  let evidence = /[äöüß]/i.test(text) ? UMLAUT : 0;
  for (const word of list) evidence += words.get(word) ?? lettersOf(word);
  const needed = list.length <= 2 ? ENOUGH_FOR_TWO_WORDS : ENOUGH;
  if (evidence >= needed) return "de";
  if (evidence <= -needed) return "en";
  return fallback;
}

function lettersOf(word: string): number {
  if (word.length < 3 || /[0-9]/.test(word)) return 0;
  let sum = 0;
  const bordered = ` ${word} `;
  for (let i = 0; i + GRAM <= bordered.length; i++) sum += grams.get(bordered.slice(i, i + GRAM)) ?? 0;
  return Math.max(-MAX_LETTERS, Math.min(MAX_LETTERS, sum / 3));
}

function split(list: string): string[] {
  return list.split(/\s+/).filter((word) => word !== "");
}

/** Evidence for German above 0, for English below. */
function learnWords(): Map<string, number> {
  const learnt = new Map<string, number>();
  for (const word of split(SAMPLE_WORDS.de)) learnt.set(word, SAMPLE_WORD);
  for (const word of split(SAMPLE_WORDS.en)) learnt.set(word, -SAMPLE_WORD);
  for (const word of split(FUNCTION_WORDS.de)) learnt.set(word, FUNCTION_WORD);
  for (const word of split(FUNCTION_WORDS.en)) learnt.set(word, -FUNCTION_WORD);
  return learnt;
}

/** Log of how much likelier a sequence is in German, from the two samples, each count raised by one. */
function learnGrams(): Map<string, number> {
  const counts = { de: countGrams("de"), en: countGrams("en") };
  const learnt = new Map<string, number>();
  for (const gram of new Set([...counts.de.keys(), ...counts.en.keys()])) {
    learnt.set(gram, Math.log(((counts.de.get(gram) ?? 0) + 1) / ((counts.en.get(gram) ?? 0) + 1)));
  }
  return learnt;
}

function countGrams(language: Language): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of split(`${SAMPLE_WORDS[language]} ${FUNCTION_WORDS[language]}`)) {
    const bordered = ` ${word} `;
    for (let i = 0; i + GRAM <= bordered.length; i++) {
      const gram = bordered.slice(i, i + GRAM);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}

import { fold, tokens } from "../engine/index.ts";
import { FUNCTION_WORDS, SAMPLE_WORDS } from "./language-words.ts";

export type Language = "de" | "en";

const GRAM = 3;
/** Letters from a to z, and the border of a word. */
const SIGNS = 27;
const A = 97;
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
 * @param folded the text's folded words, where they are known already
 */
export function detectLanguage(
  text: string,
  fallback: Language,
  folded: readonly string[] = tokens(fold(text)),
): Language {
  const list = folded.slice(0, MAX_WORDS);
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
  for (let i = 0; i + GRAM <= bordered.length; i++) sum += grams[gramAt(bordered, i)] ?? 0;
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
function learnGrams(): Float64Array {
  const counts = { de: countGrams("de"), en: countGrams("en") };
  return counts.de.map((german, gram) => Math.log((german + 1) / ((counts.en[gram] as number) + 1)));
}

/** The place of three signs in a table; -1 where one of them is neither letter nor border. */
function gramAt(word: string, at: number): number {
  let gram = 0;
  for (let i = at; i < at + GRAM; i++) {
    const unit = word.charCodeAt(i);
    const sign = unit === 32 ? 0 : unit - A + 1;
    if (sign < 0 || sign >= SIGNS) return -1;
    gram = gram * SIGNS + sign;
  }
  return gram;
}

function countGrams(language: Language): Float64Array {
  const counts = new Float64Array(SIGNS ** GRAM);
  for (const word of split(`${SAMPLE_WORDS[language]} ${FUNCTION_WORDS[language]}`)) {
    const bordered = ` ${word} `;
    for (let i = 0; i + GRAM <= bordered.length; i++) {
      const gram = gramAt(bordered, i);
      if (gram >= 0) counts[gram] = (counts[gram] as number) + 1;
    }
  }
  return counts;
}

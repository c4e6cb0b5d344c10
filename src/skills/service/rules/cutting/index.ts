import { ownWords } from "./own-words.ts";

/** A sentence, or the half of one that asks on its own. */
export interface Part {
  readonly text: string;
  /** It asks or wishes; a statement is what a question is about. */
  readonly isQuestion: boolean;
  /** It is put beside another question: "und …", "außerdem …", "2. …". */
  readonly isAdded: boolean;
}

export interface CutText {
  /** The customer's own words. */
  readonly own: string;
  /** In order; those beyond {@link MOST_PARTS} are left to the whole. */
  readonly parts: readonly Part[];
}

export const MOST_PARTS = 8;
const FEWEST_WORDS = 2;

/** What a customer wrote, without what stands around it, and the questions it may hold. */
export function cutText(text: string): CutText {
  const own = ownWords(text);
  const parts = sentencesOf(own)
    .flatMap(clausesOf)
    .filter((part) => wordCount(part.text) >= FEWEST_WORDS)
    .slice(0, MOST_PARTS);
  return { own, parts };
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

const BORDER = /[.!?…]+(?=\s|$)|\n+|;\s|\s[-–•]\s(?=\p{Lu})/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:z\.\s?b|d\.\s?h|u\.\s?a|ca|nr|no|str|st|dr|fr|hr|mr|mrs|ms|bzw|usw|etc|inkl|exkl|zzgl|evtl|ggf|tel|max|min|vs|e\.g|i\.e|approx|art|best|mo|di|mi|do|sa|so|jan|feb|apr|aug|sept?|okt|oct|nov|dez|dec|\p{L}|\d{1,2})$/iu;

/** Splits where a sentence ends; "z. B.", "Nr. 5", "am 3. Dezember" and "10.30 Uhr" are no ends. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: border, index } of text.matchAll(BORDER)) {
    const isShortened = border === "." && ABBREVIATION.test(text.slice(start, index));
    if (isShortened) continue;
    const end = index + border.length;
    sentences.push(text.slice(start, end));
    start = end;
  }
  return [...sentences, text.slice(start)].filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

const ASKING =
  "wann|wo|wohin|woher|wie|wieviel|was|wer|welche[rsnm]?|warum|wieso|weshalb|womit|kann|kannst|können|könnt|könnten|könnte|habt|haben sie|hat|gibt|gibts|ist|sind|seid|darf|dürfen|muss|müssen|geht|nehmt|nehmen sie|liefert|liefern sie|verschickt|macht|when|where|how|what|which|who|why|can|could|do|does|did|is|are|have you|has|will|would|may";
const WISHING =
  "ich möchte|ich moechte|ich will|ich würde|ich wuerde|ich brauche|ich bräuchte|ich hätte gern|bitte|i want|i need|i'd like|i would like|please|let me know";
const NEXT_QUESTION = new RegExp(
  `(?:,\\s*|\\s+)(?:und|sowie|außerdem|ausserdem|zudem|and|plus)(?:\\s+(?:auch|noch|außerdem|dann|also|then))*\\s+(?=(?:${ASKING}|${WISHING.replaceAll("ich ", "(?:ich )?")})(?![\\p{L}]))`,
  "giu",
);
const QUESTION = new RegExp(
  `^\\s*(?:und |aber |ach |oh |also |and |but |so |ok |okay |außerdem |noch |dann |zweitens |erstens |[-•*\\d.)]+ )*(?:${ASKING}|${WISHING})(?![\\p{L}])`,
  "iu",
);

const ADDED =
  /^\s*(?:und|außerdem|ausserdem|zudem|zweitens|drittens|noch eine|dann noch|and|also|another|secondly|plus|[-•*]|[2-9][.)])(?![\p{L}])/iu;

/** "Wann habt ihr offen und wo ist mein Paket" asks twice. */
function clausesOf(sentence: string): Part[] {
  const clauses = isQuestion(sentence) ? sentence.split(NEXT_QUESTION) : [sentence];
  return clauses.map((clause, place) => ({
    text: clause.trim(),
    isQuestion: isQuestion(clause),
    isAdded: place > 0 || ADDED.test(sentence),
  }));
}

function isQuestion(text: string): boolean {
  return /\?\s*$/.test(text) || QUESTION.test(text);
}

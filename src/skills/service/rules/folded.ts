import { fold } from "../engine/index.ts";

/** Where something stands in a text, in UTF-16 units: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text as {@link fold} makes it, with the way back to the places of the original. */
export interface Folded {
  readonly text: string;
  /** The span of the original that a span of the folded text was made from. */
  original(span: Span): Span;
}

/** The longest text that is searched, in UTF-16 units. */
export const MAX_SEARCHED = 4_000;

const LETTER_WITH_MARKS = /\P{M}\p{M}*/gsu;
const APOSTROPHE = /^['’‘`´]$/u;
const LETTER = /\p{L}/u;

/** Folds letter by letter, because an umlaut becomes two letters and the places after it move. */
export function foldWithPlaces(text: string): Folded {
  const searched = text.slice(0, MAX_SEARCHED);
  let folded = "";
  /** For each unit of the folded text, where its letter begins and ends in the original. */
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of searched.matchAll(LETTER_WITH_MARKS)) {
    const [written] = match;
    const { index } = match;
    const after = searched[index + written.length] ?? "";
    const isInWord = APOSTROPHE.test(written) && LETTER.test(searched[index - 1] ?? "") && LETTER.test(after);
    const letters = isInWord ? "" : fold(written);
    folded += letters;
    for (let n = 0; n < letters.length; n++) {
      starts.push(index);
      ends.push(index + written.length);
    }
  }
  return {
    text: folded,
    original: ({ start, end }) => ({
      start: starts[start] ?? searched.length,
      end: end > start ? (ends[end - 1] ?? searched.length) : (starts[start] ?? searched.length),
    }),
  };
}

import { readAnswer } from "./answers.ts";
import { foldWords } from "./folded.ts";

/** The answer to "Hat mit Ihrer Lieferung alles geklappt?", where nothing is tapped. */

export interface Well {
  readonly answer: "good" | "bad";
  /** What was said beyond yes or no. */
  readonly words: string;
}

const MOST_GOOD_WORDS = 8;
const BEGINS_NO = /^\s*(?:nein|nee|nö|ne|no|nope|leider nicht|leider nein)(?!\p{L})[\s,.:;!–-]*/iu;
const BEGINS_YES =
  /^ (?:ja|jo|jep|yes|yep|alles (?:gut|bestens|super|prima|okay|ok)|hat (?:alles )?geklappt|all (?:good|fine|well)|perfekt|perfect) /;
/** A yes that goes on with one of these is none. */
const BUT = / (?:aber|nur|leider|jedoch|allerdings|but|except|however|unfortunately|nicht|not) /;

/** @returns null where it is no answer */
export function readWell(text: string): Well | null {
  const answer = readAnswer(text);
  if (answer === "yes") return { answer: "good", words: "" };
  if (answer === "no") return { answer: "bad", words: "" };
  const no = BEGINS_NO.exec(text);
  if (no) return { answer: "bad", words: text.slice(no[0].length).trim() };
  const said = foldWords(text);
  if (!BEGINS_YES.test(said)) return null;
  if (BUT.test(said)) return { answer: "bad", words: text.trim() };
  return said.trim().split(" ").length <= MOST_GOOD_WORDS ? { answer: "good", words: "" } : null;
}

import { withoutCode } from "./markdown.ts";

/** Words in italics in the handbook are words on the screen; a guide that names a button which is called otherwise is no help. Pure. */

const BOLD = /\*\*[^*]*\*\*/g;
const ITALIC = /(?<![\w*])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![\w*])/g;

/**
 * @param text Markdown; `*House, Channels*` is a way through two words
 * @param onScreen everything that the desk, the chat and the answers can say in this language
 * @returns words in italics that stand nowhere on the screen
 */
export function wordsOffScreen(text: string, onScreen: string): string[] {
  const plain = withoutCode(text).replace(BOLD, "");
  return [...plain.matchAll(ITALIC)]
    .map(([, words = ""]) => words.replace("\n", " "))
    .flatMap((words) => (onScreen.includes(words) ? [] : words.split(", ")))
    .filter((word) => !onScreen.includes(word));
}

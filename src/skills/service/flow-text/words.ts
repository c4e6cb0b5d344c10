import type { Place } from "./document.ts";
import type { Node } from "./lines.ts";

/** A word of a line, or a quoted value. */
export interface Word extends Place {
  readonly text: string;
  readonly isQuoted: boolean;
}

const WORD = /"((?:[^"\\]|\\.)*)"?|->|→|(?:(?!->|→)[^\s",])+|,/gu;

/** Splits a line into words; quotes hold a value together, a comma is a word of its own. */
export function wordsOf(node: Node, from = 0): Word[] {
  return [...node.text.slice(from).matchAll(WORD)].map((match) => {
    const isQuoted = match[0].startsWith('"');
    const text = isQuoted ? (match[1] ?? "").replace(/\\(.)/g, "$1") : match[0] === "→" ? "->" : match[0];
    return { text, isQuoted, line: node.line, column: node.column + from + match.index };
  });
}

const SIMPLE = /^[\p{L}\p{N}][\p{L}\p{N}_.@+-]*$/u;
const RESERVED = new Set([
  "and",
  "is",
  "not",
  "over",
  "under",
  "before",
  "after",
  "known",
  "missing",
  "open",
  "closed",
  "as",
]);

/** A value as the formatter writes it: bare where it is one plain word. */
export function quoteValue(value: string): string {
  if (SIMPLE.test(value) && !RESERVED.has(value) && !value.includes("->")) return value;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** Reads a line word by word. */
export class WordReader {
  private readonly words: readonly Word[];
  private at = 0;
  private readonly node: Node;

  constructor(node: Node) {
    this.node = node;
    this.words = wordsOf(node);
  }

  peek(): Word | undefined {
    return this.words[this.at];
  }

  next(): Word | undefined {
    const word = this.words[this.at];
    if (word) this.at++;
    return word;
  }

  /** Takes the word if it is this one. */
  take(text: string): boolean {
    const word = this.peek();
    if (!word || word.isQuoted || word.text !== text) return false;
    this.at++;
    return true;
  }

  get isAtEnd(): boolean {
    return this.at >= this.words.length;
  }

  /** Where the next word stands, or the line's end. */
  get place(): Place {
    return this.peek() ?? { line: this.node.line, column: this.node.column + this.node.text.length };
  }
}

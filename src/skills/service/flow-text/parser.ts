import { LIMITS, type Place, type Target, type Texts } from "./document.ts";
import { type Fault, fault } from "./faults.ts";
import type { Node } from "./lines.ts";
import type { Word, WordReader } from "./words.ts";

export const NAME = /^[a-z][a-z0-9_]{0,59}$/;

/** What all parts of the parser share: the faults found so far, and the ways to read a line. */
export class Parser {
  readonly faults: Fault[] = [];

  fail(place: Place, code: string, values: Fault["values"] = {}): void {
    if (this.faults.length < LIMITS.faults) this.faults.push(fault(place, code, values));
  }

  /** The next word as a name of ours; "" after a fault. */
  name(reader: WordReader, what: string): string {
    const { place } = reader;
    const word = reader.next();
    if (!word || word.isQuoted || !NAME.test(word.text)) {
      this.fail(place, word ? "badName" : "nameMissing", { what, found: word?.text ?? "" });
      return "";
    }
    return word.text;
  }

  /** `-> STEP` */
  target(reader: WordReader): Target {
    const { place } = reader;
    if (!reader.take("->")) this.fail(place, "arrowMissing", {});
    const at = reader.place;
    return { step: this.name(reader, "step"), line: at.line, column: at.column };
  }

  value(reader: WordReader): string {
    const { place } = reader;
    const word = reader.next();
    if (!word || (!word.isQuoted && (word.text === "->" || word.text === ","))) {
      this.fail(place, "valueMissing");
      return "";
    }
    return word.text;
  }

  number(reader: WordReader, range: { least: number; most: number }): number {
    const { place } = reader;
    const word: Word | undefined = reader.next();
    const value = Number(word?.text);
    if (!word || !/^\d{1,6}$/.test(word.text) || value < range.least || value > range.most) {
      this.fail(place, "numberExpected", range);
      return range.least;
    }
    return value;
  }

  /** Comma-separated names. */
  names(reader: WordReader, what: string): string[] {
    const found = [this.name(reader, what)];
    while (reader.take(",")) found.push(this.name(reader, what));
    return found.filter((name) => name !== "");
  }

  end(reader: WordReader): void {
    if (!reader.isAtEnd) this.fail(reader.place, "tooMuch", { found: reader.peek()?.text ?? "" });
  }

  noChildren(node: Node): void {
    const [child] = node.children;
    if (child) this.fail(child, "nothingBelow", { above: node.text.slice(0, 40) });
  }

  /**
   * The `de:` and `en:` lines below a node.
   * @param other what the other children are; without it they are faults
   */
  texts(node: Node, other?: (child: Node) => void): Texts {
    const found: { de?: string; en?: string } = {};
    for (const child of node.children) {
      const language = /^(de|en):(?:\s|$)/.exec(child.text)?.[1] as "de" | "en" | undefined;
      if (!language) {
        if (other) other(child);
        else this.fail(child, "languageExpected", { found: child.text.slice(0, 40) });
        continue;
      }
      if (found[language] !== undefined) this.fail(child, "twice", { what: `${language}:` });
      const words = child.block ?? child.text.slice(3).trim();
      if (words.length > LIMITS.textCharacters)
        this.fail(child, "textTooLong", { most: LIMITS.textCharacters, found: words.length });
      if (words !== "") found[language] = words;
      if (child.block === null) this.noChildren(child);
    }
    return found;
  }
}

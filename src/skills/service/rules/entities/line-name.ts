import { MAX_SEARCHED, type Span } from "../folded.ts";

export interface FoundLine extends Span {
  /** As the companies write it: "U3", "S1", "M5", "Bus 112", "RE 7". */
  readonly line: string;
}

/** Local trains write the letter close to the number, regional trains apart. */
const CLOSE = /(?<![\p{L}\d-])([usm])[\s-]?(?:bahn\s?)?(\d{1,3})(?![\p{L}\d]|[.,:]\d|-\d)/giu;
const APART = /(?<![\p{L}\d-])(RE|RB|RS|AKN|IC|ICE|IRE|MEX|STR)[\s-]?(\d{1,5})(?![\p{L}\d]|[.,:]\d)/gu;
const NAMED =
  /(?<![\p{L}\d])((?:nacht|metro|schnell|express|night)?bus|tram|straßenbahn|strassenbahn|fähre|ferry|u-?bahn|s-?bahn)(?:\s?linie| line| number| nr\.?)?\s?(?:([xnusm])\s?)?(\d{1,3})(?![\p{L}\d]|[.,:]\d|\s?(?:uhr|minuten|minutes|min|euro|€|km|stationen|stops))/giu;
const LINE = /(?<![\p{L}\d])(?:linie|line)\s?([a-z]{0,2})\s?(\d{1,3})(?![\p{L}\d]|[.,:]\d)/giu;

/** The first line of local transport in a text; two letters of a size or a floor ("S 38", "M") are none. */
export function findLine(text: string): FoundLine | undefined {
  const searched = text.slice(0, MAX_SEARCHED);
  const found = [readNamed(searched), readLine(searched), readClose(searched), readApart(searched)].filter(
    (one) => one !== undefined,
  );
  return found.sort((a, b) => a.start - b.start || b.end - a.end)[0];
}

function first(
  text: string,
  pattern: RegExp,
  nameOf: (match: RegExpExecArray) => string | undefined,
): FoundLine | undefined {
  for (const match of text.matchAll(pattern)) {
    const line = nameOf(match);
    if (line !== undefined) return { line, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

function readClose(text: string): FoundLine | undefined {
  return first(text, CLOSE, ([whole, letter = "", number = ""]) => {
    // "s 1" and "m 5" apart and in small letters are half sentences and sizes.
    const isApart = /\s/.test(whole) && !/bahn/i.test(whole);
    return isApart && letter !== letter.toUpperCase()
      ? undefined
      : `${letter.toUpperCase()}${Number(number)}`;
  });
}

function readApart(text: string): FoundLine | undefined {
  return first(text, APART, ([, kind = "", number = ""]) => `${kind} ${Number(number)}`);
}

function readLine(text: string): FoundLine | undefined {
  return first(text, LINE, ([, letters = "", number = ""]) =>
    /^(?:[usmxn]|re|rb|rs)?$/i.test(letters)
      ? `${letters.toUpperCase()}${letters.length === 2 ? " " : ""}${number}`
      : undefined,
  );
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^s-?bahn$/i, "S"],
  [/^u-?bahn$/i, "U"],
  [/bus$/i, "Bus "],
  [/^(?:tram|stra(?:ß|ss)enbahn)$/i, "Tram "],
  [/^(?:fähre|ferry)$/i, "Fähre "],
];

function readNamed(text: string): FoundLine | undefined {
  return first(text, NAMED, ([, kind = "", letter = "", number = ""]) => {
    const own = letter.toUpperCase();
    if (own === "U" || own === "S") return `${own}${number}`;
    const name = KINDS.find(([pattern]) => pattern.test(kind))?.[1] ?? "";
    return `${name}${own}${number}`;
  });
}

/** Text in a box: as large as it fits, over as many lines as there are, and cut with a sign where even the smallest is too wide. */

export interface Box {
  /** Points. */
  readonly width: number;
  readonly lines: number;
  /** Sizes that may be used, the largest first. */
  readonly sizes: readonly number[];
  /** Width of a text at a size, points. */
  measure(text: string, size: number): number;
}

export interface Fitted {
  readonly size: number;
  readonly lines: readonly string[];
}

export function fitText(text: string, box: Box): Fitted {
  for (const size of box.sizes) {
    const lines = wrap(text, size, box);
    if (lines.length <= box.lines && lines.every((line) => box.measure(line, size) <= box.width))
      return { size, lines };
  }
  const size = box.sizes.at(-1) ?? 1;
  const lines = wrap(text, size, box);
  const kept = lines.slice(0, box.lines);
  const last = kept.length - 1;
  const isCut = lines.length > box.lines;
  return {
    size,
    lines: kept.map((line, n) => cut(n === last && isCut ? `${line}…` : line, size, box)),
  };
}

/** By words; what is wider than a line by itself is left whole and cut later. */
function wrap(text: string, size: number, { width, measure }: Box): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(joined, size) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** Whole characters only. */
function cut(line: string, size: number, { width, measure }: Box): string {
  if (measure(line, size) <= width) return line;
  const letters = [...line.replace(/…$/, "")];
  while (letters.length > 1 && measure(`${letters.join("")}…`, size) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

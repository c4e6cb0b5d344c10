import type { Topic } from "../../../skills/service/api.ts";

type Example = Topic["examples"][number];

/** From this share of a line's letters on, it is taken for what an example said before. */
const likeEnough = 0.5;

/** Three letters at a time, with the ends of the line. */
function pieces(text: string): Set<string> {
  const padded = ` ${text.toLowerCase()} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/** White space as one space: the server keeps an example as one line. */
export function lineOf(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Lines with the ids of the examples that they are or were. A line that stands nowhere else gets the id of the example
 * that is gone from the editor and has most of its letters, so that a customer's words stay that customer's when they are
 * corrected, shortened, or parted in two.
 */
export function withIds(lines: readonly Example[], standing: readonly Example[]): Example[] {
  const keyOf = ({ language, text }: Example) => `${language} ${lineOf(text)}`;
  const ids = new Map(standing.map((example) => [keyOf(example), example.id]));
  const here = new Set(lines.map(keyOf));
  const gone = standing.filter((example) => example.id !== undefined && !here.has(keyOf(example)));
  const places = new Map<string, number[]>();
  gone.forEach(({ text }, place) => {
    for (const piece of pieces(lineOf(text))) places.set(piece, [...(places.get(piece) ?? []), place]);
  });
  const before = (line: Example): number | undefined => {
    const own = pieces(line.text);
    const shared = new Map<number, number>();
    for (const piece of own)
      for (const place of places.get(piece) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
    const [place, count] = [...shared].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0]);
    return count >= likeEnough * own.size ? gone[place]?.id : undefined;
  };
  return lines.map((line) => {
    const id = ids.has(keyOf(line)) ? ids.get(keyOf(line)) : before(line);
    return id === undefined ? line : { ...line, id };
  });
}

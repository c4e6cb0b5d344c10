/** Cutting titles to the few characters a button or a row has. */

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** A cut at a word's end is nicer, unless it throws away more than this part. */
const WORD_CUT_MIN = 0.6;

/** @returns at most `max` UTF-16 units, ending in "…" when cut; never half an emoji. */
export function cut(title: string, max: number): string {
  if (title.length <= max) return title;
  let kept = "";
  for (const { segment } of graphemes.segment(title.slice(0, max + max))) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  const space = kept.lastIndexOf(" ");
  if (space >= max * WORD_CUT_MIN && title[kept.length] !== " ") kept = kept.slice(0, space);
  return `${kept.trimEnd()}…`;
}

/** Cuts all titles and numbers those that became alike, because Meta refuses equal ones. */
export function cutUnique(titles: readonly string[], max: number): string[] {
  const seen = new Set<string>();
  return titles.map((title) => {
    let short = cut(title, max);
    for (let number = 2; seen.has(short); number += 1) {
      const mark = ` (${number})`;
      short = cut(title, max - mark.length) + mark;
    }
    seen.add(short);
    return short;
  });
}

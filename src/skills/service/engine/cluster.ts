import { reduce } from "./examples.ts";
import { tokens } from "./text.ts";
import { compareWithAll, openTextSpace, type TextSpace } from "./text-space.ts";

/** Texts that are probably about one thing. */
export interface Cluster {
  /** Two or three words that set it apart, as customers write them. */
  readonly label: string;
  /** Positions in the given list, the most typical first. */
  readonly members: readonly number[];
}

/** Two texts this alike may stand in one cluster; about half their telling words. */
const LINKED = 0.32;
const LEAST = 2;
const MOST_TEXTS = 5_000;
const LABEL_WORDS = 3;

/**
 * Groups unanswered questions: every text joins the texts it is most like, densest first (leaders, as in density
 * peaks: Rodriguez and Laio, Science 2014). Texts that are like no other stay out.
 * @param texts only the last 5,000 are looked at
 * @returns the largest first; the same texts give the same clusters
 */
export function cluster(texts: readonly string[], _options: { readonly seed: number }): readonly Cluster[] {
  const from = Math.max(0, texts.length - MOST_TEXTS);
  const recent = texts.slice(from);
  const space = openTextSpace(recent);
  const leaders = gather(space, recent.length);
  const groups = new Map<number, number[]>();
  leaders.forEach((leader, text) => {
    if (leader >= 0) groups.set(leader, [...(groups.get(leader) ?? []), text]);
  });
  return [...groups]
    .filter(([, members]) => members.length >= LEAST)
    .sort(([a, one], [b, two]) => two.length - one.length || a - b)
    .map(([leader, members]) => ({
      label: labelOf(recent, members),
      members: [leader, ...members.filter((member) => member !== leader)].map((member) => member + from),
    }));
}

/** The leader of each text, -1 where it has none. */
function gather(space: TextSpace, count: number): Int32Array {
  const cosines = new Float64Array(count);
  const density = new Float64Array(count);
  for (let text = 0; text < count; text++) {
    compareWithAll(space, text, cosines);
    for (const cosine of cosines) if (cosine >= LINKED) density[text] = (density[text] as number) + cosine;
  }
  const order = Array.from(density.keys()).sort(
    (a, b) => (density[b] as number) - (density[a] as number) || a - b,
  );
  const leaders = new Int32Array(count).fill(-1);
  for (const text of order) {
    if ((leaders[text] as number) >= 0) continue;
    compareWithAll(space, text, cosines);
    for (let other = 0; other < count; other++) {
      if ((leaders[other] as number) < 0 && (cosines[other] as number) >= LINKED) leaders[other] = text;
    }
  }
  return leaders;
}

/** The words that the cluster has more often than all texts do. */
function labelOf(texts: readonly string[], members: readonly number[]): string {
  const everywhere = countTexts(texts.map(reduce));
  const here = countTexts(members.map((member) => reduce(texts[member] as string)));
  const worth = [...here].map(([word, times]) => {
    const share = times / members.length;
    const rarity = Math.log((1 + texts.length) / (1 + (everywhere.get(word) ?? 0)));
    return { word, worth: share * rarity * Math.min(1, word.length / 5) };
  });
  worth.sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1));
  const best = worth.slice(0, LABEL_WORDS).map(({ word }) => word);
  const first = texts[members[0] as number] as string;
  return best.map((word) => asWritten(first, word) ?? word).join(" ");
}

function countTexts(reduced: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of reduced) {
    for (const word of new Set(text.split(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** The word as the customer wrote it, with capitals and umlauts. */
function asWritten(text: string, word: string): string | undefined {
  return text.split(/[^\p{L}\p{N}]+/u).find((one) => tokens(reduce(one)).join("") === word);
}

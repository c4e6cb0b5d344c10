import { editDistance } from "./edit-distance.ts";
import { fold, mendedKey, streetKey } from "./fold.ts";
import type { LatLon } from "./geocoder.ts";

/** A street of the list within one postcode and district; its houses are read apart. */
export interface StreetEntry extends LatLon {
  /** Its row. */
  readonly n: number;
  readonly name: string;
  readonly postcode: string;
  readonly locality: string;
  readonly district: string;
  /** Metres from its middle to the farthest house. */
  readonly radius_m: number;
  readonly houseCount: number;
}

/** Streets of one name that is close to what was typed. */
export interface StreetMatch {
  readonly key: string;
  /** Letters that are wrong; 0 for the same name. A part of a name, such as a first name left out, counts apart. */
  readonly distance: number;
  /** What was typed stands whole in a longer name. */
  readonly isPart: boolean;
  readonly streets: readonly StreetEntry[];
}

/** Names looked at letter by letter. */
const SHORTLIST = 24;
const MOST_MATCHES = 6;
/** Three letters that more than this share of names have, such as those of "str", say little. */
const SAYS_LITTLE = 0.12;
/** In a short list nothing says little. */
const FEW = 200;

/**
 * Names of a city's streets by their three-letter pieces, in memory: some 9,000 names in a city of two millions. A name
 * is found by one look-up when it is right, and else among the names that share most pieces with it.
 */
export class StreetIndex {
  /** The city's and its districts' names, folded. */
  readonly localities: ReadonlySet<string>;
  readonly postcodeDigits: number;
  readonly #keys: readonly string[];
  readonly #streets: ReadonlyMap<string, readonly StreetEntry[]>;
  readonly #postings = new Map<string, number[]>();
  readonly #counts: Uint8Array;

  constructor(entries: readonly StreetEntry[], names: readonly string[] = []) {
    const streets = new Map<string, StreetEntry[]>();
    const localities = new Set(names.map(fold));
    for (const entry of entries) {
      const key = streetKey(entry.name);
      const same = streets.get(key);
      if (same) same.push(entry);
      else streets.set(key, [entry]);
      localities.add(fold(entry.locality)).add(fold(entry.district));
    }
    localities.delete("");
    this.localities = localities;
    this.#streets = streets;
    this.#keys = [...streets.keys()];
    this.postcodeDigits = entries.find(({ postcode }) => postcode !== "")?.postcode.length ?? 5;
    for (const [at, key] of this.#keys.entries())
      for (const piece of new Set(pieces(key))) {
        const list = this.#postings.get(piece);
        if (list) list.push(at);
        else this.#postings.set(piece, [at]);
      }
    this.#counts = new Uint8Array(this.#keys.length);
  }

  /** Names in the index. */
  get size(): number {
    return this.#keys.length;
  }

  /** All streets, by postcode or district (folded): for places that are no street. */
  within({ postcode, locality }: { postcode?: string | null; locality?: string }): StreetEntry[] {
    return [...this.#streets.values()]
      .flat()
      .filter(
        (one) =>
          (!postcode || one.postcode === postcode) &&
          (!locality || fold(one.district) === locality || fold(one.locality) === locality),
      );
  }

  /** @returns streets of just this name: one look-up */
  named(key: string): StreetMatch | null {
    const streets = this.#streets.get(key);
    return streets ? { key, distance: 0, isPart: false, streets } : null;
  }

  /** @returns streets of the nearest names, the best first */
  near(key: string): StreetMatch[] {
    if (key.length < 3) return [];
    const mended = mendedKey(key);
    const found = [...this.#near(key, 0), ...(mended === null ? [] : this.#near(mended, 1))];
    found.sort(byCloseness);
    const keys = new Set<string>();
    return found.filter((match) => !keys.has(match.key) && keys.add(match.key)).slice(0, MOST_MATCHES);
  }

  /** @param wrong letters that were mended before */
  #near(key: string, wrong: number): StreetMatch[] {
    const most = Math.max(1, Math.min(4, Math.floor(key.length / 3))) - wrong;
    return this.#shortlist(key)
      .map((at) => this.#compare(key, this.#keys[at] as string, most))
      .filter((match): match is StreetMatch => match !== null)
      .map((match) => ({ ...match, distance: match.distance + wrong }));
  }

  #compare(key: string, other: string, most: number): StreetMatch | null {
    const streets = this.#streets.get(other) as readonly StreetEntry[];
    const distance = editDistance(key, other, most);
    if (distance <= most) return { key: other, distance, isPart: false, streets };
    const isPart = key.length >= 5 && other.includes(key);
    return isPart ? { key: other, distance: other.length - key.length, isPart, streets } : null;
  }

  /** Names that share most pieces, by the share of all pieces of both (Dice). */
  #shortlist(key: string): number[] {
    const counts = this.#counts;
    const touched: number[] = [];
    const mine = [...new Set(pieces(key))];
    const common = Math.max(FEW, this.#keys.length * SAYS_LITTLE);
    const known = mine.filter((piece) => this.#postings.has(piece));
    const telling = known.filter((piece) => (this.#postings.get(piece)?.length ?? 0) <= common);
    for (const piece of telling.length > 1 ? telling : known)
      for (const at of this.#postings.get(piece) ?? []) {
        if (counts[at] === 0) touched.push(at);
        (counts[at] as number)++;
      }
    const score = (at: number) =>
      (2 * (counts[at] as number)) / (mine.length + (this.#keys[at] as string).length);
    // Of thousands that share a piece or two only those are sorted that share half of what the best one does.
    const most = touched.reduce((best, at) => Math.max(best, counts[at] as number), 0);
    const best = touched
      .filter((at) => 2 * (counts[at] as number) >= most)
      .map((at) => [at, score(at)] as const)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, SHORTLIST)
      .map(([at]) => at);
    for (const at of touched) counts[at] = 0;
    return best;
  }
}

/** Whole names before parts of names, then by wrong letters. */
const byCloseness = (a: StreetMatch, b: StreetMatch): number =>
  Number(a.isPart) - Number(b.isPart) || a.distance - b.distance || order(a.key, b.key);

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function pieces(key: string): string[] {
  const framed = `  ${key} `;
  return Array.from({ length: framed.length - 2 }, (_, at) => framed.slice(at, at + 3));
}

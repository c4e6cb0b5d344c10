/** What every kind of source is read into. */

/** `feed` is RSS 2.0, Atom or JSON Feed, told apart by what it holds. */
export type SourceKind = "feed" | "gtfs_rt" | "ical" | "csv" | "webhook" | "api";

/** The same words in the languages the source has them in. */
export interface Words {
  readonly de: string | null;
  readonly en: string | null;
}

/** One alert, article or appointment. */
export interface SourceItem {
  /** Its identity within the source; kept through updates. */
  readonly id: string;
  readonly title: Words;
  /** Plain text, never markup. */
  readonly text: Words;
  readonly link: string | null;
  /** ms since the epoch, as the other times. */
  readonly publishedAt: number | null;
  /** Of what it tells about, e.g. the closure of a line. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  /** What it is about, by parameter: `line` -> ["U3"], `stop`, `category`, `location`; GTFS also `route_id`, `stop_id`. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly isCancelled: boolean;
}

/** Each has a sentence of its own in the catalogue (`sourceProblem_...`). */
export const PROBLEM_CODES = [
  "broken",
  "empty",
  "unknown_format",
  "syntax",
  "too_many_items",
  "too_many_values",
  "no_text",
  "other_language",
  "stale",
  "row",
  "bad_time",
  "unknown_zone",
  "endless_rule",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Something that could not be read as meant; `place` names it (a line, an id), never its words. */
export interface Problem {
  readonly code: ProblemCode;
  readonly place: string;
}

export interface SourceRead {
  readonly items: readonly SourceItem[];
  readonly problems: readonly Problem[];
  /** Nothing could be read: what was known before stays as it is. */
  readonly isBroken: boolean;
  /** The source lists everything that is so: what is missing is over. */
  readonly isComplete: boolean;
  /** Ids of what the source says is over. */
  readonly ended: readonly string[];
}

/** What a reader needs to know beside the bytes. */
export interface ReadSetting {
  /** Language of words that do not say theirs. */
  readonly language: "de" | "en";
  /** Zone of times that do not say theirs. */
  readonly timeZone: string;
  readonly now: number;
  /** From the answer's Content-Type, when it named one. */
  readonly charset?: string | null;
}

const ITEMS_MAX = 5_000;
export const ID_CHARS = 300;
export const TITLE_CHARS = 300;
export const TEXT_CHARS = 10_000;
const LINK_CHARS = 2_000;
/** An alert may name every stop of a network. */
export const VALUES_MAX = 10_000;
export const VALUE_CHARS = 200;
/** More of them say nothing new. */
const PROBLEMS_MAX = 50;

/** Nothing to take, and why. */
export function broken(code: ProblemCode, place = ""): SourceRead {
  return { items: [], problems: [{ code, place }], isBroken: true, isComplete: false, ended: [] };
}

/** Gathers a reader's items and problems within the limits. */
export class Gathering {
  readonly items: SourceItem[] = [];
  readonly problems: Problem[] = [];

  /** @returns false when the limit is reached: stop reading */
  add(item: SourceItem): boolean {
    if (this.items.length >= ITEMS_MAX) {
      this.fault("too_many_items", String(ITEMS_MAX));
      return false;
    }
    const id = printable(item.id.slice(0, ID_CHARS));
    if (id === "") this.fault("no_text", "id");
    else this.items.push({ ...item, id });
    return true;
  }

  fault(code: ProblemCode, place: string): void {
    if (this.problems.length < PROBLEMS_MAX)
      this.problems.push({ code, place: printable(place).slice(0, 120) });
  }

  done(isComplete: boolean, ended: readonly string[] = []): SourceRead {
    return {
      items: this.items,
      problems: this.problems,
      isBroken: false,
      isComplete,
      ended: ended.map(printable),
    };
  }
}

/** What PostgreSQL and a page can hold: no control characters, no halves of characters. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}

/** Words in one language. */
export function wordsIn(language: "de" | "en", text: string): Words {
  const words = text === "" ? null : text;
  return language === "de" ? { de: words, en: null } : { de: null, en: words };
}

export function hasWords({ de, en }: Words): boolean {
  return de !== null || en !== null;
}

/** Only pages: a customer taps it. @returns the address, or null */
export function pageLink(link: string | null | undefined): string | null {
  const text = link?.trim() ?? "";
  if (text.length > LINK_CHARS || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href;
}

/** Without doubles and empty ones, cut to their length, in the order they came. */
export function valuesOf(given: Iterable<string>): string[] {
  const values = new Set<string>();
  for (const one of given) {
    const value = printable(one.replace(/\s+/g, " ")).slice(0, VALUE_CHARS).toWellFormed();
    if (value !== "") values.add(value);
    if (values.size >= VALUES_MAX) break;
  }
  return [...values];
}

/** @returns ms since the epoch, or null for a text that is no time (RFC 822, RFC 3339) */
export function timeOf(text: string | null | undefined): number | null {
  if (!text) return null;
  const ms = Date.parse(text.trim());
  return Number.isFinite(ms) ? ms : null;
}

/** What a customer's words hold: a number, a postcode, a day, a name, a code. */

/** Words that say that a postcode follows. */
const POSTCODE_WORD = /\b(?:plz|postleitzahl|postcode|post code|zip(?: ?code)?)\b\W{0,3}/iu;
/** Great Britain, the Netherlands, then what is only digits (Germany, Austria, Switzerland and most others). */
const POSTCODE =
  /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b\d{4}\s?[A-Z]{2}\b|(?<![\w/-])(?:(?:DE?|AT?|CH)-)?\d{4,5}(?![\w/-]|[.,]\d)/giu;

/** A number with letters before one of digits alone, a long one before a short one, then the first. */
function weightOf(word: string): number {
  const digits = word.replace(/\D/g, "").length;
  if (digits === 0 || word.length > 80 || DATE.test(word)) return 0;
  if (/\p{L}/u.test(word) && digits >= 2) return 3;
  return digits >= 3 ? 2 : 1;
}
const DATE = /^\d{1,2}\.\d{1,2}(?:\.\d*)?$/;

/** The word that is most like a number of an order; letters before it that stand alone belong to it: "HK 4711". */
export function readReference(text: string): string | null {
  const words = text.replace(POSTCODE_WORD, " ").split(/[\s,;:!?()"„“]+/u);
  let best = { word: "", weight: 0 };
  for (const [n, raw] of words.entries()) {
    const bare = raw.replace(/^[^\p{L}\p{N}#]+|[^\p{L}\p{N}]+$/gu, "");
    const before = words[n - 1] ?? "";
    const word = /^\d+$/.test(bare) && /^[A-Z]{1,3}$/.test(before) ? `${before}-${bare}` : bare;
    const weight = weightOf(word);
    if (weight > best.weight) best = { word, weight };
  }
  return best.weight > 0 ? best.word : null;
}

/** A number that follows a word for it, and at least three digits: amounts and days are none. */
const NAMED =
  /\b(?:bestell(?:ung|nummer|nr)|auftrag(?:snummer)?|order|nummer|nr|number|no)\b[\s.:#-]{0,3}((?:\p{L}{1,6}-|(?!(?:ab|am|an|at|by|im|in|is|on|to|um|zu)\s)\p{L}{1,2}\s?)?\d[\p{L}\d-]{2,39})(?![.,]\d)/iu;

/**
 * A number in a whole question, where other numbers may stand as well: after a word for it, or with letters of its own, such
 * as HK-4711.
 */
export function readNamedReference(text: string): string | null {
  const named = NAMED.exec(text)?.[1];
  if (named) return named;
  const found = readReference(text);
  return found !== null && /^#?\p{L}{1,6}[-/]?\d{3,}$/u.test(found) ? found : null;
}

/**
 * @param reference the number that is meant already, which is no postcode
 * @param mustBeNamed only after a word such as "PLZ": other numbers may be anything
 */
export function readPostcode(
  text: string,
  { reference, mustBeNamed }: { reference: string; mustBeNamed: boolean },
): string | null {
  const named = POSTCODE_WORD.exec(text);
  if (!named && mustBeNamed) return null;
  const rest = named ? text.slice(named.index + named[0].length) : text;
  const digits = reference.replace(/\D/g, "");
  const found = [...rest.matchAll(POSTCODE)].map(([one]) => one).filter((one) => one !== digits || named);
  return found[0] ?? null;
}

/** "20095 Hamburg": a place may stand behind it, and nothing else. */
const PLACE_BEHIND = /^(?:[\s,]+\p{L}[\p{L}.'’-]*){0,3}[\s.!]*$/u;

/** The postcode of a message that holds nothing else, as it follows a number in a second message; null for any other. */
export function readPostcodeAlone(text: string): string | null {
  const rest = text.replace(POSTCODE_WORD, "").trim();
  const [found] = [...rest.matchAll(POSTCODE)];
  return found?.index === 0 && PLACE_BEHIND.test(rest.slice(found[0].length)) ? found[0] : null;
}

/** Digits alone, as long as a postcode: whoever sends two numbers in two messages may begin with it. */
export function mayBePostcode(reference: string): boolean {
  return /^\d{4,5}$/.test(reference);
}

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ["januar", "january", "jan"],
    ["februar", "february", "feb"],
    ["märz", "march", "mar", "maerz"],
    ["april", "apr"],
    ["mai", "may"],
    ["juni", "june", "jun"],
    ["juli", "july", "jul"],
    ["august", "aug"],
    ["september", "sep", "sept"],
    ["oktober", "october", "okt", "oct"],
    ["november", "nov"],
    ["dezember", "december", "dez", "dec"],
  ].flatMap((names, n) => names.map((name) => [name, n + 1] as const)),
);

/**
 * A day as people write it: 24.11., 24.11.2026, 2026-11-24, 24. November, morgen, tomorrow.
 * @param today YYYY-MM-DD where the company is; a day without a year is the nearest that is not long past
 */
export function readDay(text: string, today: string): string | null {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(text);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const spoken = /\b(heute|today|übermorgen|morgen|tomorrow)\b/iu.exec(text)?.[1]?.toLowerCase();
  if (spoken) return addDays(today, spoken === "übermorgen" ? 2 : /heute|today/.test(spoken) ? 0 : 1);
  const dotted = /\b(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?/.exec(text);
  if (dotted) return withYear(Number(dotted[2]), Number(dotted[1]), { year: dotted[3], today });
  const named = /\b(\d{1,2})\.?\s+(\p{L}+)\.?(?:\s+(\d{4}))?/u.exec(text) ?? swapped(text);
  const month = MONTHS[named?.[2]?.toLowerCase() ?? ""];
  return named && month ? withYear(month, Number(named[1]), { year: named[3], today }) : null;
}

/** "November 24" */
function swapped(text: string): [string, string, string, string | undefined] | null {
  const found = /\b(\p{L}{3,9})\s+(\d{1,2})(?:\D+(\d{4}))?\b/u.exec(text);
  return found && [found[0], found[2] as string, found[1] as string, found[3]];
}

function withYear(
  month: number,
  day: number,
  { year, today }: { year: string | undefined; today: string },
): string | null {
  if (year) return valid(Number(year.length === 2 ? `20${year}` : year), month, day);
  const now = Number(today.slice(0, 4));
  const here = valid(now, month, day);
  return here !== null && here < addDays(today, -180) ? valid(now + 1, month, day) : here;
}

function valid(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return at.toISOString().slice(0, 10);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const BEFORE_NAME =
  /^(?:(?:ich )?heiße|ich bin|mein name ist|(?:auf den )?namen?|my name is|i am|i'm|it's)\s+/iu;

/** A name has letters and few words; "keine Ahnung, wann war das?" is none. */
export function readName(text: string): string | null {
  const name = text
    .trim()
    .replace(BEFORE_NAME, "")
    .replace(/[.!]+$/, "");
  return name.length <= 80 && /^\p{L}[\p{L}\s.'’-]+$/u.test(name) && name.split(/\s+/).length <= 5
    ? name
    : null;
}

/** Six digits, in whatever groups they are typed. */
export function readCode(text: string): string | null {
  const digits = /(?<!\d)\d(?:[\s-]?\d){5}(?!\d)/.exec(text)?.[0].replace(/\D/g, "");
  return digits ?? null;
}

export function wantsNewCode(text: string): boolean {
  return /\b(?:neue[nrs]?|new|another|noch ein(?:en)?)\b.*\bcode\b/iu.test(text);
}

const STOP =
  /^\W*(?:abbrechen|abbruch|vergiss es|egal|stopp?|lass gut sein|cancel|never ?mind|forget it)\W*$/iu;

export function wantsToStop(text: string): boolean {
  return STOP.test(text);
}

/** Somebody who writes so much has asked something else. */
export function isAnotherMatter(text: string): boolean {
  return text.split(/\s+/).length > 4 || /\?\s*$/.test(text);
}

import { type EntityKind, findEntities } from "../entities/index.ts";
import type { Language } from "../language.ts";

/**
 * Takes what tells one person from another out of a text: names, addresses, numbers give place to words in brackets. It
 * finds what has a form (the entity finders), the names of who wrote, and names behind words that announce one; a name
 * in the middle of a sentence that nobody in the file bears may stay, so a person reads before anything is kept.
 */

type Place =
  | "name"
  | "email"
  | "phone"
  | "iban"
  | "order"
  | "postcode"
  | "street"
  | "number"
  | "date"
  | "link";

const WORDS: Readonly<Record<Language, Readonly<Record<Place, string>>>> = {
  de: {
    name: "[Name]",
    email: "[E-Mail]",
    phone: "[Telefon]",
    iban: "[IBAN]",
    order: "[Nummer]",
    postcode: "[PLZ]",
    street: "[Straße]",
    number: "[Nummer]",
    date: "[Datum]",
    link: "[Link]",
  },
  en: {
    name: "[name]",
    email: "[e-mail]",
    phone: "[phone]",
    iban: "[IBAN]",
    order: "[number]",
    postcode: "[postcode]",
    street: "[street]",
    number: "[number]",
    date: "[date]",
    link: "[link]",
  },
};

const HIDDEN: readonly EntityKind[] = ["email", "iban", "phone", "order", "postcode"];

export interface PseudonymContext {
  readonly language: Language;
  /** Names of who takes part; taken out wherever they stand. */
  readonly names: readonly string[];
  /** Names of everybody in the file, folded to lower case; taken out where they begin with a capital. */
  readonly everybody: ReadonlySet<string>;
  /** Words, addresses and numbers that are the company's own and stay, as {@link valuesIn} gives them. */
  readonly keep: ReadonlySet<string>;
}

/** Only which digits are a date depends on it, and every one of them is looked at the same way. */
const TIME = { now: new Date(0), timeZone: "UTC" } as const;

const LINK = /\bhttps?:\/\/[^\s<>"')\]]+|\bwww\.[^\s<>"')\]]+/giu;
const STREET_DE =
  /(?<![\p{L}\d])(?:(?:am|an der|auf der|auf dem|im|zum|zur|alte[rn]?|neue[rn]?|große[rn]?|kleine[rn]?) )?[\p{L}.-]{2,40}(?:stra(?:ß|ss)e|str\.?|weg|platz|gasse|allee|ring|damm|ufer|chaussee|stieg|twiete|hof)(?:\s|,\s?)\d{1,4}\s?[a-z]?(?![\p{L}\d])/giu;
const STREET_DE_TWO =
  /(?<![\p{L}\d])\p{Lu}[\p{L}.-]{2,40}[ -](?:Straße|Strasse|Str\.?|Weg|Platz|Gasse|Allee|Ring|Damm|Ufer|Chaussee)\s\d{1,4}\s?[a-z]?(?![\p{L}\d])/gu;
const STREET_EN =
  /(?<![\p{L}\d])\d{1,4}[a-z]?,?\s(?:\p{L}[\p{L}'-]{1,30}\s){1,3}(?:street|st|road|rd|avenue|ave|lane|close|drive|way|court|terrace|crescent|gardens|square|place)(?![\p{L}])\.?/giu;
const POSTCODE_UK = /(?<![\p{L}\d])[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?![\p{L}\d])/giu;
const TOWN = /(\[(?:PLZ|postcode)\])\s\p{Lu}[\p{L}-]{2,30}(?:\s(?:am|an der|im|ob der)\s\p{Lu}\p{L}+)?/gu;
const DATE = /(?<!\d)\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)\d{2}(?!\d)/gu;
/** Four digits stay: years, times, and models are no persons. */
const LONG_NUMBER =
  /(?<![\p{L}\d[])(?=[\d\p{L}/-]*\d{2}[\d\p{L}/-]*\d)[\p{L}]{0,4}[-/]?\d[\d/ -]{3,30}\d(?![\p{L}\d])/gu;
/** Titles in any case, names with a capital: up to two words. */
const TITLED =
  /(?<![\p{L}])((?:[Hh]errn?|HERR|[Hh]r\.|[Ff]rau|FRAU|[Ff]r\.|[Ff]räulein|[Ff]amilie|[Ff]am\.|[Mm]rs?|[Mm]s|[Mm]iss|[Mm]ister)\.?\s(?:[Dd]r\.?\s|[Pp]rof\.?\s)*)\p{Lu}[\p{L}'-]+(?:[ -]\p{Lu}[\p{L}'-]+)?/gu;
/** Who writes everything small: one word behind a title that is no word of a sentence. */
const TITLED_SMALL =
  /(?<![\p{L}])((?<!(?:meine|deine|seine|eine|die|der|ihre|ihr|my|the)\s)(?:herrn?|frau|familie|mrs?)\.?\s)(?!(?:und|oder|hat|ist|war|kann|will|wird|möchte|mit|im|in|zum|zur|aus|von|doktor|dr|and|has|is|was)(?![\p{L}]))\p{Ll}[\p{L}'-]{2,}/gu;
const INTRODUCED =
  /(?<![\p{L}])((?:[Mm]ein [Nn]ame ist|[Ii]ch hei(?:ß|ss)e|[Ii]ch bin (?:der|die)|[Mm]y name is|[Mm]y name's|[Nn]ame:|[Tt]his is)\s)\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)?/gu;

/** Personal data give place to words in brackets. */
export function pseudonymise(text: string, context: PseudonymContext): string {
  const words = WORDS[context.language];
  const kept = (value: string, word: string) => (context.keep.has(normal(value)) ? value : word);
  let said = text.replace(LINK, (link) => kept(link, words.link));
  said = withoutEntities(said, context);
  for (const street of [STREET_DE, STREET_DE_TWO, STREET_EN])
    said = said.replace(street, (found) => kept(found, words.street));
  said = said
    .replace(POSTCODE_UK, (found) => kept(found, words.postcode))
    .replace(TOWN, "$1")
    .replace(DATE, words.date)
    .replace(LONG_NUMBER, (found) => kept(found, words.number))
    .replace(TITLED, `$1${words.name}`)
    .replace(TITLED_SMALL, `$1${words.name}`)
    .replace(INTRODUCED, `$1${words.name}`);
  return collapse(withoutNames(said, context), words.name);
}

const YEAR = /^(?:19|20)\d\d$/;

function withoutEntities(text: string, { language, keep }: PseudonymContext): string {
  const words = WORDS[language];
  const found = findEntities(text, TIME).filter(({ kind }) => HIDDEN.includes(kind));
  let said = text;
  for (const { kind, start, end, value } of found.toReversed()) {
    if (YEAR.test(text.slice(start, end))) continue;
    if (keep.has(normal(value)) || keep.has(normal(text.slice(start, end)))) continue;
    said = `${said.slice(0, start)}${words[kind as Place]}${said.slice(end)}`;
  }
  return said;
}

const WORD = /\p{L}[\p{L}'’-]*/gu;
const LEAST_LETTERS = 3;

function withoutNames(text: string, { names, everybody, language, keep }: PseudonymContext): string {
  const own = new Set(names.flatMap(namesIn));
  const placeholder = WORDS[language].name;
  return text.replace(WORD, (word: string, place: number) => {
    const key = word.toLowerCase().replace(/['’]s$/u, "");
    if (text[place - 1] === "[" || keep.has(key)) return word;
    const isName = own.has(key) || (everybody.has(key) && /^\p{Lu}/u.test(word));
    return isName ? placeholder : word;
  });
}

/** The words of a name that tell whose it is, in lower case. */
export function namesIn(name: string): string[] {
  const words = name.toLowerCase().match(WORD) ?? [];
  return words.filter((word) => word.length >= LEAST_LETTERS && !NO_NAMES.has(word));
}

/** What companies and people write beside their names. */
const NO_NAMES = new Set(
  "von van der den dem das und and the team service info support kontakt contact shop office büro buero kundenservice kundendienst customer care gmbh mbh ohg e.v verein club praxis dr prof herr frau mail web noreply post hallo verwaltung vertrieb einkauf sales help desk".split(
    " ",
  ),
);

/** "[Name] [Name]" is one. */
function collapse(text: string, name: string): string {
  return text.replaceAll(`${name} ${name}`, name).replaceAll(`${name} ${name}`, name);
}

/** Addresses, numbers and links of a text, in one way of writing: what many people are told is the company's own. */
export function valuesIn(text: string): string[] {
  const entities = findEntities(text, TIME).filter(({ kind }) => HIDDEN.includes(kind));
  const matches = [LINK, STREET_DE, STREET_DE_TWO, STREET_EN, POSTCODE_UK, LONG_NUMBER].flatMap(
    (pattern) => text.match(pattern) ?? [],
  );
  return [
    ...new Set([
      ...entities.flatMap(({ value, start, end }) => [normal(value), normal(text.slice(start, end))]),
      ...matches.map(normal),
    ]),
  ];
}

function normal(value: string): string {
  return value
    .toLowerCase()
    .replace(/[\s.,;]+$/u, "")
    .replace(/\s+/g, " ");
}

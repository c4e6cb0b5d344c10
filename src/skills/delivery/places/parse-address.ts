import { fold, streetKey } from "./fold.ts";
import { type HouseNumber, readHouseNumber } from "./house-number.ts";

/** One way to read a text as an address. */
export interface Reading {
  /** As streets are compared; "" where only a postcode or a district was written. */
  readonly key: string;
  readonly number: HouseNumber | null;
  readonly postcode: string | null;
  /** Places of the city that were named, folded. */
  readonly localities: readonly string[];
}

const MOST_CHARACTERS = 200;
const MOST_NUMBERS = 3;
/** Floors, doors and "care of" hold numbers that are no house numbers. */
const BESIDE = [
  /\bc\s*\/\s*o\b[^,;\n]*/g,
  /\b\d{1,2}\s*\.?\s*(?:stock|og|o\.g\.|etage|obergescho(?:ss|ß)|floor)(?![\p{L}])/gu,
  /\b(?:stock|etage|floor|whg|wohnung|apartment|apt|appartement|zimmer|room|top)\.?\s*(?:nr\.?\s*)?\d{1,4}[a-z]?\b/g,
  /(?<![\p{L}])(?:erdgeschoss|erdgeschoß|hinterhaus|vorderhaus|seitenfl[üu]gel|hochparterre|eg|dg|hh|vh)(?![\p{L}])\.?/gu,
];
const TOKEN =
  /\d{1,4}\s*(?:[-–]\s*\d{1,4}(?!\d)|\/\s*\d{1,3})?(?:\s?[a-z](?:\s?[-–]\s?[a-z])?)?(?![\p{L}\d])|\d+|\p{L}[\p{L}\p{M}'’]*/gu;

interface Word {
  readonly text: string;
  /** Which part between commas. */
  readonly part: number;
  readonly number: HouseNumber | null;
}

/**
 * All ways in which a text can be read, the likeliest first: house number before or behind the street, postcode anywhere
 * or nowhere, district and city before, behind or left out.
 * @param known the city's and its districts' names, folded
 * @param postcodeDigits 5 in Germany, 4 in Austria and Switzerland
 */
export function readAddress(text: string, known: ReadonlySet<string>, postcodeDigits = 5): Reading[] {
  const plain = BESIDE.reduce(
    (rest, pattern) => rest.replace(pattern, " "),
    text.slice(0, MOST_CHARACTERS).normalize("NFC").toLowerCase(),
  );
  const { words, postcode, postcodeAt } = tokens(plain, postcodeDigits);
  const numbers = words.flatMap(({ number }, at) => (number ? [at] : [])).reverse();
  // A number can belong to the name ("Straße des 17. Juni"), so a text can be read without one, too.
  const picks: (number | null)[] = [...numbers.slice(0, MOST_NUMBERS), null];
  const readings = picks.flatMap((pick) =>
    variants(words, pick, { known, postcodeAt }).map(({ names, localities }) => ({
      key: streetKey(names.join(" ")),
      number: pick === null ? null : (words[pick] as Word).number,
      postcode,
      localities,
    })),
  );
  const seen = new Set<string>();
  return readings.filter(({ key, number, localities }) => {
    const mark = `${key}\n${number ? `${number.n}-${number.to}${number.suffix}` : ""}\n${localities.join()}`;
    return !seen.has(mark) && seen.add(mark);
  });
}

function tokens(
  plain: string,
  postcodeDigits: number,
): { words: Word[]; postcode: string | null; postcodeAt: number } {
  const isPostcode = new RegExp(`^\\d{${postcodeDigits}}$`);
  const words: Word[] = [];
  let postcode: string | null = null;
  let postcodeAt = -1;
  for (const [part, piece] of plain.split(/[,;\n|]/).entries()) {
    const withoutCountry = piece.replace(/\b(?:d|de|a|at|ch)\s*-\s*(?=\d{4,5}\b)/g, "");
    for (const [token] of withoutCountry.matchAll(TOKEN)) {
      if (postcode === null && isPostcode.test(token)) {
        postcode = token;
        postcodeAt = words.length;
      } else words.push({ text: token, part, number: readHouseNumber(token) });
    }
  }
  return { words, postcode, postcodeAt };
}

interface Variant {
  readonly names: readonly string[];
  readonly localities: readonly string[];
}

/** Which words are the street: all but known places; those of the number's part; those before the postcode; all. */
function variants(
  words: readonly Word[],
  pick: number | null,
  { known, postcodeAt }: { known: ReadonlySet<string>; postcodeAt: number },
): Variant[] {
  const all = words.map((word, at) => ({ ...word, at })).filter(({ at }) => at !== pick);
  const part = pick === null ? undefined : words[pick]?.part;
  const { rest, localities } = withoutPlaces(all, known);
  const texts = (list: readonly Word[]) => list.map(({ text }) => text);
  const lists = [
    rest,
    rest.filter((word) => part === undefined || word.part === part),
    rest.filter(({ at }) => postcodeAt < 0 || at < postcodeAt),
    rest.filter(({ at }) => postcodeAt < 0 || pick === null || pick >= postcodeAt === at >= postcodeAt),
  ];
  const found: Variant[] = lists.map((list) => ({ names: texts(list), localities }));
  // The number after the street's name ends it, whatever city is written behind it wrongly; and before it begins it.
  if (pick !== null) {
    found.push({ names: texts(rest.filter(({ at }) => at < pick)), localities });
    found.push({ names: texts(rest.filter(({ at }) => at > pick)), localities });
  }
  const full = { names: texts(all), localities: [] };
  // A street may be named like a place ("Altona"); and where nothing but places is written, that is the answer.
  const useful = [...found, full].filter(({ names }) => names.length > 0);
  return rest.length === 0 && localities.length > 0 ? [...useful, { names: [], localities }] : useful;
}

const MOST_WORDS_OF_A_PLACE = 4;

function withoutPlaces<T extends Word>(
  words: readonly T[],
  known: ReadonlySet<string>,
): { rest: T[]; localities: string[] } {
  const rest: T[] = [];
  const localities: string[] = [];
  let at = 0;
  while (at < words.length) {
    let length = Math.min(MOST_WORDS_OF_A_PLACE, words.length - at);
    const nameOf = (count: number) =>
      fold(
        words
          .slice(at, at + count)
          .map(({ text }) => text)
          .join(" "),
      );
    while (length > 0 && !known.has(nameOf(length))) length--;
    if (length === 0) rest.push(words[at++] as T);
    else {
      localities.push(nameOf(length));
      at += length;
    }
  }
  return { rest, localities };
}

/** Numbers in words, folded, as people say hours, days and small amounts of time. */
const DE_ONES = "null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf".split(" ");
const EN_ONES = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const DE_TEENS = "dreizehn vierzehn fuenfzehn sechzehn siebzehn achtzehn neunzehn".split(" ");
const EN_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const DE_UNITS = "ein zwei drei vier fuenf sechs sieben acht neun".split(" ");
const EN_UNITS = EN_ONES.slice(1, 10);

const WORDS: ReadonlyMap<string, number> = new Map([
  ...DE_ONES.map((word, value) => [word, value] as const),
  ...EN_ONES.map((word, value) => [word, value] as const),
  ...DE_TEENS.map((word, index) => [word, 13 + index] as const),
  ...EN_TEENS.map((word, index) => [word, 13 + index] as const),
  ...["zwanzig", "dreissig", "vierzig", "fuenfzig"].flatMap((ten, index) => [
    [ten, 20 + 10 * index] as const,
    ...DE_UNITS.map((unit, one) => [`${unit}und${ten}`, 21 + 10 * index + one] as const),
  ]),
  ...["twenty", "thirty", "forty", "fifty"].flatMap((ten, index) => [
    [ten, 20 + 10 * index] as const,
    ...EN_UNITS.flatMap((unit, one) => [
      [`${ten}-${unit}`, 21 + 10 * index + one] as const,
      [`${ten} ${unit}`, 21 + 10 * index + one] as const,
    ]),
  ]),
  ["ein", 1],
  ["zwo", 2],
]);

/** Ordinals up to 31, German without their ending ("erst" of "ersten"), English whole. */
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ..."erst zweit dritt viert fuenft sechst siebt acht neunt zehnt elft zwoelft"
    .split(" ")
    .map((word, index) => [word, index + 1] as const),
  ...DE_TEENS.map((word, index) => [`${word}t`, 13 + index] as const),
  ...[...DE_UNITS.map((unit) => `${unit}undzwanzig`), "zwanzig", "dreissig", "einunddreissig"].map(
    (word) => [`${word}st`, WORDS.get(word) as number] as const,
  ),
  ..."first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    .split(" ")
    .map((word, index) => [word, index + 1] as const),
  ...EN_TEENS.map((word, index) => [`${word}th`, 13 + index] as const),
]);

export const ALL_NUMBER_WORDS: readonly string[] = [...WORDS.keys()];
const ORDINAL_ENDINGS = ["", "en", "er", "e", "em"];
export const ALL_ORDINAL_WORDS: readonly string[] = [...ORDINALS.keys()].flatMap((word) =>
  ORDINAL_ENDINGS.map((ending) => word + ending),
);

/** Longest first, so that "fuenfzehn" is not read as "fuenf". */
const byLength = (words: Iterable<string>) => [...words].sort((a, b) => b.length - a.length).join("|");

/** Pattern of a number word; no groups. */
export const NUMBER_WORD = `(?:${byLength(WORDS.keys())})`;
/** Pattern of an hour in figures or words; no groups. */
export const HOUR = `(?:2[0-4]|[01]?\\d|${NUMBER_WORD})`;
/** Pattern of an ordinal in words with its German ending; no groups. */
export const ORDINAL_WORD = `(?:${byLength(ORDINALS.keys())})(?:en|er|e|em)?`;

/** The value of figures or a number word; NaN for anything else. */
export function numberOf(said: string): number {
  return WORDS.get(said) ?? (/^\d+$/.test(said) ? Number(said) : Number.NaN);
}

/** The value of an ordinal in words; undefined for anything else. */
export function ordinalOf(said: string): number | undefined {
  return ORDINALS.get(said) ?? ORDINALS.get(said.replace(/(?:en|er|em|e)$/, ""));
}

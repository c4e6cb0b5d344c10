import { editDistance } from "./edit-distance.ts";

/** Text as addresses are compared: what people leave out, shorten or spell in two ways is alike. */

const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "a",
  œ: "o",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
};

/**
 * Small letters without marks, umlauts and their spellings as the bare vowel ("Mühle", "Muehle" and "Muhle" are alike),
 * everything between letters and digits one space.
 */
export function fold(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[ßæœøłđðþ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/([aou])e/g, "$1")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Words of street names and how they are shortened; both become the short one. Written as `fold` leaves them. */
const SHORT: Readonly<Record<string, string>> = {
  strasse: "str",
  strase: "str",
  street: "st",
  sankt: "st",
  saint: "st",
  platz: "pl",
  weg: "wg",
  allee: "al",
  chaussee: "ch",
  chausse: "ch",
  grosse: "gr",
  grosser: "gr",
  grosses: "gr",
  kleine: "kl",
  kleiner: "kl",
  kleines: "kl",
  doktor: "dr",
  professor: "prof",
  general: "gen",
  burgermeister: "bgm",
  burgerm: "bgm",
  bgmstr: "bgm",
  von: "v",
  road: "rd",
  avenu: "ave",
  lane: "ln",
};

const ENDINGS: readonly (readonly [long: string, short: string])[] = [
  ["strasse", "str"],
  ["strase", "str"],
  ["chaussee", "ch"],
  ["platz", "pl"],
  ["allee", "al"],
  ["weg", "wg"],
];

/** Endings long enough to be known with a letter wrong. */
const LONG_ENDINGS = ENDINGS.filter(([long]) => long.length >= 5);

/**
 * The key of a name whose ending has a letter wrong ("hauptsrtasse"), which was not shortened therefore. Only for what somebody
 * typed: among right names there are "Hafenstraße" and "Hafentrasse".
 * @returns null where no ending is close
 */
export function mendedKey(key: string): string | null {
  for (const [long, short] of LONG_ENDINGS)
    for (const length of [long.length, long.length + 1, long.length - 1]) {
      const cut = key.length - length;
      if (cut >= 2 && editDistance(key.slice(cut), long, 1) === 1) return key.slice(0, cut) + short;
    }
  return null;
}

/** A street's name as it is compared: "Max-Brauer-Allee", "max brauer al." and "MaxBrauerallee" have the same key. */
export function streetKey(name: string): string {
  const words = fold(name)
    .split(" ")
    .filter((word) => word !== "");
  const joined = words.map((word) => SHORT[word] ?? word).join("");
  for (const [long, short] of ENDINGS)
    if (joined.length > long.length + 1 && joined.endsWith(long))
      return joined.slice(0, -long.length) + short;
  return joined;
}

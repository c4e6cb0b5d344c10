/** Words as they are compared: lower case, umlauts written out, without signs, one space between and around. */

const LONGEST = 300;

/** @returns "" for what is longer than anybody writes who wants one thing */
export function foldWords(text: string): string {
  if (text.length > LONGEST) return "";
  const plain = text
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .replace(/(\p{L})['’‘`´](?=\p{L})/gu, "$1")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return plain === "" ? "" : ` ${plain} `;
}

/**
 * Letters, digits and signs that every SEPA bank takes: a-z A-Z 0-9 / - ? : ( ) . , ' + and the blank. Source: EPC217-08,
 * "SEPA requirements for an extended character set", whose table also says what stands for other letters.
 */

const FOR: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  Ä: "Ae",
  Ö: "Oe",
  Ü: "Ue",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  "&": "+",
  "€": "E",
};

/** Nothing of it means anything in XML. @param characters at most so many */
export function sepaText(text: string, characters: number): string {
  return [...text.normalize("NFC")]
    .map((sign) => FOR[sign] ?? sign)
    .join("")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/g, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, characters)
    .trim();
}

const DIGITS = /^\d{8}$|^\d{12,14}$/;

/**
 * A trade item's number with 14 digits, so that the 8, 12, 13 and 14 digit forms of one product are equal.
 * @returns null for what is none or has a wrong check digit (GS1 General Specifications, section 7.9)
 */
export function normalGtin(text: string): string | null {
  if (!DIGITS.test(text)) return null;
  const full = text.padStart(14, "0");
  const sum = [...full.slice(0, 13)].reduce(
    (all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 3 : 1),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(full.at(-1)) ? full : null;
}

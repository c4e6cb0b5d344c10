/**
 * Lengths by country of the SEPA area and its neighbours in the register. Source: SWIFT IBAN registry, release 97; another
 * country's number is checked by its digits only.
 */
export const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AL: 28,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  ME: 22,
  MK: 19,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  RS: 22,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

/** @returns without blanks, in capitals */
export const bareIban = (text: string): string => text.replace(/\s/g, "").toUpperCase();

/** @returns in groups of four, as people read it */
export const spacedIban = (iban: string): string => iban.replace(/.{4}(?=.)/g, "$& ");

/** The rest of the division by 97 of digits and letters, letters as 10 to 35 (ISO 7064). */
export function mod97(text: string): number {
  let rest = 0;
  for (const sign of text) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** Is it an IBAN of the right length whose check digits fit? Source: ISO 13616 and ISO 7064, MOD 97-10. */
export function isIban(text: string): boolean {
  const iban = bareIban(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const length = IBAN_LENGTHS[iban.slice(0, 2)];
  if (length !== undefined && iban.length !== length) return false;
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

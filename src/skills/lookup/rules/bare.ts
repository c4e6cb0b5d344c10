/** What people and shops write in many ways, in the one form in which it is compared. */

/** A mail conversation's reply address carries subject and thread as well (RFC 6068). */
export function mailboxOf(address: string): string {
  const found = /^mailto:([^?]*)/i.exec(address)?.[1];
  if (found === undefined) return address;
  try {
    return decodeURIComponent(found);
  } catch {
    return "";
  }
}

export const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

export function bareEmail(text: string): string {
  return text.trim().toLowerCase();
}

export function barePostcode(text: string): string {
  return text
    .toUpperCase()
    .replace(/^\s*(?:D|A|CH|DE|AT)\s*-\s*/, "")
    .replace(/[^A-Z0-9]/g, "");
}

/** Calling codes by country (ITU-T E.164), for numbers that are written as at home. */
const CALLING: Readonly<Record<string, string>> = {
  DE: "49",
  AT: "43",
  CH: "41",
  LI: "423",
  LU: "352",
  NL: "31",
  BE: "32",
  FR: "33",
  IT: "39",
  ES: "34",
  PL: "48",
  CZ: "420",
  DK: "45",
  SE: "46",
  GB: "44",
  IE: "353",
};

/** E.164 without the plus. Too few digits are none: "0" must not be anybody's number. */
export function barePhone(text: string, country: string | null): string {
  const isWhole = /^\s*(?:\+|00)/.test(text) || country === null;
  const digits = text.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^00/, "");
  const code = CALLING[(country ?? "").toUpperCase()];
  const whole = !isWhole && digits.startsWith("0") && code ? `${code}${digits.slice(1)}` : digits;
  return whole.length >= 8 ? whole : "";
}

/** "Dr. Jana Petersen" and "petersen" are one; umlauts may be written out. */
export function lastName(text: string): string {
  const folded = text
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/[^\p{L}\s-]/gu, "");
  return folded.trim().split(/\s+/).at(-1) ?? "";
}

import type { Market } from "../api/costs.ts";

/**
 * Which of Meta's markets an address belongs to. Meta bills by the country calling code (ITU-T E.164); Austria,
 * Switzerland and the others without a line of their own are "rest of" their region (Meta, "Pricing", countries to regions).
 */
const CODES: Readonly<Record<string, Market>> = {
  "1": "north_america",
  "30": "western_europe",
  "31": "nl",
  "32": "western_europe",
  "33": "fr",
  "34": "es",
  "36": "eastern_europe",
  "39": "it",
  "40": "eastern_europe",
  "41": "western_europe",
  "43": "western_europe",
  "44": "gb",
  "45": "western_europe",
  "46": "western_europe",
  "47": "western_europe",
  "48": "eastern_europe",
  "49": "de",
  "351": "western_europe",
  "352": "western_europe",
  "353": "western_europe",
  "354": "western_europe",
  "356": "western_europe",
  "358": "western_europe",
  "359": "eastern_europe",
  "370": "eastern_europe",
  "371": "eastern_europe",
  "381": "eastern_europe",
  "385": "eastern_europe",
  "386": "eastern_europe",
  "420": "eastern_europe",
  "421": "eastern_europe",
};
const COUNTRIES: Readonly<Record<string, Market>> = {
  DE: "de",
  FR: "fr",
  IT: "it",
  ES: "es",
  NL: "nl",
  GB: "gb",
  US: "north_america",
  CA: "north_america",
  AT: "western_europe",
  CH: "western_europe",
  BE: "western_europe",
  LU: "western_europe",
  DK: "western_europe",
  SE: "western_europe",
  PL: "eastern_europe",
  CZ: "eastern_europe",
  HU: "eastern_europe",
};
/** The longest calling code has three digits, an address of a hidden number begins with two letters. */
export const PLACE_CHARACTERS = 3;

/** @param place the first three characters of where a message went: digits, or a country ("DE.") */
export function marketOf(place: string): Market {
  if (/^[A-Z]{2}\./.test(place)) return COUNTRIES[place.slice(0, 2)] ?? "other";
  for (let length = PLACE_CHARACTERS; length > 0; length--) {
    const market = CODES[place.slice(0, length)];
    if (market) return market;
  }
  return "other";
}

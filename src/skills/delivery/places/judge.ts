import { fold } from "./fold.ts";
import type { Found, Geocoded, LatLon } from "./geocoder.ts";
import { fitOf, type HouseFit, type HouseNumber, houseText } from "./house-number.ts";
import type { House } from "./houses.ts";
import { metresBetween } from "./metres.ts";
import type { Reading } from "./parse-address.ts";
import type { StreetEntry, StreetMatch } from "./street-index.ts";

/** A reading with one street that it may mean. */
export interface Guess {
  readonly reading: Reading;
  readonly match: StreetMatch;
  readonly street: StreetEntry;
}

interface Judged extends Guess {
  readonly house: House | null;
  readonly fit: HouseFit | "none";
  /** The postcode that was typed is not this street's. */
  readonly isElsewhere: boolean;
  readonly price: number;
}

const MOST_CHOICES = 3;
/** Two entries for one number this near are one house: the door and the building. */
const SAME_HOUSE_M = 120;
/** Streets of one name whose houses stand farther apart than this are two streets. */
const SAME_STREET_GAP_M = 800;
const FIT_PRICE: Readonly<Record<HouseFit | "none", number>> = {
  same: 0,
  within: 0.1,
  base: 1,
  other: 1.2,
  none: 0,
};

/**
 * Decides what a text means. Found is only what is beyond doubt: the same name, or one with a wrong letter whose postcode
 * and house number both agree. Everything else is asked back with up to three choices.
 */
export function judge(guesses: readonly Guess[], houses: ReadonlyMap<number, readonly House[]>): Geocoded {
  const judged = guesses
    .map((guess) => appraise(guess, houses.get(guess.street.n) ?? []))
    .sort((a, b) => a.price - b.price || a.street.n - b.street.n);
  const best = judged[0];
  if (!best) return { result: "nothing", because: "unknown" };
  const rivals = distinct(judged.filter(({ price }) => price < best.price + 1));
  if (isSure(best, rivals)) return { result: "found", found: toFound(best) };
  return { result: "meant", choices: choicesOf(judged).map(toFound) };
}

/** A street that has the house stands for others of its name that have not. */
function choicesOf(judged: readonly Judged[]): Judged[] {
  const housed = new Set(judged.filter(isHouse).map(({ match }) => match.key));
  return distinct(judged.filter((one) => isHouse(one) || !housed.has(one.match.key))).slice(0, MOST_CHOICES);
}

function appraise(guess: Guess, houses: readonly House[]): Judged {
  const { reading, match, street } = guess;
  const { house, fit } = bestHouse(reading.number, houses);
  const isElsewhere =
    reading.postcode !== null && street.postcode !== "" && reading.postcode !== street.postcode;
  const isUnplaced = reading.postcode !== null && street.postcode === "";
  const isNamed =
    reading.localities.includes(fold(street.district)) || reading.localities.includes(fold(street.locality));
  // A number that was taken for part of the name is the worse reading wherever another one fits.
  const price =
    match.distance * (match.isPart ? 0.4 : 1) +
    (match.isPart ? 2 : 0) +
    FIT_PRICE[fit] +
    (isElsewhere ? 1.5 : 0) +
    (isUnplaced ? 0.05 : 0) -
    (isNamed && reading.localities.includes(fold(street.district)) ? 1.05 : 0) -
    (isNamed ? 0.02 : 0);
  return { ...guess, house, fit, isElsewhere, price };
}

function bestHouse(
  number: HouseNumber | null,
  houses: readonly House[],
): { house: House | null; fit: HouseFit | "none" } {
  if (number === null) return { house: null, fit: "none" };
  for (const fit of ["same", "within", "base"] as const) {
    const house = houses.find((one) => fitOf(number, one) === fit);
    if (house) return { house, fit };
  }
  let nearest: House | null = null;
  // The next number on the same side of the street, if there is one.
  const gap = (one: House) => Math.abs(one.n - number.n) + (one.n % 2 === number.n % 2 ? 0 : 5);
  for (const one of houses) if (nearest === null || gap(one) < gap(nearest)) nearest = one;
  return { house: nearest, fit: "other" };
}

const isHouse = ({ fit }: Judged): boolean => fit === "same" || fit === "within";

const placeOf = ({ house, street }: Judged): LatLon => house ?? street;

function isSure(best: Judged, rivals: readonly Judged[]): boolean {
  if (best.isElsewhere || best.match.isPart || rivals.length !== 1) return false;
  if (best.match.distance === 0) return true;
  const most = best.match.key.length >= 6 ? 1 : 0;
  const agrees = best.reading.postcode !== null && best.reading.postcode === best.street.postcode;
  return agrees && best.match.distance <= most && isHouse(best);
}

/** One of each place: parts of one street and a house's two entries count once, the cheaper first. */
function distinct(judged: readonly Judged[]): Judged[] {
  const kept: Judged[] = [];
  for (const one of judged) if (!kept.some((other) => isSamePlace(one, other))) kept.push(one);
  return kept;
}

function isSamePlace(a: Judged, b: Judged): boolean {
  if (a.match.key !== b.match.key) return false;
  const apart = metresBetween(placeOf(a), placeOf(b));
  if (isHouse(a) && isHouse(b)) return apart <= SAME_HOUSE_M;
  // A house of the street, and the street: the better one stands for both.
  const gap = metresBetween(a.street, b.street) - a.street.radius_m - b.street.radius_m;
  return gap <= SAME_STREET_GAP_M;
}

function toFound(judged: Judged): Found {
  const { reading, street, house, fit, match } = judged;
  const number = reading.number;
  const isExact = isHouse(judged);
  const asked = number === null ? "" : houseText(number);
  return {
    address: {
      street: street.name,
      houseNumber: fit === "same" && house ? houseText(house) : asked,
      postcode: street.postcode || (reading.postcode ?? ""),
      locality: street.locality,
      district: street.district,
    },
    place: { lat: placeOf(judged).lat, lon: placeOf(judged).lon },
    precision: isExact ? "house" : "street",
    isAsTyped: match.distance === 0 && !judged.isElsewhere,
    ...(number !== null && !isExact && house && { nearest: houseText(house) }),
    source: "list",
  };
}

import { fold, streetKey } from "./fold.ts";
import { type Found, type Geocoded, type GeocodeQuestion, isWithin } from "./geocoder.ts";
import { readHouseNumber } from "./house-number.ts";
import { readAddress } from "./parse-address.ts";

/**
 * What a service found, held against what was typed. A service answers nearly always something; it is believed only where
 * street, number and postcode are those of the text, and asked back otherwise.
 */
export function agreement(
  found: readonly Found[],
  { text, bounds }: Pick<GeocodeQuestion, "text" | "bounds">,
): Geocoded {
  const inside = found.filter(({ place }) => isWithin(place, bounds)).map((one) => withAgreement(one, text));
  const [first, ...others] = inside;
  if (!first) return { result: "nothing", because: "unknown" };
  const rivals = others.filter(
    (one) => one.isAsTyped && one.precision === first.precision && isOther(one, first),
  );
  if (first.isAsTyped && rivals.length === 0) return { result: "found", found: first };
  return { result: "meant", choices: inside.slice(0, 3) };
}

const isOther = (a: Found, b: Found): boolean =>
  a.address.postcode !== b.address.postcode || streetKey(a.address.street) !== streetKey(b.address.street);

function withAgreement(found: Found, text: string): Found {
  const { street, houseNumber, postcode, locality, district } = found.address;
  const known = new Set([locality, district].map(fold).filter((name) => name !== ""));
  const readings = readAddress(text, known);
  const listed = readHouseNumber(houseNumber);
  const isAsTyped = readings.some((reading) => {
    if (reading.postcode !== null && postcode !== "" && reading.postcode !== postcode) return false;
    if (street === "") return reading.key === "";
    if (reading.key !== streetKey(street)) return false;
    if (reading.number === null) return listed === null;
    return (
      listed === null ||
      (listed.n === reading.number.n &&
        listed.to === reading.number.to &&
        listed.suffix === reading.number.suffix)
    );
  });
  return { ...found, isAsTyped };
}

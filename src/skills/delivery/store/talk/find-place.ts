import { boundsAround } from "../../places/bounds.ts";
import type { Address, Found, Geocoded, Geocoder } from "../../places/geocoder.ts";
import type { FindPlace, FoundPlaces, PlaceAnswer } from "./outside.ts";

/** The place of an address that was typed into a chat, in any of the carrier's cities. */

/** A house is taken without asking only where the list has exactly it. */
const isSure = ({ precision, nearest }: Found): boolean => precision === "house" && nearest === undefined;
const MOST_ASKED = 6;

export function openFindPlace(geocoder: Geocoder): FindPlace {
  return async ({ tenantId, cities, text, language }) => {
    const asked: PlaceAnswer[] = [];
    let isKnowable = cities.length > 0;
    for (const { id: cityId, middle, radius_m } of cities) {
      const bounds = boundsAround(middle, radius_m);
      const answer = read(await geocoder.search({ tenantId, cityId, text, language, bounds }), cityId);
      if (answer.is === "sure") return answer;
      if (answer.is === "asked") asked.push(...answer.places);
      if (answer.is === "unavailable") isKnowable = false;
    }
    if (asked.length > 0) return { is: "asked", places: asked.slice(0, MOST_ASKED) };
    // Where one city cannot be looked up, nobody can say that the house is in none.
    return { is: isKnowable ? "none" : "unavailable" };
  };
}

function read(geocoded: Geocoded, cityId: number): FoundPlaces {
  const answerOf = ({ address, place }: Found): PlaceAnswer => ({ cityId, place, address: written(address) });
  switch (geocoded.result) {
    case "found":
      return isSure(geocoded.found)
        ? { is: "sure", place: answerOf(geocoded.found) }
        : { is: "asked", places: [answerOf(geocoded.found)] };
    case "meant":
      return { is: "asked", places: geocoded.choices.map(answerOf) };
    case "nothing":
      return { is: geocoded.because === "unavailable" ? "unavailable" : "none" };
  }
}

/** "Eppendorfer Weg 87, 20259 Hamburg" */
function written({ street, houseNumber, postcode, locality }: Address): string {
  const lines = [
    [street, houseNumber],
    [postcode, locality],
  ].map((parts) => parts.filter((part) => part !== "").join(" "));
  return lines.filter((line) => line !== "").join(", ");
}

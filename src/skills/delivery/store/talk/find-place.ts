import { boundsAround } from "../../places/bounds.ts";
import type { Address, Found, Geocoded, Geocoder } from "../../places/geocoder.ts";
import type { ChooseCities } from "./choose-cities.ts";
import type { FindPlace, FoundPlaces, PlaceAnswer } from "./outside.ts";

/** The place of an address that was typed into a chat, in the carrier's cities where it may lie. */

/** A house is taken without asking only where the list has exactly it. */
const isSure = ({ precision, nearest }: Found): boolean => precision === "house" && nearest === undefined;
const MOST_ASKED = 6;

export function openFindPlace(geocoder: Geocoder, choose: ChooseCities): FindPlace {
  return async (question) => {
    const { tenantId, text, heard, language } = question;
    const { cities, isComplete } = await choose(question);
    const isNamed = heard.postcode !== "" || heard.town !== "";
    const sure: PlaceAnswer[] = [];
    const asked: PlaceAnswer[] = [];
    let isKnowable = isComplete;
    for (const { id: cityId, middle, radius_m } of cities) {
      const bounds = boundsAround(middle, radius_m);
      const answer = read(await geocoder.search({ tenantId, cityId, text, language, bounds }), cityId);
      if (answer.is === "sure" && isNamed) return answer;
      if (answer.is === "sure") sure.push(answer.place);
      if (answer.is === "asked") asked.push(...answer.places);
      if (answer.is === "unavailable") isKnowable = false;
    }
    const [one] = sure;
    if (one && sure.length === 1 && isComplete) return { is: "sure", place: one };
    // Without postcode and town the same street and number may stand in two cities.
    const meant = [...sure, ...asked];
    if (meant.length > 0) return { is: "asked", places: meant.slice(0, MOST_ASKED) };
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

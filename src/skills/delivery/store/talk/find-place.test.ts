import { expect, test } from "vitest";
import type { Found, Geocoded, Geocoder } from "../../places/geocoder.ts";
import { openFindPlace } from "./find-place.ts";

const CITIES = [1, 2].map((id) => ({
  id,
  name: `Stadt ${id}`,
  timeZone: "Europe/Berlin",
  middle: { lat: 53.55, lon: 9.99 },
  radius_m: 10_000,
}));
const house = (more: Partial<Found> = {}): Found => ({
  address: {
    street: "Eppendorfer Weg",
    houseNumber: "87",
    postcode: "20259",
    locality: "Hamburg",
    district: "Eimsbüttel",
  },
  place: { lat: 53.57, lon: 9.96 },
  precision: "house",
  isAsTyped: true,
  source: "list",
  ...more,
});
const found = (more: Partial<Found> = {}): Geocoded => ({ result: "found", found: house(more) });
const NONE: Geocoded = { result: "nothing", because: "unknown" };
const UNAVAILABLE: Geocoded = { result: "nothing", because: "unavailable" };

/** Answers for city 1 and for city 2. */
const asked = (answers: readonly Geocoded[], { postcode = "20259", isComplete = true } = {}) => {
  const geocoder: Geocoder = {
    attribution: async () => "",
    search: async ({ cityId }) => answers[cityId - 1] as Geocoded,
  };
  const heard = { street: "Eppendorfer Weg", postcode, town: "" };
  const find = openFindPlace(geocoder, async ({ cities }) => ({ cities, isComplete }));
  return find({ tenantId: 7, cities: CITIES, text: "x", heard, language: "de" });
};
const ask = (...answers: Geocoded[]) => asked(answers);

test("a house of the list is sure, in whichever city", async () => {
  expect(await ask(NONE, found())).toEqual({
    is: "sure",
    place: { cityId: 2, place: { lat: 53.57, lon: 9.96 }, address: "Eppendorfer Weg 87, 20259 Hamburg" },
  });
});

test("a street, a neighbouring house and several are asked back", async () => {
  for (const answer of [found({ precision: "street" }), found({ nearest: "89" })])
    expect(await ask(answer, NONE)).toMatchObject({ is: "asked", places: [{ cityId: 1 }] });
  const meant: Geocoded = { result: "meant", choices: [house(), house()] };
  expect(await ask(meant, NONE)).toMatchObject({ is: "asked", places: [{}, {}] });
});

test("without a postcode a house that stands in two cities is asked back, and one that stands in one is sure", async () => {
  expect(await asked([found(), found()], { postcode: "" })).toMatchObject({
    is: "asked",
    places: [{ cityId: 1 }, { cityId: 2 }],
  });
  expect(await asked([NONE, found()], { postcode: "" })).toMatchObject({ is: "sure", place: { cityId: 2 } });
});

test("it is in none only where every city could be asked", async () => {
  expect(await ask(NONE, NONE)).toEqual({ is: "none" });
  expect(await ask(NONE, UNAVAILABLE)).toEqual({ is: "unavailable" });
  expect(await asked([NONE, NONE], { isComplete: false })).toEqual({ is: "unavailable" });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GeocodingSimulator, type KnownAddress, startGeocoding } from "../../src/simulator/geocoding.ts";
import type { Outside } from "../../src/skills/delivery/adapters/asking.ts";
import { openGeocodingService } from "../../src/skills/delivery/adapters/open-geocoding-service.ts";
import { boundsAround } from "../../src/skills/delivery/places/bounds.ts";
import { chain } from "../../src/skills/delivery/places/chain.ts";
import { ExpiringCache } from "../../src/skills/delivery/places/expiring-cache.ts";
import type { GeocodeQuestion, Geocoder } from "../../src/skills/delivery/places/geocoder.ts";
import { openOutsideGeocoder } from "../../src/skills/delivery/places/outside-geocoder.ts";
import { openAsker } from "../../src/skills/notices/adapters/sources/ask-service.ts";

const known = (street: string, houseNumber: string, postcode: string, lat: number): KnownAddress => ({
  street,
  houseNumber,
  postcode,
  city: "Hamburg",
  district: "Ottensen",
  lat,
  lon: 9.93,
});

const ADDRESSES = [
  known("Bahrenfelder Straße", "12", "22765", 53.55),
  known("Bahrenfelder Straße", "14", "22765", 53.5502),
  known("Große Brunnenstraße", "7", "22763", 53.552),
  // Munich: outside the city that is asked for.
  { ...known("Bahrenfelder Straße", "12", "80331", 48.13), lon: 11.57 },
];
const BOUNDS = boundsAround({ lat: 53.55, lon: 10 }, 20_000);

/** The node's own door, which asks an address of this machine only where the operator has named it. */
const asker = openAsker({ allowedHosts: ["127.0.0.1"] });
const door: Outside = { ask: asker.ask, mayBePlain: asker.isAllowed };

let simulator: GeocodingSimulator;
let clock: { now: number; waited: number[] };

beforeAll(async () => {
  simulator = await startGeocoding(ADDRESSES);
});
afterAll(() => Promise.all([simulator.close(), asker.close()]));
beforeEach(() => {
  clock = { now: 1_000_000, waited: [] };
});
afterEach(() => {
  simulator.mood = "well";
  simulator.asked.length = 0;
});

function open(kind: "photon" | "nominatim"): Geocoder {
  return openOutsideGeocoder({
    service: openGeocodingService(kind, { url: `${simulator.url}/`, agent: "Augenhoehe/1 (test)" }),
    outside: door,
    now: () => clock.now,
    wait: (ms) => {
      clock.waited.push(ms);
      return Promise.resolve();
    },
  });
}

const question = (text: string): GeocodeQuestion => ({
  tenantId: 1,
  cityId: 1,
  text,
  language: "de",
  bounds: BOUNDS,
});

describe.each(["photon", "nominatim"] as const)("%s", (kind) => {
  test("an address that agrees with what was typed is found; the service is told who asks", async () => {
    const answer = await open(kind).search(question("bahrenfelder str. 12, 22765 Hamburg"));
    expect(answer).toEqual({
      result: "found",
      found: {
        address: {
          street: "Bahrenfelder Straße",
          houseNumber: "12",
          postcode: "22765",
          locality: "Hamburg",
          district: "Ottensen",
        },
        place: { lat: 53.55, lon: 9.93 },
        precision: "house",
        isAsTyped: true,
        source: kind,
      },
    });
    expect(simulator.asked[0]?.agent).toBe("Augenhoehe/1 (test)");
    expect(await open(kind).attribution({ tenantId: 1, cityId: 1 })).toContain("OpenStreetMap");
  });

  test("another house than the one that was typed is asked back", async () => {
    const answer = await open(kind).search(question("Bahrenfelder Straße 13"));
    expect(answer.result).toBe("meant");
    if (answer.result === "meant")
      expect(answer.choices.map(({ address }) => address.houseNumber)).toEqual(["12", "14"]);
  });

  test("equal questions are asked once, and again after a day", async () => {
    const geocoder = open(kind);
    const text = "Große Brunnenstraße 7";
    await Promise.all([geocoder.search(question(text)), geocoder.search(question(text.toLowerCase()))]);
    await geocoder.search(question(text));
    expect(simulator.asked.length).toBe(1);
    clock.now += 25 * 3_600_000;
    await geocoder.search(question(text));
    expect(simulator.asked.length).toBe(2);
  });

  test.each(["reset", "busy", "refuse", "words"] as const)(
    "%s: unavailable, and then left alone for a while",
    async (mood) => {
      const geocoder = open(kind);
      simulator.mood = mood;
      for (const text of ["Brunnenstraße 1", "Brunnenstraße 2", "Brunnenstraße 3", "Brunnenstraße 4"])
        expect(await geocoder.search(question(text))).toEqual({ result: "nothing", because: "unavailable" });
      // Whoever says when to come again is believed at once; else the second failure in a row is enough.
      expect(simulator.asked.length).toBe(mood === "busy" ? 1 : 2);
      simulator.mood = "well";
      clock.now += 6 * 60_000;
      expect((await geocoder.search(question("Große Brunnenstraße 7"))).result).toBe("found");
    },
  );
});

test("Nominatim is asked once a second at most; who would stand in line too long is told at once", async () => {
  const geocoder = open("nominatim");
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => geocoder.search(question(`Große Brunnenstraße ${n + 1}`))),
  );
  expect(answers.filter((one) => one.result === "nothing" && one.because === "unavailable").length).toBe(4);
  expect(simulator.asked.length).toBe(4);
  expect(clock.waited).toEqual([1_000, 2_000, 3_000]);
});

test("the own list comes first: what it knows never leaves the house", async () => {
  const found = {
    address: { street: "Am Markt", houseNumber: "1", postcode: "", locality: "", district: "" },
    place: { lat: 53.55, lon: 10 },
    precision: "house",
    isAsTyped: true,
    source: "list",
  } as const;
  const own: Geocoder = {
    attribution: () => Promise.resolve("Stadt Hamburg"),
    search: ({ text }) =>
      Promise.resolve(
        text === "Am Markt 1" ? { result: "found", found } : { result: "nothing", because: "unknown" },
      ),
  };
  const both = chain(own, open("photon"));
  expect(await both.search(question("Am Markt 1"))).toEqual({ result: "found", found });
  expect(simulator.asked).toEqual([]);
  expect(await both.search(question("Große Brunnenstraße 7"))).toMatchObject({ found: { source: "photon" } });
  expect(await both.attribution({ tenantId: 1, cityId: 1 })).toBe(
    "Stadt Hamburg, © OpenStreetMap contributors",
  );
  simulator.mood = "refuse";
  expect(await both.search(question("Große Brunnenstraße 8"))).toEqual({
    result: "nothing",
    because: "unknown",
  });
});

test("addresses do not go out in the clear to a host that nobody has named", async () => {
  const geocoder = openOutsideGeocoder({
    service: openGeocodingService("photon", { url: simulator.url, agent: "test" }),
    outside: { ...door, mayBePlain: () => false },
    now: () => 0,
    wait: () => Promise.resolve(),
  });
  expect(await geocoder.search(question("Am Markt 1"))).toEqual({
    result: "nothing",
    because: "unavailable",
  });
  expect(simulator.asked).toEqual([]);
});

test("the cache forgets by time and by number", () => {
  const cache = new ExpiringCache<number>({ most: 2, keep_ms: 10 });
  cache.set("a", 1, 0);
  cache.set("b", 2, 1);
  cache.set("c", 3, 2);
  expect([cache.get("a", 3), cache.get("b", 3), cache.get("c", 3), cache.size]).toEqual([undefined, 2, 3, 2]);
  expect([cache.get("b", 11), cache.get("c", 11)]).toEqual([undefined, 3]);
});

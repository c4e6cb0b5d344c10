import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOUNDS, madeCity, RULES, rowsOf, seeded } from "../fixtures/typed-wrong.ts";
import { streetKey } from "./fold.ts";
import type { RawAddress } from "./gather.ts";
import { type Found, type Geocoded, pinned } from "./geocoder.ts";
import { type House, packHouses, unpackHouses } from "./houses.ts";
import { readAddress } from "./parse-address.ts";
import { type CityList, searchList } from "./search.ts";
import { StreetIndex } from "./street-index.ts";

function listOf(addresses: readonly RawAddress[]): CityList {
  const rows = rowsOf(addresses);
  return {
    streets: new StreetIndex(rows.map((row, n) => ({ ...row, n }))),
    houses: (wanted) =>
      Promise.resolve(new Map(wanted.map((n) => [n, unpackHouses(rows[n]?.houses ?? Buffer.of(0))]))),
  };
}

const place = { lat: 53.55, lon: 9.95 };
const one = (street: string, houseNumber: string, rest: Partial<RawAddress> = {}): RawAddress => ({
  street,
  houseNumber,
  postcode: "22765",
  locality: "Hamburg",
  district: "Ottensen",
  ...place,
  ...rest,
});

const OTTENSEN = listOf([
  one("Bahrenfelder Straße", "12", { lat: 53.551 }),
  one("Bahrenfelder Straße", "12a", { lat: 53.5512 }),
  one("Bahrenfelder Straße", "14-18", { lat: 53.5515 }),
  one("Bahrenfelder Straße", "140", { lat: 53.56, postcode: "22761" }),
  one("Große Brunnenstraße", "7", { lat: 53.552, lon: 9.93 }),
  one("Straße des 17. Juni", "135", { lat: 53.553 }),
  one("Max-Brauer-Allee", "60", { lat: 53.554, district: "Altona" }),
  one("Ottensen", "3", { lat: 53.5555 }),
  one("Bahnhofstraße", "3", { lat: 53.5, lon: 9.8, postcode: "21073", district: "Harburg" }),
  one("Bahnhofstraße", "3", { lat: 53.6, lon: 10.1, postcode: "22143", district: "Rahlstedt" }),
  one("Bahnhofstraße", "5", { lat: 53.6, lon: 10.1, postcode: "22143", district: "Rahlstedt" }),
]);

const search = (text: string, list = OTTENSEN) => searchList(list, { text, bounds: BOUNDS });

/** What it found, as one line; choices as a list. */
async function said(text: string): Promise<string | string[]> {
  const answer = await search(text);
  if (answer.result === "nothing") return answer.because;
  const spoken = ({ address, precision, nearest }: Found) =>
    `${[address.street, address.houseNumber, address.postcode].filter(Boolean).join(" ")} (${precision}${nearest ? `, near ${nearest}` : ""})`;
  return answer.result === "found" ? spoken(answer.found) : answer.choices.map(spoken);
}

describe("an address as people type it", () => {
  test.each([
    ["Bahrenfelder Straße 12a, 22765 Hamburg", "Bahrenfelder Straße 12a 22765 (house)"],
    ["bahrenfelder str 12 A", "Bahrenfelder Straße 12a 22765 (house)"],
    ["BAHRENFELDERSTRASSE12", "Bahrenfelder Straße 12 22765 (house)"],
    ["22765 hamburg bahrenfelder str. 12", "Bahrenfelder Straße 12 22765 (house)"],
    ["12 Bahrenfelder Str., Hamburg-Ottensen", "Bahrenfelder Straße 12 22765 (house)"],
    ["Bahrenfelder Straße 16", "Bahrenfelder Straße 16 22765 (house)"],
    ["grosse brunnenstr 7", "Große Brunnenstraße 7 22765 (house)"],
    ["Gr. Brunnenstr. 7, 2. Stock", "Große Brunnenstraße 7 22765 (house)"],
    ["Straße des 17. Juni 135", "Straße des 17. Juni 135 22765 (house)"],
    ["Max Brauer Allee 60, D-22765 Hamburg", "Max-Brauer-Allee 60 22765 (house)"],
    ["c/o Meier, Max-Brauer-Al. 60", "Max-Brauer-Allee 60 22765 (house)"],
    ["Ottensen 3", "Ottensen 3 22765 (house)"],
    ["Bahnhofstr. 3, Rahlstedt", "Bahnhofstraße 3 22143 (house)"],
    ["Bahnhofstr. 3, 21073", "Bahnhofstraße 3 21073 (house)"],
  ])("%s", async (text, expected) => {
    expect(await said(text)).toBe(expected);
  });
});

describe("what is not sure is not given for a house", () => {
  test.each([
    // Another letter than the list has, a number between the houses, no number at all.
    ["Bahrenfelder Straße 12c, 22765", "Bahrenfelder Straße 12c 22765 (street, near 12)"],
    ["Große Brunnenstraße 9", "Große Brunnenstraße 9 22765 (street, near 7)"],
    ["Große Brunnenstraße", "Große Brunnenstraße 22765 (street)"],
    ["21073", "21073 (area)"],
    ["Rahlstedt", "(area)"],
  ])("%s is found less exactly", async (text, expected) => {
    expect(await said(text)).toContain(expected);
  });

  test("one name in two districts is asked back, with both", async () => {
    expect(await said("Bahnhofstraße 3")).toEqual([
      "Bahnhofstraße 3 21073 (house)",
      "Bahnhofstraße 3 22143 (house)",
    ]);
    // Only one of them has the house.
    expect(await said("Bahnhofstraße 5")).toBe("Bahnhofstraße 5 22143 (house)");
  });

  test("a wrong letter is asked back, unless postcode and house agree", async () => {
    expect(await said("Bahrenfelter Straße 12")).toEqual(["Bahrenfelder Straße 12 22765 (house)"]);
    const sure = await search("Bahrenfelter Straße 12, 22765 Hamburg");
    expect(sure).toMatchObject({ result: "found", found: { isAsTyped: false, precision: "house" } });
    expect(await said("Brauer Allee 60")).toEqual(["Max-Brauer-Allee 60 22765 (house)"]);
  });

  test("a postcode that is not the street's is asked back with the right one", async () => {
    expect(await said("Große Brunnenstraße 7, 20095 Hamburg")).toEqual([
      "Große Brunnenstraße 7 22765 (house)",
    ]);
  });

  test("what is no address, or another city's, is not found", async () => {
    expect(await said("")).toBe("empty");
    expect(await said("übermorgen gegen Abend bitte")).toBe("unknown");
    expect(await said("Zugspitzweg 4, 82467 Garmisch")).toBe("unknown");
    expect(await said("12345")).toBe("unknown");
  });

  test("texts of any kind are answered, never thrown at", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 300 }), async (text) => {
        const answer = await search(text);
        if (answer.result === "meant") expect(answer.choices.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 150 },
    );
  });
});

test("typed wrong by rule: what is clear is found, what is not is asked back, and no house is given for another", async () => {
  const random = seeded(6);
  const addresses = madeCity(900, random);
  const list = listOf(addresses);
  const keys = new Set(addresses.map(({ street }) => streetKey(street)));
  const TRIES = 60;
  const isRight = (found: Found, meant: RawAddress) =>
    found.address.street === meant.street && found.address.houseNumber === meant.houseNumber;
  for (const rule of RULES) {
    let [right, offered, wrong] = [0, 0, 0];
    for (let n = 0; n < TRIES; n++) {
      const meant = addresses[Math.floor(random() * addresses.length)] as RawAddress;
      const text = rule.type(meant, random);
      const answer: Geocoded = await search(text, list);
      if (answer.result === "found") {
        if (isRight(answer.found, meant)) right++;
        // A slip can make the name of a street that exists: then that is what was typed.
        else if (!keys.has(readAddress(text, list.streets.localities)[0]?.key ?? "")) wrong++;
      } else if (answer.result === "meant" && answer.choices.some((found) => isRight(found, meant)))
        offered++;
    }
    expect({ rule: rule.name, wrong }).toEqual({ rule: rule.name, wrong: 0 });
    const goal = rule.isClear ? right : right + offered;
    const least = rule.isClear ? 0.98 : rule.name === "two letters wrong" ? 0.85 : 0.93;
    expect(goal / TRIES, rule.name).toBeGreaterThanOrEqual(least);
  }
});

test("houses come back as they were packed", () => {
  const house = fc.record({
    n: fc.integer({ min: 1, max: 9_999 }),
    to: fc.integer({ min: 0, max: 9_999 }),
    suffix: fc.constantFrom("", "a", "/1", "½", "a-c"),
    lat: fc.integer({ min: -80e6, max: 80e6 }).map((n) => n / 1e6),
    lon: fc.integer({ min: -180e6, max: 180e6 }).map((n) => n / 1e6),
  });
  fc.assert(
    fc.property(fc.array(house, { maxLength: 40 }), (houses: House[]) => {
      expect(unpackHouses(packHouses(houses))).toEqual(houses);
    }),
  );
  expect(() => unpackHouses(Buffer.of(2, 1))).toThrow(RangeError);
});

test("the customer's own pin counts for the house; far from the address it is said, outside it is refused", async () => {
  const answer = await search("Große Brunnenstraße 9");
  if (answer.result !== "found") throw new Error("found");
  const { found } = answer;
  const near = pinned({ lat: 53.5522, lon: 9.9301 }, { found, address: found.address, bounds: BOUNDS });
  expect(near).toMatchObject({ isFar: false, found: { precision: "house", source: "pin" } });
  expect(near?.found.address).toEqual(found.address);
  // 0.05 degrees of latitude are 5,560 m.
  const far = pinned({ lat: 53.602, lon: 9.93 }, { found, address: found.address, bounds: BOUNDS });
  expect(far?.isFar).toBe(true);
  expect(far?.away_m).toBeGreaterThan(5_500);
  expect(
    pinned({ lat: 48.1, lon: 11.5 }, { found: null, address: found.address, bounds: BOUNDS }),
  ).toBeNull();
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { CITY, type DeliveryStage, openDeliveryStage } from "../../../../../tests/outside/delivery-stage.ts";
import { createDeliveryCity } from "../../api.ts";
import { openChooseCities } from "./choose-cities.ts";
import type { ServedCity } from "./served.ts";

/** Of many cities an address is looked for in three at most, chosen by what the lists say of its postcode and town. */

let stage: DeliveryStage;
let cities: readonly ServedCity[];
beforeAll(async () => {
  stage = await openDeliveryStage();
  const found: ServedCity[] = [];
  // Each but the last has a list: a street of its own, one that all have, and a suburb that the first two share.
  for (const [n, name] of ["Kiel", "Lübeck", "Rostock", "Bremen", "Essen"].entries()) {
    const { id } = await stage.call(createDeliveryCity, { body: { ...CITY, name } });
    found.push({ id, name, timeZone: CITY.timeZone, middle: CITY.middle, radius_m: 10_000 });
    if (name === "Essen") continue;
    const own = `(${stage.tenantId}, ${id}`;
    await stage.rows(
      `insert into delivery.address_list (tenant_id, city_id, source, streets, houses, report, imported_at) values ${own}, 'x', 3, 3, '{}', '2026-11-24')`,
    );
    const rest = "53.5, 10, 100, 1, ''::bytea)";
    await stage.rows(`insert into delivery.street (tenant_id, city_id, n, name, postcode, locality, latitude, longitude, radius_m, house_count, houses)
      values ${own}, 1, 'Ufer ${n}', '2000${n}', '${name}', ${rest}, ${own}, 2, 'Bahnhofstraße', '2000${n}', '${name}', ${rest},
        ${own}, 3, 'Feldweg ${n}', '${n < 2 ? "29999" : `2800${n}`}', '${n < 2 ? "Neudorf" : `Vorort ${n}`}', ${rest}`);
  }
  cities = found;
}, 60_000);
afterAll(() => stage.close());

async function chosen(heard: { street?: string; postcode?: string; town?: string }, count = 5) {
  const asked = await openChooseCities(stage.here.kernel)({
    tenantId: stage.tenantId,
    cities: cities.slice(0, count),
    text: "x",
    heard: { street: "", postcode: "", town: "", ...heard },
    language: "de",
  });
  return [asked.cities.map(({ name }) => name), asked.isComplete];
}

test("by the postcode, by the city's name, by a suburb's", async () => {
  expect(await chosen({ street: "Bahnhofstraße", postcode: "20002" })).toEqual([["Rostock"], true]);
  expect(await chosen({ postcode: "29999" })).toEqual([["Kiel", "Lübeck"], true]);
  expect(await chosen({ postcode: "99999", town: "LÜBECK" })).toEqual([["Lübeck"], true]);
  expect(await chosen({ town: "neudorf" })).toEqual([["Kiel", "Lübeck"], true]);
  // A wrong digit in the postcode does not hide the town that is named.
  expect(await chosen({ postcode: "20001", town: "Bremen" })).toEqual([["Lübeck", "Bremen"], true]);
});

test("what no list knows may lie where there is none; a street that all have needs its postcode", async () => {
  expect(await chosen({ postcode: "45127" })).toEqual([["Essen"], true]);
  expect(await chosen({ street: "ufer 1" })).toEqual([["Lübeck"], true]);
  expect(await chosen({ street: "Bahnhofstraße" })).toEqual([[], true]);
  expect(await chosen({ street: "Nirgends" })).toEqual([[], true]);
});

test("three cities are asked as they are", async () => {
  expect(await chosen({ postcode: "99999" }, 3)).toEqual([["Kiel", "Lübeck", "Rostock"], true]);
});

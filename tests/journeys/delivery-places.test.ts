import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { migrate } from "#kernel";
import { type World, world } from "#kernel/testing";
import { deliveryCommand } from "../../src/cli/delivery.ts";
import { boundsAround } from "../../src/skills/delivery/places/bounds.ts";
import type { RawAddress } from "../../src/skills/delivery/places/gather.ts";
import { AddressGatherer } from "../../src/skills/delivery/places/gather.ts";
import { openDelivery } from "../../src/skills/delivery/skill.ts";
import { readListHead, replaceAddresses } from "../../src/skills/delivery/store/addresses.ts";
import { newestTravelVersion, travelOf } from "../../src/skills/delivery/store/evening-travel.ts";
import { ADDRESSES, openListGeocoder } from "../../src/skills/delivery/store/list-geocoder.ts";
import { readTravelTable, storeTravelTable } from "../../src/skills/delivery/store/travel-tables.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { Barriers } from "../../src/skills/delivery/travel/barriers.ts";
import { Cells } from "../../src/skills/delivery/travel/cells.ts";
import { CityTravel, embeddedTable } from "../../src/skills/delivery/travel/city-travel.ts";
import { inSteps } from "../../src/skills/delivery/travel/pack-table.ts";

/** Address lists and tables of travel times in the database, of two companies that must not see each other's. */

const MIDDLE = { lat: 53.55, lon: 10 };
const BOUNDS = boundsAround(MIDDLE, 20_000);

let house: World;
let carrier: { tenantId: number; cityId: number };
let other: { tenantId: number; cityId: number };

async function makeCity(name: string): Promise<{ tenantId: number; cityId: number }> {
  const { id: tenantId } = await house.tenant({ name });
  const cityId = await inTenant(house.kernel, tenantId, async (tx) => {
    const { id } = await tx
      .insertInto("delivery.city")
      .values({
        tenant_id: tenantId,
        name: "Hamburg",
        time_zone: "Europe/Berlin",
        latitude: MIDDLE.lat,
        longitude: MIDDLE.lon,
        created_at: new Date(house.clock.now()),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  });
  return { tenantId, cityId };
}

beforeAll(async () => {
  house = await world();
  // Its tables, also while the skill is not on the list of those that take turns.
  const room = {
    room: "delivery",
    directory: openDelivery({ readTime: () => undefined, geocoder: openListGeocoder }).migrations ?? "",
  };
  await migrate(house.kernel.db.address, [room], house.clock.now());
  carrier = await makeCity("Abendbote");
  other = await makeCity("Morgenbote");
});
afterAll(() => house.close());

const address = (street: string, houseNumber: string, lat = 53.55): RawAddress => ({
  street,
  houseNumber,
  postcode: "22765",
  locality: "Hamburg",
  district: "Ottensen",
  lat,
  lon: 9.93,
});

async function importList(city: typeof carrier, addresses: readonly RawAddress[]): Promise<void> {
  const gatherer = new AddressGatherer(BOUNDS);
  for (const [line, one] of addresses.entries()) gatherer.add(one, line + 1);
  await inTenant(house.kernel, city.tenantId, (tx) =>
    replaceAddresses(tx, city, {
      ...gatherer.finish(),
      source: "addresses.csv",
      attribution: "Stadt Hamburg",
      now: house.clock.now(),
    }),
  );
  await house.kernel.announce(ADDRESSES, city.tenantId);
}

test("a list is searched at once, replaced whole, and seen by nobody else", async () => {
  const geocoder = openListGeocoder(house.kernel);
  const search = (city: typeof carrier, text: string) =>
    geocoder.search({ ...city, text, language: "de", bounds: BOUNDS });
  expect(await search(carrier, "Am Markt 1")).toEqual({ result: "nothing", because: "unavailable" });

  await importList(carrier, [address("Am Markt", "1"), address("Am Markt", "3a", 53.551)]);
  expect(await search(carrier, "am markt 3 A, 22765 Hamburg")).toMatchObject({
    result: "found",
    found: { precision: "house", place: { lat: 53.551, lon: 9.93 }, source: "list" },
  });
  expect(await geocoder.attribution(carrier)).toBe("Stadt Hamburg");
  expect(await search(other, "Am Markt 1")).toEqual({ result: "nothing", because: "unavailable" });

  await importList(carrier, [address("Am Ring", "7")]);
  await expect
    .poll(async () => (await search(carrier, "Am Ring 7")).result, { timeout: 10_000 })
    .toBe("found");
  expect(await search(carrier, "Am Markt 1")).toEqual({ result: "nothing", because: "unknown" });
  const head = await inTenant(house.kernel, carrier.tenantId, (tx) => readListHead(tx, carrier));
  expect(head).toMatchObject({ revision: 2, source: "addresses.csv", streets: 1, houses: 1 });
});

test("a table of travel times comes back as it was stored, and an old one stays while an evening counts with it", async () => {
  const extent = { west: -2_000, south: -2_000, east: 2_000, north: 2_000 };
  const lines = [
    [
      { x: -9_000, y: 0 },
      { x: 9_000, y: 0 },
    ],
  ];
  const barriers = new Barriers(lines.map((line) => ({ line, crossings: [{ x: 500, y: 0 }] })));
  const cells = new Cells(extent, lines);
  const table = embeddedTable(cells, { circuity: 1.34, metresPerSecond: 5, barriers, factorOf: () => 1 });
  const store = () =>
    inTenant(house.kernel, carrier.tenantId, (tx) =>
      storeTravelTable(tx, carrier, {
        extent,
        lines,
        table,
        leg_s: 25,
        maker: "embedded",
        now: house.clock.now(),
      }),
    );
  const read = (version: number | null) =>
    inTenant(house.kernel, carrier.tenantId, (tx) => readTravelTable(tx, carrier, version));
  expect(await store()).toBe(1);
  const ways = { ...carrier, circuityPercent: 134, speedKmh: 18, leg_s: 25 };
  const across = async (travelVersion: number | null) => {
    const travel = await inTenant(house.kernel, carrier.tenantId, (tx) =>
      travelOf(tx, { ...ways, travelVersion }),
    );
    travel.put(0, { x: -1_500, y: 300 });
    travel.put(1, { x: -1_500, y: -300 });
    return travel.between(0, 1);
  };
  const direct = new CityTravel({ cells, steps: inSteps(table), leg_s: 25 });
  direct.put(0, { x: -1_500, y: 300 });
  direct.put(1, { x: -1_500, y: -300 });
  expect(Math.abs((await across(1)) - direct.between(0, 1))).toBeLessThanOrEqual(3);
  // By distance alone: 600 m at 18 km/h.
  expect(await across(null)).toBe(25 + Math.trunc((600 * 1.34) / 5));
  // 4 km and more over the bridge.
  expect(direct.between(0, 1)).toBeGreaterThan((3_500 * 1.34) / 5);

  await inTenant(house.kernel, carrier.tenantId, (tx) =>
    tx
      .insertInto("delivery.evening")
      .values({
        tenant_id: carrier.tenantId,
        city_id: carrier.cityId,
        service_date: "2026-11-24",
        circuity_percent: 134,
        speed_kmh: 20,
        leg_s: 25,
        travel_version: 1,
        created_at: new Date(house.clock.now()),
      })
      .execute(),
  );
  expect([await store(), await store()]).toEqual([2, 3]);
  expect((await read(null))?.version).toBe(3);
  expect(await inTenant(house.kernel, carrier.tenantId, (tx) => newestTravelVersion(tx, carrier))).toBe(3);
  expect(await inTenant(house.kernel, other.tenantId, (tx) => newestTravelVersion(tx, other))).toBeNull();
  expect([(await read(1))?.version, (await read(2))?.version]).toEqual([1, undefined]);
  expect(await inTenant(house.kernel, other.tenantId, (tx) => readTravelTable(tx, carrier, 1))).toBeNull();
});

describe("the command line beside a node", () => {
  let folder: string;
  let printed = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ah-places-"));
    const { host, port, database, user } = house.kernel.db.address.config("owner");
    const query = new URLSearchParams({ host: String(host), port: String(port) });
    vi.stubEnv("DATABASE_URL", `postgresql://${user}@localhost/${database}?${query}`);
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed += text;
      return true;
    });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (name: string, text: string, ...args: string[]) => {
    const file = join(folder, name);
    await writeFile(file, text);
    printed = "";
    return deliveryCommand([
      ...args.map((one) => (one === "FILE" ? file : one)),
      "--city",
      "Hamburg",
      "--tenant",
      String(carrier.tenantId),
      "--data",
      folder,
    ]);
  };

  test("a list is imported with what was left out said; one without an address of the city changes nothing", async () => {
    const list = "Straße;Hausnr;lat;lon\nDeichstraße;21;53.5447;9.9877\nMarienplatz;1;48.137;11.576\n";
    expect(await run("list.csv", list, "places", "import", "FILE")).toBe(0);
    expect(printed).toContain("Hamburg has 1 addresses in 1 streets now");
    expect(printed).toContain("1 outside the city");
    const head = () => inTenant(house.kernel, carrier.tenantId, (tx) => readListHead(tx, carrier));
    expect(await head()).toMatchObject({ source: "list.csv", houses: 1 });
    await expect(
      run("other.csv", "Straße;Hausnr;lat;lon\nMarienplatz;1;48.137;11.576\n", "places", "import", "FILE"),
    ).rejects.toThrow(/no address of Hamburg.*The list of before stays/s);
    expect(await head()).toMatchObject({ source: "list.csv", houses: 1 });
    await expect(run("none.csv", "a;b\n1;2\n", "places", "import", "FILE")).rejects.toThrow(
      /No column holds streets/,
    );
  });

  test("a table of ways is made with a river and its bridge", async () => {
    const river = {
      type: "FeatureCollection",
      features: [
        [
          "LineString",
          [
            [9.8, 53.54],
            [10.2, 53.54],
          ],
        ],
        ["Point", [10.0, 53.54]],
      ].map(([type, coordinates]) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } })),
    };
    expect(await run("river.geojson", JSON.stringify(river), "travel", "--barriers", "FILE", "--json")).toBe(
      0,
    );
    const { version, maker, barriers, cells } = JSON.parse(printed);
    expect({ maker, barriers }).toEqual({ maker: "embedded", barriers: 1 });
    const stored = await inTenant(house.kernel, carrier.tenantId, (tx) =>
      readTravelTable(tx, carrier, version),
    );
    expect(stored?.cells.count).toBe(cells);
    await expect(run("bad.geojson", "{}", "travel", "--barriers", "FILE")).rejects.toThrow(/no GeoJSON/);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createApiKey, createTenant, defaultSettings, embeddedAddress, migrate, readConfig } from "#kernel";
import { startEmbedded } from "../../../src/kernel/db/embedded.ts";
import { openNode } from "../../../src/main.ts";
import { migrationSets } from "../../../src/migrations.ts";
import { type CityInput, cityInput } from "../../../src/skills/delivery/api.ts";
import { fromGrid } from "../../../src/skills/delivery/plan/grid.ts";
import { LivePlan } from "../../../src/skills/delivery/plan/live-plan.ts";
import { planEvening } from "../../../src/skills/delivery/plan/plan-rounds.ts";
import { roomOf } from "../../../src/skills/delivery/plan/room.ts";
import type { StoredDelivery } from "../../../src/skills/delivery/plan/stored-evening.ts";
import { readCityWays } from "../../../src/skills/delivery/store/addresses.ts";
import { insertCity } from "../../../src/skills/delivery/store/cities.ts";
import { readStoredEvening } from "../../../src/skills/delivery/store/plan-rows.ts";
import { storeTravelTable } from "../../../src/skills/delivery/store/travel-tables.ts";
import { type DeliveryTx, inTenant } from "../../../src/skills/delivery/store/tx.ts";
import type { Barrier } from "../../../src/skills/delivery/travel/barriers.ts";
import { makeTable } from "../../../src/skills/delivery/travel/make-table.ts";
import { seeded } from "../machine/random.ts";

/** The facts' city, or several like it, in a data folder of its own: 16 x 12 km, four depots, four windows of two hours an evening. */

export const MIDDLE = { lat: 53.55, lon: 9.99 };
const WIDTH_M = 16_000;
const HEIGHT_M = 12_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface InstalledCity {
  readonly dataDir: string;
  readonly tenantId: number;
  /** The first of them. */
  readonly cityId: number;
  readonly cityIds: readonly number[];
  readonly evenings: readonly { readonly id: number; readonly stops: number }[];
  /** Of API keys that may ask for windows. */
  readonly keys: readonly string[];
  remove(): void;
}

export interface CityWish {
  /** How many; one where it is not said. */
  readonly cities?: number;
  /** Of each city. */
  readonly evenings: number;
  readonly stops: number;
  readonly couriers: number;
  readonly capacity: number;
  readonly keys: number;
  readonly holdSeconds: number;
  /** Ways are looked up in a table with a river and its bridges, instead of by distance alone. */
  readonly hasRiver?: boolean;
}

const RIVER: Barrier = {
  line: [
    { x: -13_000, y: -1_500 },
    { x: 0, y: -1_000 },
    { x: 13_000, y: -2_500 },
  ],
  crossings: [
    { x: -3_900, y: -1_150 },
    { x: 2_600, y: -1_300 },
  ],
};

const SETTINGS = { timeZone: "Europe/Berlin", language: "de" } as const;

/** Somewhere in the city. */
export function somewhere(random: () => number): { lat: number; lon: number } {
  return fromGrid(MIDDLE, { x: (random() - 0.5) * WIDTH_M, y: (random() - 0.5) * HEIGHT_M });
}

const cityWith = (holdSeconds: number): CityInput =>
  cityInput.parse({
    name: "Messstadt",
    timeZone: "Europe/Berlin",
    middle: MIDDLE,
    radiusMetres: 12_000,
    circuityPercent: 135,
    speedKmh: 22,
    legSeconds: 1,
    holdSeconds,
    depots: [-1, 1].flatMap((x) =>
      [-1, 1].map((y) => ({
        name: `Depot ${x} ${y}`,
        place: fromGrid(MIDDLE, { x: 4_000 * x, y: 3_000 * y }),
      })),
    ),
    windows: [17, 18, 19, 20].map((hour) => ({
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      fromMinute: 60 * hour,
      toMinute: 60 * (hour + 2),
      cutoffMinutes: 60,
      priceMinor: 500,
    })),
  });

/** Makes the folder and fills it; nothing runs on it afterwards. */
export async function installCity(wish: CityWish): Promise<InstalledCity> {
  const parent = mkdtempSync(join(tmpdir(), "ah-delivery-"));
  const dataDir = join(parent, "data");
  const remove = () => rmSync(parent, { recursive: true, force: true });
  const server = await startEmbedded({ dataDir, endsWithProcess: true });
  try {
    const address = embeddedAddress(server.connection());
    await migrate(address, migrationSets, Date.now());
    const node = await openNode(readConfig({ dataDir }, {}), address);
    try {
      return { dataDir, remove, ...(await fill(node.kernel, wish)) };
    } finally {
      await node.close();
    }
  } catch (error) {
    remove();
    throw error;
  } finally {
    await server.stop();
  }
}

type Kernel = Awaited<ReturnType<typeof openNode>>["kernel"];

async function fill(kernel: Kernel, wish: CityWish): Promise<Omit<InstalledCity, "dataDir" | "remove">> {
  const now = Date.now();
  const { id: tenantId } = await kernel.db.registry((tx) =>
    createTenant(tx, { name: "Lieferdienst", settings: defaultSettings(SETTINGS) }, now),
  );
  await kernel.registry.reload();
  const keys: string[] = [];
  for (let n = 0; n < wish.keys; n++)
    keys.push((await createApiKey(kernel, tenantId, { name: `Laden ${n}`, role: "agent" })).secret);
  const evenings: { id: number; stops: number }[] = [];
  const cityIds: number[] = [];
  for (let n = 0; n < (wish.cities ?? 1); n++) {
    const city = await inTenant(kernel, tenantId, (tx) =>
      insertCity(tx, tenantId, { ...cityWith(wish.holdSeconds), name: `Messstadt ${n + 1}` }, now),
    );
    cityIds.push(city.id);
    evenings.push(...(await fillCity(kernel, { tenantId, city, wish, now })));
  }
  return { tenantId, cityId: cityIds[0] ?? 0, cityIds, evenings, keys };
}

interface EmptyCity {
  readonly tenantId: number;
  readonly city: Awaited<ReturnType<typeof insertCity>>;
  readonly wish: CityWish;
  readonly now: number;
}

async function fillCity(
  kernel: Kernel,
  { tenantId, city, wish, now }: EmptyCity,
): Promise<{ id: number; stops: number }[]> {
  if (wish.hasRiver)
    await inTenant(kernel, tenantId, async (tx) => {
      const ways = await readCityWays(tx, { tenantId, city: city.name });
      if (!ways) throw new Error("The city is not there.");
      const made = await makeTable({ ...ways, barriers: [RIVER] });
      await storeTravelTable(tx, { tenantId, cityId: city.id }, { ...made, now });
    });
  const within = { house: kernel, book: roomOf(kernel).book };
  const evenings: { id: number; stops: number }[] = [];
  for (let day = 1; day <= wish.evenings; day++) {
    const date = new Date(now + day * DAY_MS).toISOString().slice(0, 10);
    const four = Date.parse(`${date}T16:00:00Z`);
    const shifts = Array.from({ length: wish.couriers }, (_, n) => ({
      courierId: null,
      startDepotId: city.depots[n % 4]?.id ?? 0,
      earliestAt: new Date(four + (n % 2) * HOUR_MS).toISOString(),
      latestAt: new Date(four + (4 + (n % 2)) * HOUR_MS).toISOString(),
      capacity: wish.capacity,
    }));
    const id = await planEvening(within, tenantId, { cityId: city.id, date, shifts });
    const stops = await inTenant(kernel, tenantId, (tx) => fillEvening(tx, { tenantId, id, wish }));
    evenings.push({ id, stops });
  }
  return evenings;
}

/** Books as many as are wished for in memory and writes them at once. @returns how many have found a place */
async function fillEvening(
  tx: DeliveryTx,
  { tenantId, id, wish }: { readonly tenantId: number; readonly id: number; readonly wish: CityWish },
): Promise<number> {
  const stored = await readStoredEvening(tx, tenantId, id);
  const plan = LivePlan.of(stored);
  if (!plan) throw new Error("The empty evening cannot be built.");
  const random = seeded(id);
  const first = 1_000_000 * id;
  const begin = Math.min(...stored.shifts.map(({ earliestAt }) => earliestAt));
  const placed: StoredDelivery[] = [];
  for (let tries = 0; placed.length < wish.stops && tries < 20 * wish.stops; tries++) {
    const earliestAt = begin + Math.floor(4 * random()) * HOUR_MS;
    const one: StoredDelivery = {
      id: first + placed.length,
      place: somewhere(random),
      earliestAt,
      dueAt: earliestAt + 2 * HOUR_MS - 900_000,
      service_s: 150,
      demand: 1,
      skills: 0,
      pickup: null,
      isOver: false,
    };
    const stop = plan.book(one, one);
    if (!stop) continue;
    plan.name(stop.node, one.id);
    placed.push(one);
  }
  await writePlaced(tx, { tenantId, id, placed, plan });
  return placed.length;
}

async function writePlaced(
  tx: DeliveryTx,
  parts: {
    readonly tenantId: number;
    readonly id: number;
    readonly placed: readonly StoredDelivery[];
    readonly plan: LivePlan;
  },
): Promise<void> {
  const { tenantId, id, placed, plan } = parts;
  const shiftOf = new Map(plan.rounds().flatMap(({ shiftId, route }) => route.map((one) => [one, shiftId])));
  const rows = placed.map((one) => ({
    id: one.id,
    lat: one.place.lat,
    lon: one.place.lon,
    earliest: new Date(one.earliestAt).toISOString(),
    latest: new Date(one.dueAt + 900_000).toISOString(),
    due: new Date(one.dueAt).toISOString(),
    shift: shiftOf.get(one.id),
  }));
  const now = new Date();
  await sql`insert into delivery.delivery (tenant_id, id, evening_id, earliest_at, latest_at, due_at, latitude, longitude,
      address, service_s, demand, state, shift_id, price_minor, currency, created_at, changed_at)
    overriding system value
    select ${tenantId}, r.id, ${id}, r.earliest, r.latest, r.due, r.lat, r.lon, 'Messweg 1', 150, 1, 'booked', r.shift, 500, 'EUR', ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(id bigint, lat float8, lon float8, earliest timestamptz, latest timestamptz,
      due timestamptz, shift int)`.execute(tx);
  for (const { shiftId, route } of plan.rounds())
    await sql`update delivery.shift set route = ${`{${route.join(",")}}`}::bigint[] where tenant_id = ${tenantId} and id = ${shiftId}`.execute(
      tx,
    );
  await sql`update delivery.evening set version = version + 1 where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}

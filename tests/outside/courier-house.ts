import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { createHttpServer, type Flow, kernelRoutes, kernelTimers, openFiles, registerLive } from "#kernel";
import { type World, world } from "#kernel/testing";
import { web } from "../../src/channels/web/index.ts";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import { registerVisitor } from "../../src/kernel/visitor/register.ts";
import { visitorRoutes } from "../../src/kernel/visitor/routes.ts";
import * as delivery from "../../src/skills/delivery/api.ts";
import { deliveryTimers } from "../../src/skills/delivery/jobs.ts";
import { work } from "../../src/skills/delivery/plan/improve-process.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { openDelivery } from "../../src/skills/delivery/skill.ts";
import { openListGeocoder } from "../../src/skills/delivery/store/list-geocoder.ts";
import { ApiClient } from "./api-client.ts";
import { at, CITY } from "./delivery-stage.ts";

/** A carrier with a round of today on a node of its own, over HTTP; its clock stands still until somebody moves it. */

/** A Tuesday, 16:30 in Berlin. */
const START_MS = Date.parse("2026-11-24T15:30:00Z");
const DATE = "2026-11-24";
const iso = (hour: number, minute = 0): string =>
  new Date(Date.UTC(2026, 10, 24, hour, minute)).toISOString();

/** Stands for all other skills. */
const others: Flow = { turn: ({ message }) => [{ do: "say", text: `Gelesen: ${message.text}` }] };

/** What is said of a delivery beyond where and when. */
export interface Parcel {
  readonly address: string;
  readonly place: { readonly lat: number; readonly lon: number };
  readonly note?: string;
  readonly reference?: string;
  readonly skills?: ("cold" | "age_check" | "fragile")[];
  readonly proof?: "none" | "code" | "photo" | "signature";
  readonly code?: string;
  readonly choice?: "leave";
  readonly parcels?: number;
  /** Who wrote to the company. */
  readonly contact?: { readonly contactId: number; readonly conversationId: number };
}

export const PARCELS: readonly Parcel[] = [
  {
    address: "Eppendorfer Weg 87, 20259 Hamburg",
    place: at(-1_500, 2_500),
    note: "Klingel unten rechts, der Summer geht schwer.",
    reference: "HK-20417",
    proof: "code",
    code: "4271",
  },
  { address: "Hoheluftchaussee 9, 20253 Hamburg", place: at(-1_200, 2_900), reference: "PR-9", parcels: 2 },
  {
    address: "Lehmweg 3, 20251 Hamburg",
    place: at(-900, 3_300),
    reference: "HK-20511",
    skills: ["age_check"],
  },
  { address: "Isestraße 40, 20144 Hamburg", place: at(-700, 2_700), reference: "HK-20533", choice: "leave" },
];

const line = (kind: string, points: readonly (readonly [number, number])[]) => {
  const coordinates = points.map(([east, north]) => at(east, north)).map(({ lat, lon }) => [lon, lat]);
  const isArea = kind === "water" || kind === "park";
  const geometry = isArea
    ? { type: "Polygon", coordinates: [[...coordinates, coordinates[0]]] }
    : { type: "LineString", coordinates };
  return { type: "Feature", properties: { kind }, geometry };
};
/** An invented map: a lake, a park and some streets. */
const MAP = {
  type: "FeatureCollection" as const,
  features: [
    line("water", [
      [200, 500],
      [900, 900],
      [1_100, 2_400],
      [700, 3_300],
      [300, 2_000],
    ]),
    line("park", [
      [-2_600, 1_200],
      [-1_700, 1_300],
      [-1_800, 2_200],
      [-2_700, 2_000],
    ]),
    line("street", [
      [-3_000, 2_450],
      [-1_500, 2_450],
      [-700, 2_700],
      [1_500, 3_000],
    ]),
    line("street", [
      [-100, -300],
      [-600, 1_500],
      [-700, 2_700],
      [-900, 3_800],
    ]),
    line("street", [
      [-1_900, 600],
      [-1_500, 2_500],
      [-1_200, 2_900],
      [-900, 3_300],
      [-200, 3_900],
    ]),
    line("street", [
      [-2_500, 400],
      [0, 600],
      [2_500, 300],
    ]),
    line("street", [
      [20_000, 0],
      [21_000, 0],
    ]),
  ],
};

export interface CourierHouse {
  readonly here: World;
  readonly url: string;
  readonly tenantId: number;
  readonly owner: ApiClient;
  readonly courierId: number;
  readonly eveningId: number;
  readonly shiftId: number;
  /** In the order in which they were given. */
  readonly deliveryIds: readonly number[];
  /** What stands behind the # of the courier's link. */
  readonly key: string;
  readonly courier: ApiClient;
  newKey(): Promise<string>;
  rows(text: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** @param contactId of the courier, who writes to the company */
export async function openCourierHouse(
  options: {
    readonly pages?: string;
    readonly chat?: string;
    readonly courierContact?: (house: { readonly url: string; readonly here: World }) => Promise<number>;
    readonly parcels?: (house: { readonly url: string; readonly here: World }) => Promise<readonly Parcel[]>;
  } = {},
): Promise<CourierHouse> {
  const skill = openDelivery({ readTime: () => undefined, geocoder: openListGeocoder });
  const here = await world({
    startMs: START_MS,
    adapters: [web],
    parts: (kernel) => ({
      flows: [
        {
          skill: "delivery",
          flow: skill.flow?.(kernel) ?? { turn: () => null },
          catalogue: skill.messages,
        },
        { skill: "test", flow: others, catalogue: { de: {}, en: {} } },
      ],
      timers: {
        ...kernelTimers(kernel, openFiles(kernel)),
        ...skill.timers?.(kernel),
        // In this process: one of its own for each change would take the time of all tests.
        ...deliveryTimers(kernel, roomOf(kernel), async (order) => work({ ...order, iterations: 200 })),
      },
    }),
  });
  const { kernel, ingest } = here;
  const files = openFiles(kernel);
  const app = createHttpServer(kernel, {
    routes: [
      ...visitorRoutes(kernel, { ingest, hooks: { mostAsked: async () => ({ de: [], en: [] }) } }),
      ...kernelRoutes(kernel, { rooms: [skill] }),
      ...(skill.routes?.(kernel) ?? []),
    ],
    checkReplies: true,
    ...(options.pages && { pages: options.pages }),
  });
  registerVisitor(app, kernel, { live: registerLive(app, kernel), files });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const { id: tenantId } = await here.tenant({ name: "Hanse-Boten" });
  if (options.chat) await here.channel(tenantId, { kind: "web", address: options.chat });
  const { secret } = await createApiKey(kernel, tenantId, { name: "Disposition", role: "owner" });
  const owner = new ApiClient(url, { "x-api-key": secret });
  const rows = async (text: string) =>
    (await kernel.db.tenant(tenantId, (tx) => sql.raw<Record<string, unknown>>(text).execute(tx))).rows;
  const contactId = (await options.courierContact?.({ url, here })) ?? null;
  const parcels = (await options.parcels?.({ url, here })) ?? PARCELS;
  const planned = await plan(owner, contactId);
  const deliveryIds = await bookAll(owner, rows, { ...planned, parcels });
  const newKey = async () => {
    const link = await owner.call(delivery.makeCourierLink, { params: { id: planned.courierId } });
    return link.url.split("#")[1] ?? "";
  };
  const key = await newKey();
  return {
    here,
    url,
    tenantId,
    owner,
    courierId: planned.courierId,
    eveningId: planned.eveningId,
    shiftId: planned.shiftId,
    deliveryIds,
    key,
    courier: new ApiClient(url, { authorization: `Courier ${key}` }),
    newKey,
    rows,
    async close() {
      await app.close();
      await here.close();
    },
  };
}

async function plan(owner: ApiClient, contactId: number | null) {
  const city = await owner.call(delivery.createDeliveryCity, {
    body: {
      ...CITY,
      dispatcherPhone: "+49401234567",
      windows: CITY.windows.map((one) => ({ ...one, cutoffMinutes: 0 })),
    },
  });
  await owner.call(delivery.putCityMap, {
    params: { id: city.id },
    body: { geojson: MAP, attribution: "Erfundene Karte" },
  });
  const courier = await owner.call(delivery.createCourier, {
    body: { name: "Jo Brandt", contactId, skills: ["cold", "age_check", "fragile"] },
  });
  const evening = await owner.call(delivery.createEvening, {
    body: {
      cityId: city.id,
      date: DATE,
      shifts: [
        {
          courierId: courier.id,
          startDepotId: city.depots[0]?.id ?? 0,
          earliestAt: iso(16),
          latestAt: iso(21),
        },
      ],
    },
  });
  return {
    cityId: city.id,
    courierId: courier.id,
    eveningId: evening.id,
    shiftId: evening.shifts[0]?.id ?? 0,
  };
}

async function bookAll(
  owner: ApiClient,
  rows: CourierHouse["rows"],
  {
    cityId,
    eveningId,
    parcels,
  }: { readonly cityId: number; readonly eveningId: number; readonly parcels: readonly Parcel[] },
): Promise<number[]> {
  const ids: number[] = [];
  for (const [n, one] of parcels.entries()) {
    const held = await owner.call(delivery.holdDelivery, {
      body: {
        key: `parcel-${n}`,
        cityId,
        place: one.place,
        window: { eveningId, earliestAt: iso(17), latestAt: iso(19) },
        address: one.address,
        doorNote: one.note ?? "",
        senderReference: one.reference ?? "",
        skills: one.skills ?? [],
        ...one.contact,
      },
    });
    const id = held.delivery?.id ?? 0;
    ids.push(id);
    await owner.call(delivery.bookDelivery, { params: { id }, body: {} });
    await rows(`update delivery.delivery set proof = '${one.proof ?? "none"}', parcels = ${one.parcels ?? 1},
      code = ${one.code ? `'${one.code}'` : "null"}, choice = ${one.choice ? `'${one.choice}'` : "null"} where id = ${id}`);
  }
  return ids;
}

import { sql } from "kysely";
import type { z } from "zod";
import { type Actor, type AnyRoute, type House, kernelTimers, openFiles } from "#kernel";
import type { Contract } from "#kernel/api";
import { type World, world } from "#kernel/testing";
import * as delivery from "../../src/skills/delivery/api.ts";
import { deliveryTimers } from "../../src/skills/delivery/jobs.ts";
import { work } from "../../src/skills/delivery/plan/improve-process.ts";
import { type Room, roomOf } from "../../src/skills/delivery/plan/room.ts";
import type { StoredEvening } from "../../src/skills/delivery/plan/stored-evening.ts";
import { faultsOfPlan } from "../../src/skills/delivery/simulation/certificate.ts";
import { openDelivery } from "../../src/skills/delivery/skill.ts";
import { openListGeocoder } from "../../src/skills/delivery/store/list-geocoder.ts";
import { readStoredEvening } from "../../src/skills/delivery/store/plan-rows.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import type { Given } from "./api-client.ts";

/** A carrier with a city on a real database, on a Tuesday at ten; its processes are houses on the same database. */

export const HOUR = 3_600_000;
export const MIDDLE = { lat: 53.55, lon: 9.99 };
/** About so many metres east and north of the city's middle. */
export const at = (east_m: number, north_m: number) => ({
  lat: MIDDLE.lat + north_m / 111_195,
  lon: MIDDLE.lon + east_m / (111_195 * Math.cos((MIDDLE.lat * Math.PI) / 180)),
});

export const CITY = {
  name: "Hamburg",
  timeZone: "Europe/Berlin",
  middle: MIDDLE,
  radiusMetres: 10_000,
  bufferSeconds: 600,
  depots: [{ name: "Mitte", place: MIDDLE }],
  windows: [17, 18, 19, 20].map((hour) => ({
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    fromMinute: 60 * hour,
    toMinute: 60 * (hour + 2),
    cutoffMinutes: 60,
    priceMinor: 300 + 10 * hour,
  })),
};

export interface DeliveryStage {
  readonly here: World;
  readonly tenantId: number;
  readonly cityId: number;
  readonly depotId: number;
  readonly room: Room;
  /** Another process of the node: the same database, plans of its own. */
  process(): { readonly house: House; readonly room: Room };
  call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    contract: Contract<P, Q, B, R>,
    given?: Given<P, Q, B>,
    as?: Partial<Actor>,
  ): Promise<z.output<R>>;
  /** Plans a day with rounds from 17:00 to 21:00 of the city's clock. @returns its id */
  evening(date: string, rounds: readonly Partial<delivery.ShiftInput>[]): Promise<number>;
  stored(eveningId: number): Promise<StoredEvening>;
  rows(text: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openDeliveryStage(startMs?: number): Promise<DeliveryStage> {
  const skill = openDelivery({ readTime: () => undefined, geocoder: openListGeocoder });
  const here = await world({
    ...(startMs !== undefined && { startMs }),
    parts: (kernel) => {
      const files = openFiles(kernel);
      return {
        timers: {
          ...kernelTimers(kernel, files),
          // In this process: a process for each evening that a test has booked on would take the time of all tests.
          ...deliveryTimers(kernel, roomOf(kernel), async (order) => work({ ...order, iterations: 300 })),
        },
        readFile: (tenantId, fileId) => files.read(tenantId, fileId),
      };
    },
  });
  const tenantId = (await here.tenant()).id;
  const routes = new Map<unknown, AnyRoute>(
    (skill.routes?.(here.kernel) ?? []).map((one) => [one.contract, one]),
  );
  const owner: Actor = { tenantId, role: "owner", staffId: "key:1", name: "Test" };
  const call: DeliveryStage["call"] = async (contract, given = {}, as = {}) => {
    const read = (schema: z.ZodType | undefined, value: unknown) => schema?.parse(value);
    const result = await routes.get(contract)?.use({
      params: read(contract.params, given.params),
      query: read(contract.query, given.query ?? {}),
      body: read(contract.body, given.body),
      actor: { ...owner, ...as },
      request: {} as never,
      reply: {} as never,
    } as never);
    return contract.reply.parse(JSON.parse(JSON.stringify(result))) as never;
  };
  const city = await call(delivery.createDeliveryCity, { body: CITY });
  const depotId = city.depots[0]?.id ?? 0;
  return {
    here,
    tenantId,
    cityId: city.id,
    depotId,
    room: roomOf(here.kernel),
    process() {
      const house: House = { ...here.kernel };
      return { house, room: roomOf(house) };
    },
    call,
    async evening(date, rounds) {
      const noon = Date.parse(`${date}T00:00:00+01:00`);
      const shifts = rounds.map((round) => ({
        startDepotId: depotId,
        earliestAt: new Date(noon + 17 * HOUR).toISOString(),
        latestAt: new Date(noon + 21 * HOUR).toISOString(),
        ...round,
      }));
      return (await call(delivery.createEvening, { body: { cityId: city.id, date, shifts } })).id;
    },
    stored: (eveningId) =>
      inTenant(here.kernel, tenantId, (tx) => readStoredEvening(tx, tenantId, eveningId)),
    rows: async (text) =>
      (await here.kernel.db.tenant(tenantId, (tx) => sql.raw<Record<string, unknown>>(text).execute(tx)))
        .rows,
    close: () => here.close(),
  };
}

export { faultsOfPlan as faultsOf };

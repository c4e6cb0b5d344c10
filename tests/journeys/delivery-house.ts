import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import {
  type ChannelAdapter,
  createHttpServer,
  type Flow,
  kernelRoutes,
  kernelTimers,
  openFiles,
  registerHooks,
  type SkillManifest,
} from "#kernel";
import { type World, world } from "#kernel/testing";
import { web } from "../../src/channels/web/index.ts";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import { registerLive } from "../../src/kernel/events/live-routes.ts";
import { registerVisitor } from "../../src/kernel/visitor/register.ts";
import { visitorRoutes } from "../../src/kernel/visitor/routes.ts";
import type { CourierEvent } from "../../src/skills/delivery/api/courier-page.ts";
import * as delivery from "../../src/skills/delivery/api.ts";
import { record } from "../../src/skills/delivery/evening/record.ts";
import { deliveryTimers } from "../../src/skills/delivery/jobs.ts";
import { work } from "../../src/skills/delivery/plan/improve-process.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { openDelivery } from "../../src/skills/delivery/skill.ts";
import { openListGeocoder } from "../../src/skills/delivery/store/list-geocoder.ts";
import { ApiClient } from "../outside/api-client.ts";
import { at, CITY, HOUR } from "../outside/delivery-stage.ts";
import { NO_QUESTIONS } from "./web-node.ts";

/** A carrier whose evening runs on a node with HTTP, chat and webhooks, under a clock that tests move. */

const MINUTE = 60_000;
export const ADDRESS = "Eppendorfer Weg 87, 20259 Hamburg";
/** Tuesday, ten o'clock in Hamburg: the world's beginning. */
export const DATE = "2026-11-24";
/** Of Hamburg's clock, on that Tuesday. */
export const clockAt = (clock: string, date = DATE): number => Date.parse(`${date}T${clock}:00+01:00`);

export interface Parcel {
  readonly east: number;
  readonly north: number;
  /** The hour at which its window of two hours begins. */
  readonly hour: number;
  readonly address?: string;
  readonly skills?: readonly ("cold" | "age_check" | "fragile")[];
  readonly contactId?: number;
  readonly conversationId?: number;
  readonly date?: string;
}

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
export type Told = Without<CourierEvent, "key" | "at" | "shiftId">;

interface Options {
  /** Folder of the built pages. */
  readonly pages?: string;
  readonly adapters?: readonly ChannelAdapter[];
  readonly settings?: Record<string, unknown>;
}

/** A node with the skill, its chat and its webhooks, and one carrier. */
export async function startDeliveryHouse(options: Options = {}): Promise<DeliveryHouse> {
  const { pages, adapters = [], settings = {} } = options;
  const skill = openDelivery({ readTime: () => undefined, geocoder: openListGeocoder });
  const w = await openWorld(skill, adapters);
  const { kernel, ingest } = w;
  const app = createHttpServer(kernel, {
    routes: [
      ...visitorRoutes(kernel, { ingest, hooks: NO_QUESTIONS }),
      ...kernelRoutes(kernel, { rooms: [skill], purposes: skill.purposes }),
      ...(skill.routes?.(kernel) ?? []),
    ],
    checkReplies: true,
    ...(pages && { pages }),
  });
  registerHooks(app, kernel, ingest);
  registerVisitor(app, kernel, { live: registerLive(app, kernel), files: openFiles(kernel) });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  kernel.config.port = port;
  const url = `http://127.0.0.1:${port}`;
  const { id: tenantId } = await w.tenant({ name: "Hansekontor", settings });
  const chatKey = `delivery-chat-${tenantId}`;
  await w.channel(tenantId, { kind: "web", address: chatKey });
  const { secret } = await createApiKey(kernel, tenantId, { name: "Kasse", role: "owner" });
  const owner = new ApiClient(url, { "x-api-key": secret });
  const city = await owner.call(delivery.createDeliveryCity, { body: CITY });
  const courier = await owner.call(delivery.createCourier, { body: { name: "Ida" } });
  return new DeliveryHouse(w, {
    url,
    tenantId,
    chatKey,
    owner,
    cityId: city.id,
    depotId: city.depots[0]?.id ?? 0,
    courierId: courier.id,
    close: async () => {
      await app.close();
      await w.close();
    },
  });
}

/** What is about no delivery is answered, so that no person has to. */
const greeting: Flow = { turn: () => [{ do: "say", text: "Moin." }] };

function openWorld(skill: SkillManifest, adapters: readonly ChannelAdapter[]): Promise<World> {
  return world({
    adapters: [web, ...adapters],
    parts: (kernel) => {
      const files = openFiles(kernel);
      const flow = skill.flow?.(kernel);
      return {
        flows: [
          ...(flow ? [{ skill: "delivery", flow, catalogue: skill.messages }] : []),
          { skill: "test", flow: greeting, catalogue: { de: {}, en: {} } },
        ],
        timers: {
          ...kernelTimers(kernel, files),
          ...skill.timers?.(kernel),
          // In this process: a process for each booking would take the time of all tests.
          ...deliveryTimers(kernel, roomOf(kernel), async (order) => work({ ...order, iterations: 300 })),
        },
        readFile: (tenantId, fileId) => files.read(tenantId, fileId),
      };
    },
  });
}

interface Founded {
  readonly url: string;
  readonly tenantId: number;
  readonly chatKey: string;
  readonly owner: ApiClient;
  readonly cityId: number;
  readonly depotId: number;
  readonly courierId: number;
  close(): Promise<void>;
}

export class DeliveryHouse {
  readonly world: World;
  readonly founded: Founded;

  constructor(w: World, founded: Founded) {
    this.world = w;
    this.founded = founded;
  }

  /** The page of whoever has this key. */
  page(liveKey: string): ApiClient {
    const { url, tenantId } = this.founded;
    return new ApiClient(url, { authorization: `Delivery ${tenantId}.${liveKey}` });
  }

  /** An evening with one round of the courier from 17:00 to 21:00. */
  async evening(date = DATE): Promise<{ eveningId: number; shiftId: number }> {
    const { owner, cityId, courierId, depotId: startDepotId } = this.founded;
    const shift = {
      courierId,
      startDepotId,
      earliestAt: new Date(clockAt("17:00", date)).toISOString(),
      latestAt: new Date(clockAt("21:00", date)).toISOString(),
    };
    const evening = await owner.call(delivery.createEvening, { body: { cityId, date, shifts: [shift] } });
    return { eveningId: evening.id, shiftId: evening.shifts[0]?.id ?? 0 };
  }

  /** The window that begins at this hour of Hamburg's clock. */
  async window({ east, north, hour, date = DATE }: Parcel) {
    const { windows } = await this.founded.owner.call(delivery.listDeliveryWindows, {
      query: at(east, north),
    });
    const from = clockAt(`${hour}:00`, date);
    const found = windows.find(({ earliestAt }) => Date.parse(earliestAt) === from);
    if (!found) throw new Error(`no window at ${hour}:00`);
    const { eveningId, earliestAt, latestAt } = found;
    return { eveningId, earliestAt, latestAt };
  }

  /** Holds and books. @returns its id */
  async booked(parcel: Parcel): Promise<number> {
    const { owner, cityId } = this.founded;
    const { east, north, hour: _, date: _date, address = ADDRESS, skills = [], ...customer } = parcel;
    const window = await this.window(parcel);
    const held = await owner.call(delivery.holdDelivery, {
      body: {
        key: randomUUID(),
        cityId,
        place: at(east, north),
        window,
        address,
        skills: [...skills],
        ...customer,
      },
    });
    const id = held.delivery?.id ?? 0;
    const booked = await owner.call(delivery.bookDelivery, { params: { id }, body: {} });
    if (booked.outcome !== "booked") throw new Error(`not booked but ${booked.outcome}`);
    return id;
  }

  /** What the courier tells, at this moment of the clock. @returns what became of each */
  async tell(shiftId: number, ...events: readonly Told[]): Promise<string[]> {
    const { kernel, clock } = this.world;
    const { tenantId, courierId } = this.founded;
    const told = events.map((event) => ({
      ...event,
      shiftId,
      key: randomUUID(),
      at: new Date(clock.now()).toISOString(),
    })) as CourierEvent[];
    const who = { tenantId, by: "courier" as const, courierId };
    const results = await record({ house: kernel, book: roomOf(kernel).book }, who, told);
    await this.world.settle();
    return results.map(({ outcome, why }) => why ?? outcome);
  }

  /** The clock goes on, and the node does what is due. */
  async until(local: string, date = DATE): Promise<void> {
    const end = clockAt(local, date);
    const { clock } = this.world;
    while (clock.now() < end) {
      // Far from what is watched by the minute there is nothing to miss.
      const step = end - clock.now() > 6 * HOUR ? 3 * HOUR : 5 * MINUTE;
      clock.advance(Math.min(step, end - clock.now()));
      await this.world.settle();
    }
  }

  async row(deliveryId: number): Promise<Record<string, unknown>> {
    const [row] = await this.rows(`select * from delivery.delivery where id = ${deliveryId}`);
    return row ?? {};
  }

  async rows(text: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.world.kernel.db.tenant(this.founded.tenantId, (tx) =>
      sql.raw<Record<string, unknown>>(text).execute(tx),
    );
    return rows;
  }

  close(): Promise<void> {
    return this.founded.close();
  }
}

import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Flow, Kernel } from "#kernel";
import { type CityInput, cityInput } from "../../src/skills/delivery/api/cities.ts";
import type { CourierEvent } from "../../src/skills/delivery/api/courier-page.ts";
import { expectedOf } from "../../src/skills/delivery/evening/expected.ts";
import { record } from "../../src/skills/delivery/evening/record.ts";
import type { ReadTime } from "../../src/skills/delivery/flows/scene.ts";
import { catalogue } from "../../src/skills/delivery/flows/words.ts";
import { deliveryTimers } from "../../src/skills/delivery/jobs.ts";
import { planEvening } from "../../src/skills/delivery/plan/plan-rounds.ts";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { afterTimers } from "../../src/skills/delivery/store/after/timers.ts";
import { insertCity } from "../../src/skills/delivery/store/cities.ts";
import { deliveryFlow } from "../../src/skills/delivery/store/talk/flow.ts";
import type { FindPlace, TalkOutside } from "../../src/skills/delivery/store/talk/outside.ts";
import { talkTimers } from "../../src/skills/delivery/store/talk/timers.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { startWebNode, type WebNode } from "./web-node.ts";

/** A city, a node and a carrier for journeys that talk: the flow, its timers, real plans in a real database; only the map is played. */

export const MINUTE = 60_000;
/** A Tuesday; the world begins on its morning. */
export const DATE = "2026-11-24";
/** Of the city's clock, on that Tuesday. */
export const at = (hour: number, minute = 0): number =>
  Date.parse(`${DATE}T00:00:00+01:00`) + (hour * 60 + minute) * MINUTE;

export const DEPOT = { lat: 53.55, lon: 9.94 };
export const HOUSES = {
  "Eppendorfer Weg 87, 20259 Hamburg": { lat: 53.573, lon: 9.96 },
  "Lange Reihe 12, 20099 Hamburg": { lat: 53.556, lon: 10.008 },
  "Max-Brauer-Allee 90, 22765 Hamburg": { lat: 53.556, lon: 9.945 },
} as const;
export type Address = keyof typeof HOUSES;

/** Knows the three houses by their beginnings. */
export const knownHouses: FindPlace = async ({ cities, text }) => {
  const known = Object.entries(HOUSES).find(([address]) => address.startsWith(text));
  if (!known) return { is: "none" };
  return { is: "sure", place: { cityId: cities[0]?.id ?? 0, place: known[1], address: known[0] } };
};

/** Windows of two hours on every day, from these hours on. */
export const windowsAt = (...hours: readonly number[]): CityInput["windows"] =>
  hours.map((hour) => ({
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    fromMinute: hour * 60,
    toMinute: (hour + 2) * 60,
    cutoffMinutes: 120,
    priceMinor: hour === 19 ? 190 : 490,
  }));

/** Hamburg; what is not said is as the contract has it for everybody. */
export const cityWith = (more: Partial<CityInput> = {}): CityInput => ({
  ...cityInput.parse({
    name: "Hamburg",
    timeZone: "Europe/Berlin",
    middle: { lat: 53.55, lon: 9.99 },
    depots: [{ name: "Altona", place: DEPOT }],
    windows: windowsAt(17),
  }),
  ...more,
});

interface Stage {
  /** Kinds of the skill's timers that run; without the optimiser, because what is certain does not depend on it. */
  readonly kinds: readonly string[];
  readonly findPlace?: FindPlace;
  readonly readTime?: ReadTime;
  /** What follows a vain attempt, and the question of the next morning. */
  readonly hasAfter?: boolean;
  /** What is about no delivery is answered, so that no person has to. */
  readonly greets?: boolean;
  /** Played instead of the real ones. */
  readonly played?: (outside: TalkOutside) => Partial<TalkOutside>;
}

const greeting: Flow = { turn: () => [{ do: "say", text: "Moin." }] };

export function startDeliveryNode({
  kinds,
  readTime,
  hasAfter,
  greets,
  played,
  ...stage
}: Stage): Promise<WebNode> {
  const { findPlace = knownHouses } = stage;
  return startWebNode({
    parts: (kernel: Kernel) => {
      const room = roomOf(kernel);
      const wanted = Object.entries(deliveryTimers(kernel, room)).filter(([kind]) => kinds.includes(kind));
      const outside = { promises: room.promises, findPlace, expectedOf: expectedOf.bind(null, kernel) };
      return {
        flows: [
          { skill: "delivery", flow: deliveryFlow(kernel, readTime ?? (() => undefined)), catalogue },
          ...(greets ? [{ skill: "test", flow: greeting, catalogue: { de: {}, en: {} } }] : []),
        ],
        timers: {
          ...Object.fromEntries(wanted),
          ...(hasAfter && afterTimers(kernel, room.promises)),
          ...talkTimers(kernel, { ...outside, ...played?.(outside) }),
        },
      };
    },
  });
}

export const within = ({ world: { kernel } }: WebNode) => ({ house: kernel, book: roomOf(kernel).book });

/** A city of this company. @returns it, with the ids that it was given */
export const founded = ({ world: { kernel, clock } }: WebNode, tenantId: number, city = cityWith()) =>
  inTenant(kernel, tenantId, (tx) => insertCity(tx, tenantId, city, clock.now()));

/** A day with one round from 16:30 to 21:30 of somebody, with room for so many. @returns the evening's id */
export function planned(
  node: WebNode,
  tenantId: number,
  {
    city,
    date = DATE,
    capacity = 9,
  }: { city: { id: number; depots: { id: number }[] }; date?: string; capacity?: number },
): Promise<number> {
  const hours = { earliestAt: `${date}T16:30:00+01:00`, latestAt: `${date}T21:30:00+01:00` };
  const shift = { courierId: null, startDepotId: city.depots[0]?.id ?? 0, capacity, skills: [], ...hours };
  return planEvening(within(node), tenantId, { cityId: city.id, date, shifts: [shift] });
}

export const rowsOf = async <T>({ world }: WebNode, tenantId: number, text: string): Promise<T[]> =>
  (await inTenant(world.kernel, tenantId, (tx) => sql.raw<T>(text).execute(tx))).rows;

/** What happened at a door or on the way, without its key, moment and round. */
export type Said = CourierEvent extends infer E
  ? E extends CourierEvent
    ? Omit<E, "key" | "at" | "shiftId">
    : never
  : never;

/** As the dispatcher tells it at this moment. @returns what became of each */
export async function tellAsDispatcher(
  node: WebNode,
  { tenantId, shiftId }: { readonly tenantId: number; readonly shiftId: number },
  said: readonly Said[],
): Promise<string[]> {
  const now = new Date(node.world.clock.now()).toISOString();
  const events = said.map((one) => ({ ...one, key: randomUUID(), at: now, shiftId }) as CourierEvent);
  const results = await record(within(node), { tenantId, by: "dispatcher", courierId: null }, events);
  await node.world.settle();
  return results.map(({ outcome, why }) => why ?? outcome);
}

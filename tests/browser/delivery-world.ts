import { randomUUID } from "node:crypto";
import * as api from "#kernel/api";
import * as delivery from "../../src/skills/delivery/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { type Company, newCompany, query } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { Visitor } from "../outside/visitor.ts";
import type { SharedNode } from "../shared-node.ts";

/**
 * An evening in full swing, whatever the hour: planned and booked by the API for later today, in a zone where it is six in the
 * evening now; then it is moved three hours back, because nobody can book what has passed. What couriers
 * told is written as the log keeps it.
 */

const HOUR = 3_600_000;
const MINUTE = 60_000;
const MIDDLE = { lat: 53.56, lon: 9.98 };
const BACK_HOURS = 3;

export interface DeliveryWorld {
  company: Company;
  cityId: number;
  eveningId: number;
  /**
   * The round that has not begun, its stop that cannot be reached in time there, the round that could, and a stop whose customer
   * has a conversation.
   */
  late: { shiftId: number; deliveryId: number; toShiftId: number; writesId: number };
  conversationId: number;
  running(): Promise<delivery.RunningReply>;
}

export const WRITER = "Hanne Petersen";
export const LATE_NAME = "Familie Yıldız-von Hohenlohe-Langenburg";
const NAMES = [
  "Nguyen",
  "Brandt",
  "Praxis Dr. Wulf und Partnerinnen, Labor im zweiten Hinterhof",
  "Café Strandperle",
  "Hennings",
  "Öztürk",
  "Buchhandlung am Grindel",
  "van der Meer",
  "Świątek",
  "Petersen",
] as const;
const STREETS = ["Osterstraße", "Eppendorfer Weg", "Hoheluftchaussee", "Lange Reihe", "Max-Brauer-Allee"];
const COURIERS = ["Sina Lorenz", "Emre Aydın", "Jorin Beck-Wiśniewski", "Mai Tran"] as const;

type Place = readonly [number, number];
const thing = (kind: string, name: string, type: "Polygon" | "LineString", places: readonly Place[]) => ({
  type: "Feature",
  properties: { kind, name },
  geometry: { type, coordinates: type === "Polygon" ? [[...places, places[0]]] : places },
});
/** A river, a lake, a park and some streets, drawn by hand. */
// biome-ignore format: places stand in their order
const MAP = [
  thing("water", "Elbe", "Polygon", [[9.8, 53.54], [9.93, 53.543], [9.99, 53.536], [10.1, 53.532], [10.1, 53.5], [9.8, 53.51]]),
  thing("water", "Alster", "Polygon", [[9.995, 53.557], [10.008, 53.56], [10.016, 53.575], [10.01, 53.588], [10, 53.583], [9.998, 53.57]]),
  thing("park", "Stadtpark", "Polygon", [[10.01, 53.594], [10.035, 53.597], [10.03, 53.605], [10.008, 53.602]]),
  thing("park", "Planten un Blomen", "Polygon", [[9.975, 53.555], [9.985, 53.556], [9.984, 53.564], [9.978, 53.563]]),
  thing("street", "", "LineString", [[9.9, 53.55], [9.96, 53.55], [9.99, 53.548], [10.06, 53.552]]),
  thing("street", "", "LineString", [[9.94, 53.6], [9.955, 53.575], [9.965, 53.553], [9.97, 53.545]]),
  thing("street", "", "LineString", [[9.9, 53.575], [9.95, 53.572], [9.99, 53.567]]),
  thing("street", "", "LineString", [[10.06, 53.6], [10.03, 53.575], [10.015, 53.553], [9.99, 53.541]]),
  thing("street", "", "LineString", [[9.92, 53.59], [9.99, 53.593], [10.05, 53.585]]),
];

/** A zone in which it is between six and seven in the evening. */
function eveningZone(now: number): { name: string; offsetMs: number } {
  const hours = ((18 - new Date(now).getUTCHours() + 36) % 24) - 12;
  // The signs of these names are turned round.
  const name = hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
  return { name, offsetMs: hours * HOUR };
}

const zone = (name: string, [west, south, east, north]: readonly [number, number, number, number]) => ({
  name,
  polygon: {
    type: "Polygon" as const,
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ] as [number, number][],
    ],
  },
});

/** @param count of deliveries; the last third is for the latest window */
export async function deliveryWorld(node: SharedNode, count = 36): Promise<DeliveryWorld> {
  const company = await newCompany(node, "de", "Hafenbote Hamburg");
  const { owner } = company;
  const now = Date.now();
  const { name: timeZone, offsetMs } = eveningZone(now);
  const date = new Date(now + offsetMs).toISOString().slice(0, 10);
  const at = (hours: number) =>
    new Date(Date.parse(`${date}T00:00:00Z`) - offsetMs + hours * HOUR).toISOString();
  const city = await owner.call(delivery.createDeliveryCity, {
    body: {
      name: "Hamburg",
      timeZone,
      middle: MIDDLE,
      bufferSeconds: 300,
      hourMinor: 1_650,
      depots: [{ name: "HafenCity", place: { lat: 53.541, lon: 9.99 } }],
      zones: [
        zone("Eimsbüttel", [9.9, 53.56, 9.98, 53.62]),
        zone("Winterhude", [9.98, 53.56, 10.06, 53.62]),
        zone("Altona", [9.9, 53.5, 9.98, 53.56]),
        zone("St. Georg", [9.98, 53.5, 10.06, 53.56]),
      ],
      windows: [20, 21, 22].map((hour) => ({
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        fromMinute: 60 * hour,
        toMinute: 60 * (hour + 2),
        cutoffMinutes: 0,
        priceMinor: 490,
      })),
    },
  });
  await owner.call(delivery.putCityMap, {
    params: { id: city.id },
    body: { geojson: { type: "FeatureCollection", features: MAP }, attribution: "Eigene Zeichnung" },
  });
  const startDepotId = city.depots[0]?.id ?? 0;
  const courierIds: number[] = [];
  for (const name of COURIERS) {
    const { id } = await owner.call(delivery.createCourier, { body: { name, capacity: 40 } });
    await owner.call(delivery.makeCourierLink, { params: { id } });
    courierIds.push(id);
  }
  const hours = [
    { from: 19.75, until: 23.5, capacity: 12 },
    { from: 19.75, until: 23.5, capacity: 12 },
    { from: 21.7, until: 24.5, capacity: 8 },
    { from: 23, until: 24.5, capacity: 9 },
  ];
  const evening = await owner.call(delivery.createEvening, {
    body: {
      cityId: city.id,
      date,
      shifts: hours.map(({ from, until, capacity }, n) => ({
        courierId: courierIds[n] ?? null,
        startDepotId,
        earliestAt: at(from),
        latestAt: at(until),
        capacity,
      })),
    },
  });
  await bookAll(owner, { cityId: city.id, eveningId: evening.id, at, count });
  await moveBack(node, evening.id);
  await owner.call(delivery.setEveningState, { params: { id: evening.id }, body: { state: "running" } });
  const running = () => owner.call(delivery.getRunning, { params: { id: evening.id } });
  await tellRounds(node, await running());
  const conversationId = await conversationOf(company, WRITER);
  const late = await makeLate(node, { running: await running(), conversationId, owner });
  return { company, cityId: city.id, eveningId: evening.id, late, conversationId, running };
}

interface Booking {
  cityId: number;
  eveningId: number;
  at(hours: number): string;
  count: number;
}

async function bookAll(owner: ApiClient, { cityId, eveningId, at, count }: Booking): Promise<void> {
  for (let n = 0; n < count; n++) {
    const hour = n < count / 3 ? 20 : n < (2 * count) / 3 ? 21 : 22;
    // The golden angle spreads them evenly, the same in each run.
    const [angle, far] = [n * 2.39996, Math.sqrt((n + 1) / count)];
    const place = {
      lat: MIDDLE.lat + 0.03 * far * Math.sin(angle),
      lon: MIDDLE.lon + 0.05 * far * Math.cos(angle),
    };
    const held = await owner.call(delivery.holdDelivery, {
      body: {
        key: randomUUID(),
        cityId,
        place,
        window: { eveningId, earliestAt: at(hour), latestAt: at(hour + 2) },
        address: `${STREETS[n % STREETS.length]} ${10 + n}, 20259 Hamburg`,
        senderReference: NAMES[n % NAMES.length] ?? "",
        doorNote: n % 4 === 0 ? "Zweiter Hof, links klingeln" : "",
        demand: 1,
      },
    });
    // The plan promises no more than it holds.
    if (!held.delivery) continue;
    await owner.call(delivery.bookDelivery, { params: { id: held.delivery.id }, body: {} });
  }
}

/** What only the database can do: the evening began three hours earlier than it was planned. */
async function moveBack(node: SharedNode, eveningId: number): Promise<void> {
  const by = `interval '${BACK_HOURS} hours'`;
  await query(
    node,
    `update delivery.delivery set earliest_at = earliest_at - ${by}, latest_at = latest_at - ${by}, due_at = due_at - ${by}
      where evening_id = $1`,
    [eveningId],
  );
  await query(
    node,
    `update delivery.shift set earliest_at = earliest_at - ${by}, latest_at = latest_at - ${by}, capacity = 40 where evening_id = $1`,
    [eveningId],
  );
  await query(node, "update delivery.evening set version = version + 1 where id = $1", [eveningId]);
}

/**
 * What couriers told, as the log and the rounds keep it (a courier's page has journeys of its own): two are out since their round
 * began and have brought a stop every nine minutes, the others said that they will come.
 */
async function tellRounds(node: SharedNode, running: delivery.RunningReply): Promise<void> {
  const now = Date.parse(running.now);
  for (const [n, round] of running.rounds.entries()) {
    const begun = Date.parse(round.earliestAt);
    const accepted = Math.min(begun, now) - HOUR;
    const brought = n < 2 ? broughtBy(round, { begun, now }) : [];
    const log: Told[] = [
      { kind: "accepted", at: accepted, deliveryId: null, words: "" },
      ...(n < 2 ? [{ kind: "left", at: begun, deliveryId: null, words: "" }] : []),
      ...brought.flatMap(({ deliveryId, at, words }) => [
        { kind: "arrived", at, deliveryId, words: "" },
        { kind: "done", at: at + MINUTE, deliveryId, words },
      ]),
    ];
    const last = log.at(-1)?.at ?? begun;
    const tenant = "(select tenant_id from delivery.evening where id = $1)";
    await query(
      node,
      `insert into delivery.happened (tenant_id, evening_id, shift_id, delivery_id, kind, by, at, heard_at, words, route)
        select ${tenant}, $1, $2, e.delivery_id, e.kind, 'courier', e.at, e.at, e.words,
          case when e.kind = 'left' then (select route from delivery.shift where id = $2) end
        from unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::text[]) as e(delivery_id, kind, at, words)`,
      [
        running.id,
        round.shiftId,
        log.map(({ deliveryId }) => deliveryId),
        log.map(({ kind }) => kind),
        log.map(({ at }) => new Date(at)),
        log.map(({ words }) => words),
      ],
    );
    for (const { deliveryId, at, words } of brought)
      await query(
        node,
        `update delivery.delivery set state = 'done', outcome = $2, outcome_words = $3, arrived_at = $4, ended_at = $5 where id = $1`,
        [deliveryId, words === "" ? "handed_over" : "neighbour", words, new Date(at), new Date(at + MINUTE)],
      );
    await query(
      node,
      `update delivery.shift set state = $2, accepted_at = $3, left_at = $4, heard_at = $5, since = $6, at_delivery_id = $7 where id = $1`,
      [
        round.shiftId,
        n < 2 ? "out" : "accepted",
        new Date(accepted),
        n < 2 ? new Date(begun) : null,
        new Date(n < 2 ? last : now),
        n < 2 ? new Date(last) : null,
        brought.at(-1)?.deliveryId ?? null,
      ],
    );
    const place = brought.at(-1)?.place;
    if (place)
      await query(
        node,
        `insert into delivery.courier_place (tenant_id, shift_id, at, latitude, longitude) values (${tenant}, $2, $3, $4, $5)`,
        [running.id, round.shiftId, new Date(last), place.lat, place.lon],
      );
  }
}

interface Told {
  kind: string;
  at: number;
  deliveryId: number | null;
  words: string;
}

function broughtBy(round: delivery.RunningRound, { begun, now }: { begun: number; now: number }) {
  return round.stops.flatMap(({ deliveryId, place }, n) => {
    const at = begun + (24 + 9 * n) * MINUTE;
    return at < now - 3 * MINUTE ? [{ deliveryId, place, at, words: n === 2 ? "Frau Bock" : "" }] : [];
  });
}

/** Somebody who wrote to the company, so that there is a conversation to go to. */
async function conversationOf({ owner }: Company, name: string): Promise<number> {
  const channel = await owner.call(api.createChannel, { body: { kind: "web", name: "Chat", origins: [] } });
  const visitor = new Visitor(owner.base, channel.address);
  await visitor.say("Klingeln Sie bitte bei Yıldız.", { name });
  return until(`a conversation with ${name}`, async () => {
    const { items } = await owner.call(api.listConversations, { query: { view: "all" } });
    return items[0]?.id;
  });
}

interface Making {
  running: delivery.RunningReply;
  conversationId: number;
  owner: ApiClient;
}

/**
 * The round that begins last cannot keep a promise that ends before it begins; the third one could. Its customer cannot be told,
 * or the stop would be held where it is. The one behind it has a conversation.
 */
async function makeLate(
  node: SharedNode,
  { running, conversationId, owner }: Making,
): Promise<DeliveryWorld["late"]> {
  const [, , third, last] = running.rounds;
  const [stop, next] = last?.stops ?? [];
  if (!third || !last || !stop || !next) throw new Error("The last round has too few stops");
  const until = new Date(Date.parse(last.earliestAt) - 5 * MINUTE);
  await query(
    node,
    "update delivery.delivery set earliest_at = $2, latest_at = $3, due_at = $3, sender_ref = $4 where id = $1",
    [stop.deliveryId, new Date(until.getTime() - 2 * HOUR), until, LATE_NAME],
  );
  const { contact } = await owner.call(api.getConversation, { params: { id: conversationId } });
  await query(node, "update delivery.delivery set contact_id = $2, conversation_id = $3 where id = $1", [
    next.deliveryId,
    contact.id,
    conversationId,
  ]);
  return {
    shiftId: last.shiftId,
    deliveryId: stop.deliveryId,
    toShiftId: third.shiftId,
    writesId: next.deliveryId,
  };
}

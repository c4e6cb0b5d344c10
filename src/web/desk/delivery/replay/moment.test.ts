import { describe, expect, test } from "vitest";
import type { Happened, RunningReply, RunningRound, RunningStop } from "../../../../skills/delivery/api.ts";
import { filmOf, momentOf, type Replay } from "./moment.ts";

/** Two rounds; the second one's courier drops out at 19:00 and the first takes over. */

const at = (time: string) => `2026-11-19T${time}:00Z`;
const ms = (time: string) => Date.parse(at(time));
const places = {
  depot: { lat: 53.54, lon: 9.99 },
  1: { lat: 53.55, lon: 10 },
  2: { lat: 53.56, lon: 10.01 },
};

const stop = (deliveryId: number, ended: string, more: Partial<RunningStop> = {}): RunningStop => ({
  deliveryId,
  name: `Kunde ${deliveryId}`,
  senderName: "",
  address: "Osterstraße 120",
  place: deliveryId === 1 ? places[1] : places[2],
  earliestAt: at("18:00"),
  latestAt: at("20:00"),
  dueAt: at("19:45"),
  skills: [],
  doorNote: "",
  parcels: 1,
  state: "done",
  outcome: "handed_over",
  isFrozen: true,
  expectedAt: null,
  spreadSeconds: 0,
  lateChance: 0,
  told: { from: at("18:20"), until: at("18:50") },
  isLateSaid: false,
  untold: null,
  endedAt: at(ended),
  conversationId: null,
  ...more,
});
const round = (shiftId: number, stops: RunningStop[], state: RunningRound["state"]): RunningRound => ({
  shiftId,
  courierId: shiftId,
  courierName: `Fahrer ${shiftId}`,
  vehicle: "bicycle",
  state,
  earliestAt: at("17:00"),
  latestAt: at("22:00"),
  backAt: null,
  startDepotId: 9,
  endDepotId: 9,
  capacity: 40,
  load: 0,
  distanceMetres: 0,
  heardAt: null,
  place: null,
  stops,
});
const running: RunningReply = {
  id: 7,
  cityId: 1,
  cityName: "Hamburg",
  timeZone: "Europe/Berlin",
  date: "2026-11-19",
  state: "over",
  version: 12,
  now: at("22:30"),
  depots: [{ id: 9, name: "HafenCity", place: places.depot }],
  rounds: [
    round(1, [stop(1, "18:30"), stop(2, "19:40"), stop(3, "20:05", { isLateSaid: true })], "done"),
    round(2, [], "dropped"),
  ],
  atRisk: [],
  happened: [],
  bufferSeconds: [],
  zonePaces: [],
};
let ids = 0;
const happened = (
  time: string,
  kind: Happened["kind"],
  shiftId: number | null,
  deliveryId: number | null = null,
): Happened => {
  ids += 1;
  return { id: ids, at: at(time), kind, by: "courier", shiftId, deliveryId, words: "", saidBy: "" };
};
const replay: Replay = {
  from: at("17:00"),
  until: at("22:00"),
  orders: [
    { at: at("19:00"), shiftId: 1, route: [1, 2, 3] },
    { at: at("17:00"), shiftId: 1, route: [1] },
    { at: at("17:00"), shiftId: 2, route: [2, 3] },
    { at: at("19:00"), shiftId: 2, route: [] },
  ],
  happened: [
    happened("17:30", "left", 1),
    happened("17:32", "left", 2),
    happened("18:00", "told", null, 1),
    happened("18:30", "done", 1, 1),
    happened("19:00", "dropped", 2),
    happened("19:10", "late_said", 1, 3),
    happened("19:40", "done", 1, 2),
    happened("20:05", "done", 1, 3),
    happened("21:00", "back", 1),
  ],
};
const film = filmOf(running, replay);
const moment = (time: string) => momentOf(film, ms(time));
const routes = (time: string) =>
  moment(time).rounds.map(({ stops }) => stops.map(({ deliveryId }) => deliveryId));

describe("a moment of an evening that is over", () => {
  test("has the rounds in their order of then", () => {
    expect([routes("17:45"), routes("18:59"), routes("19:00")]).toEqual([
      [[1], [2, 3]],
      [[1], [2, 3]],
      [[1, 2, 3], []],
    ]);
  });

  test("has done what was done by then; what was to come stands where it came to pass", () => {
    const [first] = moment("18:30").rounds[0]?.stops ?? [];
    expect(first).toMatchObject({ state: "done", endedAt: at("18:30"), expectedAt: null });
    const [before] = moment("18:29").rounds[0]?.stops ?? [];
    expect(before).toMatchObject({ state: "booked", outcome: null, endedAt: null, expectedAt: at("18:30") });
  });

  test("has couriers where they were heard of last, and nowhere before", () => {
    const placesAt = (time: string) => moment(time).rounds.map(({ place }) => place);
    expect(placesAt("17:10")).toEqual([null, null]);
    expect(placesAt("17:40")).toEqual([places.depot, places.depot]);
    expect(placesAt("18:31")).toEqual([places[1], places.depot]);
    expect(placesAt("21:30")[0]).toEqual(places.depot);
  });

  test("knows who dropped out, who was told, and which promise was at risk until it was brought", () => {
    expect(moment("18:59").rounds.map(({ state }) => state)).toEqual(["out", "out"]);
    expect(moment("19:00").rounds.map(({ state }) => state)).toEqual(["out", "dropped"]);
    expect(moment("17:59").rounds[0]?.stops[0]?.told).toBeNull();
    expect(moment("18:00").rounds[0]?.stops[0]?.told).not.toBeNull();
    const risks = (time: string) => moment(time).atRisk.map(({ deliveryId }) => deliveryId);
    expect([risks("19:09"), risks("19:10"), risks("20:05")]).toEqual([[], [3], []]);
  });

  test("tells what had happened, newest first", () => {
    expect(moment("18:00").happened.map(({ kind }) => kind)).toEqual(["told", "left", "left"]);
    expect(moment("23:00").happened).toHaveLength(replay.happened.length);
  });
});

import { describe, expect, test } from "vitest";
import { Buffers, hourOf } from "../rules/buffers.ts";
import { distanceOf, isOver, learnedBuffers } from "./begin-and-end.ts";
import { planClock } from "./clock.ts";
import type { RunningDelivery, RunningEvening, RunningShift } from "./stored.ts";

/** When an evening is over, and what it leaves behind. */

const HOUR = 3_600_000;
const at = (clock: string) => Date.parse(`2026-11-24T${clock}:00+01:00`);
const MIDDLE = { lat: 53.55, lon: 9.99 };
const shift = (more: Partial<RunningShift> = {}): RunningShift =>
  ({
    id: 1,
    state: "out",
    route: [],
    start: MIDDLE,
    end: MIDDLE,
    latestAt: at("21:00"),
    ...more,
  }) as RunningShift;
const stop = (more: Partial<RunningDelivery> = {}): RunningDelivery =>
  ({
    id: 1,
    shiftId: 1,
    state: "done",
    outcome: "handed_over",
    place: MIDDLE,
    earliestAt: at("18:00"),
    latestAt: at("20:00"),
    dueAt: at("19:45"),
    ...more,
  }) as RunningDelivery;
const evening = (shifts: RunningShift[], deliveries: RunningDelivery[] = []): RunningEvening =>
  ({
    state: "running",
    timeZone: "Europe/Berlin",
    middle: MIDDLE,
    travel: { circuityPercent: 134 },
    shifts,
    deliveries,
  }) as unknown as RunningEvening;

describe("an evening is over", () => {
  test("when all are back, or nobody is waited for any longer", () => {
    const open = [stop({ state: "under_way", outcome: null })];
    expect(isOver(evening([shift()], open), at("20:00"))).toBe(false);
    expect(isOver(evening([shift({ state: "done" })], []), at("20:00"))).toBe(true);
    expect(isOver(evening([shift({ state: "done" }), shift({ id: 2 })], []), at("20:00"))).toBe(false);
    expect(isOver(evening([shift()], open), at("21:00") + 3 * HOUR)).toBe(true);
    expect(isOver(evening([shift({ state: "dropped" })], []), at("20:00"))).toBe(true);
  });

  test("a round that nobody needed keeps it open until its time is over, no longer", () => {
    expect(isOver(evening([shift({ state: "planned" })]), at("20:59"))).toBe(false);
    expect(isOver(evening([shift({ state: "planned" })]), at("21:00"))).toBe(true);
  });
});

test("buffers follow what was recorded, by zone and the hour of the city's clock", () => {
  // One in ten is a quarter of an hour late: the fifteen minutes that were left free were too few.
  const list = Array.from({ length: 2_000 }, (_, id) =>
    stop({ id, arrivedAt: id % 10 === 0 ? at("20:15") : at("19:15") }),
  );
  const [whole, ...others] = learnedBuffers(evening([], list), []);
  expect(others).toEqual([]);
  expect(whole).toMatchObject({ zoneId: 0, hour: 18, promises: 2_000 });
  expect(whole?.buffer_s).toBeGreaterThan(900);
  const ring = [
    [9.9, 53.5],
    [10.1, 53.5],
    [10.1, 53.6],
    [9.9, 53.6],
    [9.9, 53.5],
  ] as const;
  const zones = [{ id: 4, polygon: { type: "Polygon" as const, coordinates: [ring] } }];
  expect(learnedBuffers(evening([], list), zones).map(({ zoneId }) => zoneId)).toEqual([0, 4]);
  const learned = new Buffers([
    { zoneId: 0, hour: 18, buffer_s: 720 },
    { zoneId: 4, hour: 18, buffer_s: 1_080 },
  ]);
  const of = (zoneId: number, clock: string) =>
    learned.of(zoneId, { earliestAt: at(clock), timeZone: "Europe/Berlin" });
  expect([of(4, "18:00"), of(7, "18:30"), of(4, "19:00")]).toEqual([1_080, 720, undefined]);
  const silent = [stop({ arrivedAt: null }), stop({ outcome: "not_recorded", arrivedAt: at("19:00") })];
  expect(learnedBuffers(evening([], silent), [])).toEqual([]);
});

test("metres are counted along the doors and back, with the evening's circuity", () => {
  const north = { lat: MIDDLE.lat + 1_000 / 111_195, lon: MIDDLE.lon };
  const round = shift({ route: [1, 2] });
  const stops = [stop({ place: north }), stop({ id: 2, state: "cancelled" })];
  expect(distanceOf(evening([round], stops), round) / 2_680).toBeCloseTo(1, 3);
  expect(distanceOf(evening([shift()], []), shift())).toBe(0);
});

test("the night when the clock changes has no hour too many", () => {
  const { seconds, ms } = planClock("2026-10-24");
  const [before, after] = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map((one) => Date.parse(one));
  expect(seconds(after ?? 0) - seconds(before ?? 0)).toBe(3_600);
  expect(ms(seconds(before ?? 0))).toBe(before);
  // 2:30 twice on the wall.
  expect([before, after].map((one) => hourOf(one ?? 0, "Europe/Berlin"))).toEqual([2, 2]);
});

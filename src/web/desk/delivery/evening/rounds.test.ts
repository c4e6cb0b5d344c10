import { describe, expect, test } from "vitest";
import type { Happened, RunningRound, RunningStop } from "../../../../skills/delivery/api.ts";
import { countsOf, findStop, hoursOf, isSilent, logRows, placeAt, shareOf, spanOf } from "./rounds.ts";

const at = (time: string) => `2026-11-19T${time}:00Z`;
const ms = (time: string) => Date.parse(at(time));

function stop(deliveryId: number, expected: string, more: Partial<RunningStop> = {}): RunningStop {
  return {
    deliveryId,
    name: `Kundin ${deliveryId}`,
    senderName: "",
    address: "Osterstraße 120",
    place: { lat: 53.57, lon: 9.95 },
    earliestAt: at("18:00"),
    latestAt: at("20:00"),
    dueAt: at("19:45"),
    skills: [],
    doorNote: "",
    parcels: 1,
    state: "booked",
    outcome: null,
    isFrozen: false,
    expectedAt: at(expected),
    spreadSeconds: 300,
    lateChance: 0,
    told: null,
    isLateSaid: false,
    untold: null,
    endedAt: null,
    conversationId: null,
    ...more,
  };
}

function round(shiftId: number, stops: RunningStop[], more: Partial<RunningRound> = {}): RunningRound {
  return {
    shiftId,
    courierId: shiftId,
    courierName: "Emre",
    vehicle: "bicycle",
    state: "out",
    earliestAt: at("17:10"),
    latestAt: at("21:40"),
    backAt: null,
    startDepotId: 1,
    endDepotId: 1,
    capacity: 40,
    load: stops.length,
    distanceMetres: 12_000,
    heardAt: at("18:00"),
    place: null,
    stops,
    ...more,
  };
}

const done = { state: "done" as const, expectedAt: null, endedAt: at("17:50") };

describe("the axis", () => {
  test("whole hours hold every shift and window, a day at most", () => {
    expect(spanOf([round(1, [stop(1, "19:20")])], 0)).toEqual({ from: ms("17:00"), until: ms("22:00") });
    const late = stop(1, "19:20", { latestAt: "2026-11-21T09:00:00Z" });
    const { from, until } = spanOf([round(1, [late])], 0);
    expect((until - from) / 3_600_000).toBe(24);
    expect(spanOf([], ms("18:40"))).toEqual({ from: ms("18:00"), until: ms("22:00") });
  });

  test("a moment has its share, what lies outside stands at the edge", () => {
    const span = { from: ms("17:00"), until: ms("22:00") };
    expect([ms("16:00"), ms("19:30"), ms("23:00")].map((one) => shareOf(one, span))).toEqual([0, 0.5, 1]);
    expect(hoursOf(span, 6).map((one) => new Date(one).getUTCHours())).toEqual([17, 18, 19, 20, 21, 22]);
    expect(hoursOf(span, 3).map((one) => new Date(one).getUTCHours())).toEqual([17, 19, 21]);
  });
});

describe("an evening", () => {
  const rounds = [
    round(1, [stop(1, "17:50", done), stop(2, "19:00"), stop(3, "19:40")]),
    round(2, [
      stop(4, "19:10", { state: "failed", endedAt: at("19:00"), expectedAt: null }),
      stop(5, "20:19"),
    ]),
    round(3, [], { state: "dropped" }),
  ];

  test("is counted: what dropped out is no round, what failed or is at risk is not in plan", () => {
    const atRisk = [{ deliveryId: 5, shiftId: 2, chance: 0.9 }];
    expect(countsOf({ rounds, atRisk })).toEqual({ rounds: 2, stops: 5, inPlan: 3, atRisk: 1 });
  });

  test("a stop is found with its round, or not at all", () => {
    expect(findStop(rounds, 5)).toMatchObject({ number: 2, round: { shiftId: 2 } });
    expect(findStop(rounds, 99)).toBeNull();
  });

  test("dropped on the axis, a stop comes behind those to come that are earlier, itself not counted", () => {
    const [first] = rounds as [RunningRound];
    expect(["17:20", "19:20", "21:00"].map((time) => placeAt(first, ms(time), 5))).toEqual([0, 1, 2]);
    expect(placeAt(first, ms("21:00"), 2)).toBe(1);
  });

  test("is silent when rounds should be out and nobody was heard", () => {
    const quiet = rounds.map((one) => ({ ...one, heardAt: null }));
    expect(isSilent({ rounds: quiet, state: "running" }, ms("18:00"))).toBe(true);
    expect(isSilent({ rounds: quiet, state: "running" }, ms("17:00"))).toBe(false);
    expect(isSilent({ rounds, state: "running" }, ms("18:00"))).toBe(false);
    expect(isSilent({ rounds: quiet, state: "planned" }, ms("18:00"))).toBe(false);
  });
});

test("customers told in one go are one line, everything else stays as it is", () => {
  const one = (id: number, kind: Happened["kind"], time: string): Happened => ({
    id,
    at: at(time),
    kind,
    by: "automatic",
    shiftId: 1,
    deliveryId: id,
    words: "",
    saidBy: "",
  });
  const rows = logRows([
    one(6, "done", "19:10"),
    one(5, "told", "19:02"),
    one(4, "told", "19:02"),
    one(3, "told", "18:40"),
    one(2, "done", "18:30"),
    one(1, "done", "18:30"),
  ]);
  expect(rows.map(({ happened, count }) => [happened.kind, count])).toEqual([
    ["done", 1],
    ["told", 2],
    ["told", 1],
    ["done", 1],
    ["done", 1],
  ]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, Plan, PlaneTravel, planProblem, type Shift } from "../engine/index.ts";
import { seeded } from "../fixtures/typed-wrong.ts";
import { type Barrier, BarrierFault, Barriers } from "./barriers.ts";
import { Cells } from "./cells.ts";
import { CityTravel, embeddedTable } from "./city-travel.ts";
import { type DrivenLeg, learnZones, shrunkMedian } from "./learn-zones.ts";
import { inSteps, packTable, STEP, unpackTable } from "./pack-table.ts";
import { readBarriers } from "./read-barriers.ts";
import { EVENING_BY_CAR, SpeedProfile, stepsOf } from "./speed-profile.ts";
import { timedArrivals } from "./timed-pass.ts";

const HOUR = 3_600;

describe("the speed profile", () => {
  /** 5 m/s until 18:00, 10 m/s behind it. */
  const profile = new SpeedProfile([
    { from_s: 0, metresPerSecond: 5 },
    { from_s: 18 * HOUR, metresPerSecond: 10 },
  ]);

  test("a way over the change of an hour is driven at both speeds", () => {
    // 100 s at 5 m/s are 500 m, the other 1,000 m take 100 s.
    expect(profile.arrive(18 * HOUR - 100, 1_500)).toBe(18 * HOUR + 100);
    expect(profile.leaveBy(18 * HOUR + 100, 1_500)).toBe(18 * HOUR - 100);
    expect(profile.arrive(-50, 500)).toBe(50);
    expect(profile.slowest(17 * HOUR, 19 * HOUR)).toBe(5);
    expect(profile.slowest(18 * HOUR, 19 * HOUR)).toBe(10);
  });

  test("who leaves later arrives later, and the latest departure arrives in time", () => {
    const day = new SpeedProfile(stepsOf(EVENING_BY_CAR, (minute) => minute * 60));
    const moment = fc.integer({ min: 0, max: 24 * HOUR });
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: 0, max: 30_000 }), (one, other, metres) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(day.arrive(early, metres)).toBeLessThanOrEqual(day.arrive(late, metres));
        expect(Math.abs(day.arrive(day.leaveBy(early, metres), metres) - early)).toBeLessThan(1e-6);
        // The plan's speed is one that no hour is slower than.
        const slowest = day.slowest(early, day.arrive(early, metres));
        expect(day.arrive(early, metres)).toBeLessThanOrEqual(early + metres / slowest + 1e-6);
      }),
    );
  });

  test("a plan that is kept at the slowest speed is kept under the profile", () => {
    const day = new SpeedProfile(stepsOf(EVENING_BY_CAR, (minute) => minute * 60));
    const leg = fc.record({
      metres: fc.integer({ min: 0, max: 8_000 }),
      leg_s: fc.integer({ min: 0, max: 60 }),
      service_s: fc.integer({ min: 0, max: 600 }),
      earliest: fc.integer({ min: 17 * HOUR, max: 22 * HOUR }),
    });
    fc.assert(
      fc.property(fc.array(leg, { minLength: 1, maxLength: 20 }), (legs) => {
        const slowest = day.slowest(17 * HOUR, 30 * HOUR);
        let now = 17 * HOUR;
        const planned = legs.map(({ metres, leg_s, service_s, earliest }) => {
          const reached = now + Math.ceil(metres / slowest) + leg_s;
          now = Math.max(reached, earliest) + service_s;
          return reached;
        });
        const timed = timedArrivals(legs, 17 * HOUR, day);
        for (const [n, reached] of timed.entries()) expect(reached).toBeLessThanOrEqual(planned[n] as number);
      }),
    );
  });

  test.each([
    [[]],
    [[{ from_s: 0, metresPerSecond: 0 }]],
    [
      [
        { from_s: 10, metresPerSecond: 1 },
        { from_s: 10, metresPerSecond: 2 },
      ],
    ],
  ])("%j is none", (steps) => {
    expect(() => new SpeedProfile(steps)).toThrow(RangeError);
  });
});

/** A river along the x axis with one bridge 1,000 m east of its middle. */
const RIVER: Barrier = {
  line: [
    { x: -6_000, y: 0 },
    { x: 6_000, y: 0 },
  ],
  crossings: [{ x: 1_000, y: 0 }],
};

describe("barriers", () => {
  test("one goes straight on one bank, and over the bridge to the other", () => {
    const river = new Barriers([RIVER]);
    expect(river.metres({ x: 0, y: 100 }, { x: 3_000, y: 100 })).toBe(3_000);
    // Twice the hypotenuse over 1,000 and 500.
    expect(river.metres({ x: 0, y: 500 }, { x: 0, y: -500 })).toBeCloseTo(2 * Math.hypot(1_000, 500), 3);
    // On the bridge itself.
    expect(river.metres({ x: 1_000, y: 5 }, { x: 1_000, y: -5 })).toBeLessThan(40);
  });

  test("a lake is gone round at its ends", () => {
    const lake = new Barriers([
      {
        line: [
          { x: -1_000, y: 0 },
          { x: 1_000, y: 0 },
        ],
        crossings: [],
      },
    ]);
    const way = lake.metres({ x: 500, y: 300 }, { x: 500, y: -300 });
    const round = 2 * Math.hypot(515, 300);
    expect(Math.abs(way - round)).toBeLessThan(1);
  });

  test("two rivers are crossed one after the other, and a bend is followed", () => {
    const two = new Barriers([
      RIVER,
      { line: RIVER.line.map(({ x }) => ({ x, y: 2_000 })), crossings: [{ x: -1_000, y: 2_000 }] },
    ]);
    const expected = Math.hypot(1_000, 500) + Math.hypot(2_000, 2_000) + Math.hypot(1_000, 500);
    expect(two.metres({ x: 0, y: -500 }, { x: 0, y: 2_500 })).toBeCloseTo(expected, 3);
    const bend = new Barriers([
      {
        line: [
          { x: -3_000, y: 0 },
          { x: 0, y: 0 },
          { x: 0, y: 3_000 },
        ],
        crossings: [],
      },
    ]);
    // Inside the bend to outside it: round the nearer end.
    const way = bend.metres({ x: -2_900, y: 200 }, { x: -2_900, y: -200 });
    expect(way).toBeLessThan(2 * Math.hypot(115, 200) + 1);
  });

  test.each([
    [{ line: [{ x: 0, y: 0 }], crossings: [] }, /fewer than two points/],
    [{ ...RIVER, crossings: [{ x: 0, y: 400 }] }, /crossing \(1\)/],
    [{ ...RIVER, line: Array.from({ length: 70 }, (_, x) => ({ x, y: x % 2 })) }, /more than 60 points/],
    [{ ...RIVER, line: [...RIVER.line, { x: Number.NaN, y: 0 }] }, /without a place/],
  ])("a barrier that cannot be is named", (barrier, sentence) => {
    expect(() => new Barriers([barrier])).toThrow(BarrierFault);
    expect(() => new Barriers([barrier])).toThrow(sentence);
  });
});

const EXTENT = { west: -5_000, south: -4_000, east: 5_000, north: 4_000 };

function openCity({ barriers = null as Barriers | null, factorOf = (_: number): number => 1 } = {}) {
  const cells = new Cells(EXTENT, barriers?.lines);
  const table = embeddedTable(cells, { circuity: 1.34, metresPerSecond: 5, barriers, factorOf });
  return { cells, table, travel: new CityTravel({ cells, steps: inSteps(table), leg_s: 20 }) };
}

describe("travel times of a city", () => {
  const spot = fc.record({
    x: fc.integer({ min: -5_500, max: 5_500 }),
    y: fc.integer({ min: -4_500, max: 4_500 }),
  });

  test("rows and pairs say the same, in both directions", () => {
    const { travel } = openCity({ barriers: new Barriers([RIVER]), factorOf: (cell) => 1 + (cell % 3) / 10 });
    fc.assert(
      fc.property(fc.array(spot, { minLength: 2, maxLength: 20 }), (spots) => {
        for (const [node, place] of spots.entries()) travel.put(node, place);
        for (const [node, place] of spots.entries()) {
          const { there, back } = travel.rows(place, spots.length);
          for (let other = 0; other < spots.length; other++) {
            expect(there[other]).toBe(travel.between(other, node));
            expect(back[other]).toBe(travel.between(node, other));
            expect(travel.between(other, node)).toBe(travel.between(node, other));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("without barriers and factors it is the plane", () => {
    const { travel } = openCity();
    const plane = new PlaneTravel({ circuity: 1.34, metresPerSecond: 5, legSeconds: 20 });
    fc.assert(
      fc.property(spot, spot, (a, b) => {
        for (const one of [travel, plane]) {
          one.put(0, a);
          one.put(1, b);
        }
        // A pace is rounded up to a ten-thousandth of a second a metre: 1.4 s on the longest way here.
        const more = travel.between(0, 1) - plane.between(0, 1);
        expect(more).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(3);
      }),
    );
  });

  test("the other bank is far although it is near, and only it", () => {
    const { travel } = openCity({ barriers: new Barriers([RIVER]) });
    travel.put(0, { x: -1_500, y: 60 });
    travel.put(1, { x: -1_500, y: -60 });
    travel.put(2, { x: -1_700, y: 60 });
    // Over the bridge it is 5 km, and farther round the river's end; within a fifth, because cells are squares of 400 m.
    const expected = (5_000 * 1.34) / 5;
    expect(travel.between(0, 1)).toBeGreaterThan(0.8 * expected);
    expect(travel.between(0, 1)).toBeLessThan(1.2 * expected);
    expect(travel.between(0, 2)).toBeLessThan(120);
  });

  test("a plan with them keeps every booked stop, by the independent checker's word", () => {
    const random = seeded(3);
    const { travel } = openCity({
      barriers: new Barriers([RIVER]),
      factorOf: (cell) => 0.8 + (cell % 5) / 10,
    });
    const shifts = Array.from(
      { length: 4 },
      (_, n): Shift => ({
        start: { x: -2_000, y: n % 2 === 0 ? 1_000 : -1_000 },
        end: { x: -2_000, y: n % 2 === 0 ? 1_000 : -1_000 },
        earliest: 17 * HOUR,
        latest: 21 * HOUR,
        capacity: 100,
        skills: 0,
      }),
    );
    const plan = new Plan({ shifts, travel, buffer_s: 300 });
    for (let n = 0; n < 120; n++) {
      const from = (17 + Math.floor(random() * 3)) * HOUR;
      const place = { x: 10_000 * random() - 5_000, y: 8_000 * random() - 4_000 };
      plan.book({ place, service_s: 150, demand: 1, skills: 0 }, { earliest: from, latest: from + 2 * HOUR });
    }
    expect(plan.open).toBeGreaterThan(60);
    const { problem, start } = planProblem(plan.rows(), travel);
    const routes = start.routes.map(({ vehicle, stops }) => ({
      vehicle,
      customers: stops.map((node) => problem.label[node] as number),
    }));
    expect(check(problem, routes).errors).toEqual([]);
  });

  test("a table of other cells is refused", () => {
    const { cells } = openCity();
    expect(() => new CityTravel({ cells, steps: new Uint32Array(4), leg_s: 20 })).toThrow(RangeError);
  });
});

describe("what finished stops teach", () => {
  const TRUE = [0.8, 1, 1.3, 1.6];

  function driven(count: number, wild: number): DrivenLeg[] {
    const random = seeded(11);
    return Array.from({ length: count }, () => {
      const [from, to] = [Math.floor(random() * TRUE.length), Math.floor(random() * TRUE.length)];
      const planned_s = 60 + 600 * random();
      const factor = Math.sqrt((TRUE[from] as number) * (TRUE[to] as number));
      const noise =
        random() < wild ? 3 + 5 * random() : Math.exp(0.25 * (random() + random() + random() - 1.5) * 2);
      return { from, to, planned_s, driven_s: planned_s * factor * noise };
    });
  }

  test("each part's factor is found, also where every tenth way went wrong", () => {
    for (const [wild, tolerance] of [
      [0, 0.05],
      [0.1, 0.12],
    ] as const)
      for (const [zone, factor] of learnZones(driven(2_000, wild), TRUE.length).entries())
        expect(Math.abs(factor / (TRUE[zone] as number) - 1), `zone ${zone}`).toBeLessThan(tolerance);
  });

  test("a few ways change little, none nothing, and nothing leaves the bounds", () => {
    expect(learnZones([], 2, [1.2, 0.9])).toEqual([expect.closeTo(1.2, 6), expect.closeTo(0.9, 6)]);
    const twice = { from: 0, to: 0, planned_s: 100, driven_s: 200 };
    const [after] = learnZones([twice, twice], 1);
    // Two of fourteen parts of the way from 1 to 2.
    expect(after).toBeGreaterThan(1.05);
    expect(after).toBeLessThan(1.15);
    const [most] = learnZones(
      Array.from({ length: 900 }, () => ({ ...twice, driven_s: 9_000 })),
      1,
    );
    expect(most).toBe(2.5);
    const strange = [
      { from: 7, to: 0, planned_s: 100, driven_s: 100 },
      { from: 0, to: 0, planned_s: 5, driven_s: 100 },
      { from: 0, to: 0, planned_s: 100, driven_s: -1 },
    ];
    expect(learnZones(strange, 1)).toEqual([1]);
  });

  test("the median is drawn towards what was believed", () => {
    expect(shrunkMedian([], 3, 10)).toBe(3);
    expect(shrunkMedian([5, 100, 4], 1, 3)).toBe(3);
    expect(shrunkMedian([4, 6], 0, 2)).toBe(2.5);
  });
});

describe("what is stored", () => {
  test("a table comes back the same in both directions, never faster", () => {
    const { cells, table } = openCity({ barriers: new Barriers([RIVER]) });
    const again = unpackTable(packTable(table, cells), cells);
    for (let at = 0; at < cells.count ** 2; at += 97) {
      const [pace, extra] = [table.secondsPerMetre[at] as number, table.extra_s[at] as number];
      const pair = again[at] as number;
      expect((pair & 0xffff) * STEP).toBeGreaterThan(pace - 1e-5);
      expect((pair & 0xffff) * STEP).toBeLessThan(pace + 2e-4);
      expect(pair >>> 16).toBeGreaterThan(extra - 0.01);
      expect(pair >>> 16).toBeLessThan(extra + 1.01);
    }
    expect(() => unpackTable(Buffer.alloc(8), cells)).toThrow(RangeError);
    // A plan of tomorrow counts as one of today.
    expect(again).toEqual(inSteps(table));
  });

  test("barriers as a drawing tool writes them", () => {
    const collection = (...list: [string, unknown][]) => ({
      type: "FeatureCollection",
      features: list.map(([type, coordinates]) => ({ type: "Feature", geometry: { type, coordinates } })),
    });
    const toGrid = ({ lat, lon }: { lat: number; lon: number }) => ({ x: 1_000 * lon, y: 1_000 * lat });
    const line = [
      [9, 1],
      [11, 1],
    ];
    const other = [
      [9, 2],
      [11, 2],
    ];
    expect(
      readBarriers(collection(["LineString", line], ["LineString", other], ["Point", [10, 1.9]]), toGrid),
    ).toEqual([
      {
        line: [
          { x: 9_000, y: 1_000 },
          { x: 11_000, y: 1_000 },
        ],
        crossings: [],
      },
      {
        line: [
          { x: 9_000, y: 2_000 },
          { x: 11_000, y: 2_000 },
        ],
        crossings: [{ x: 10_000, y: 1_900 }],
      },
    ]);
    for (const [wrong, sentence] of [
      [null, /no GeoJSON/],
      [collection(["Polygon", []]), /neither a line nor a point/],
      [collection(["Point", [10, 1]]), /no line/],
      [collection(["LineString", [["a", 1]]]), /is no place/],
    ] as const)
      expect(() => readBarriers(wrong, toGrid)).toThrow(sentence);
  });
});

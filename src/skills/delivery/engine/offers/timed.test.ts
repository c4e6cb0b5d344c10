import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../check.ts";
import { improvePlan, planProblem } from "./improve.ts";
import { Plan, type Request, type Shift, type Window } from "./plan.ts";
import { PlaneTravel } from "./plane-travel.ts";
import { repairRoutes } from "./repair.ts";
import type { TravelClock } from "./travel.ts";

const HOUR = 3_600;
const WINDOWS: readonly Window[] = [17, 18, 19, 20].map((hour) => ({
  earliest: hour * HOUR,
  latest: (hour + 2) * HOUR,
}));

/** Until seven everything takes twice as long: written down second by second, in the plainest way. */
const RUSH_ENDS = 19 * HOUR;
const clock: TravelClock = {
  arrive(depart, way_s) {
    const slow = Math.max(0, RUSH_ENDS - depart);
    return 2 * way_s <= slow ? depart + 2 * way_s : depart + slow + Math.ceil(way_s - slow / 2);
  },
  leaveBy(arrive, way_s) {
    let leave = arrive - way_s;
    while (clock.arrive(leave, way_s) > arrive) leave--;
    return leave;
  },
};

function openPlan(couriers: number) {
  const travel = new PlaneTravel({ circuity: 1.34, metresPerSecond: 6, legSeconds: 20, clock });
  const shifts = Array.from(
    { length: couriers },
    (_, n): Shift => ({
      start: { x: 2_000 * n, y: 0 },
      end: { x: 0, y: 0 },
      earliest: 17 * HOUR,
      latest: 21 * HOUR,
      capacity: 12,
      skills: 0,
    }),
  );
  return { plan: new Plan({ shifts, travel, buffer_s: 0 }), travel };
}
type Opened = ReturnType<typeof openPlan>;

const place = fc.record({
  x: fc.integer({ min: 0, max: 9_000 }),
  y: fc.integer({ min: -5_000, max: 5_000 }),
});
const request = fc.record(
  {
    place,
    service_s: fc.integer({ min: 60, max: 600 }),
    demand: fc.constant(1),
    skills: fc.constant(0),
    pickup: fc.record({
      place,
      service_s: fc.constant(120),
      window: fc.constant({ earliest: 17 * HOUR, latest: 20 * HOUR }),
    }),
  },
  { requiredKeys: ["place", "service_s", "demand", "skills"] },
);
const requests = (most: number) =>
  fc.array(request, { minLength: 1, maxLength: most }) as fc.Arbitrary<Request[]>;

/** Drives every round by the clock. @returns who is late, and rounds that end late by their shift's number less than nothing */
function lateIn({ plan, travel }: Opened): number[] {
  const { shifts, routes, stops } = plan.rows();
  return routes.flatMap((route, n) => {
    const { earliest, latest } = shifts[n] as Shift;
    const late: number[] = [];
    let [at, now] = [2 * n, earliest];
    for (const node of route) {
      const stop = stops.find((one) => one.node === node);
      if (!stop) throw new Error("a stop is missing");
      now = Math.max(clock.arrive(now, travel.between(at, node)), stop.earliest);
      if (now > stop.latest) late.push(node);
      now += stop.service_s;
      at = node;
    }
    if (route.length > 0 && clock.arrive(now, travel.between(at, 2 * n + 1)) > latest) late.push(-1 - n);
    return late;
  });
}

function faults({ plan, travel }: Opened): readonly string[] {
  const { problem, start } = planProblem(plan.rows(), travel);
  return check(
    problem,
    start.routes.map(({ vehicle, stops }) => ({
      vehicle,
      customers: stops.map((node) => problem.label[node] as number),
    })),
  ).errors;
}

test("whatever is booked is in time by the clock, and what is refused has no place anywhere by the clock", () => {
  fc.assert(
    fc.property(requests(8), fc.nat(3), (wanted, w) => {
      const opened = openPlan(2);
      const { plan, travel } = opened;
      for (const [n, one] of wanted.entries()) {
        const window = WINDOWS[(w + n) % 4] as Window;
        const possible = one.pickup === undefined && hasPlace(opened, one, window);
        const [offer] = plan.offers(one, [window]);
        const booking = plan.book(one, window);
        expect(booking === null).toBe(offer === null);
        if (one.pickup === undefined) expect(booking !== null).toBe(possible);
        expect(lateIn({ plan, travel })).toEqual([]);
        expect(faults({ plan, travel })).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});

/** Every place tried by the checker. */
function hasPlace({ plan, travel }: Opened, { place: at, ...one }: Request, window: Window): boolean {
  const rows = plan.rows();
  const node = 1 + Math.max(2 * rows.shifts.length, ...rows.stops.map((stop) => stop.node));
  travel.put(node, at);
  const stops = [...rows.stops, { ...one, node, ...window }];
  return rows.routes.some((route, slot) =>
    [...route, 0].some((_, n) => {
      const tried = [...route.slice(0, n), node, ...route.slice(n)];
      const routes = rows.routes.map((other, k) => (k === slot ? tried : other));
      const { problem, start } = planProblem({ ...rows, stops, routes }, travel);
      const stated = start.routes.map(({ vehicle, stops: list }) => ({
        vehicle,
        customers: list.map((stop) => problem.label[stop] as number),
      }));
      return check(problem, stated).feasible;
    }),
  );
}

test("no plan that the optimiser brings is late by the clock, and nobody is lost", () => {
  let adopted = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const opened = openPlan(3);
    const { plan, travel } = opened;
    for (let n = 0; n < 40; n++) {
      const at = { x: (n * 3_571 * seed) % 9_000, y: ((n * 1_973 * seed) % 9_000) - 4_500 };
      plan.book({ place: at, service_s: 240, demand: 1, skills: 0 }, WINDOWS[(n * seed) % 4] as Window);
    }
    const { open } = plan;
    for (let round = 0; round < 4; round++) {
      if (improvePlan(plan, travel, { seed: seed + round, tries: 150 })) adopted++;
      expect(lateIn(opened)).toEqual([]);
      expect(faults(opened)).toEqual([]);
      expect(plan.open).toBe(open);
    }
  }
  expect(adopted).toBeGreaterThan(6);
});

test("routes that would be late in the slow hours are repaired, or refused where somebody has no other place", () => {
  fc.assert(
    fc.property(requests(14), fc.infiniteStream(fc.nat(1_000)), (wanted, chance) => {
      const opened = openPlan(3);
      const { plan, travel } = opened;
      for (const [n, one] of wanted.entries()) plan.book(one, WINDOWS[n % 4] as Window);
      const rows = plan.rows();
      // Everybody anywhere, the pick-up before its delivery: most of it is late.
      const order = rows.stops.flatMap((stop) => (stop.mate === undefined || stop.isPickup ? [stop] : []));
      const routes: number[][] = rows.shifts.map(() => []);
      for (const { node, mate } of order.toSorted((a, b) => a.earliest - b.earliest)) {
        const route = routes[(chance.next().value ?? 0) % routes.length] as number[];
        route.push(node);
        if (mate !== undefined) route.push(mate);
      }
      const repaired = repairRoutes(rows, travel, routes);
      const { version } = plan;
      if (repaired === null) return;
      expect(plan.adopt(version, repaired)).toBe(true);
      expect(lateIn(opened)).toEqual([]);
      expect(repaired.flat().toSorted((a, b) => a - b)).toEqual(
        rows.stops.map(({ node }) => node).toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 60 },
  );
  const { plan, travel } = openPlan(1);
  // Half an hour away in the fastest hour, an hour now: one of both is there by six, not both.
  const far = { place: { x: 7_000, y: 0 }, service_s: 60, demand: 1, skills: 0 };
  plan.book(far, { earliest: 17 * HOUR, latest: 18 * HOUR });
  const rows = plan.rows();
  travel.put(9, { x: 0, y: 4_000 });
  const other = { node: 9, service_s: 60, demand: 1, skills: 0, earliest: 17 * HOUR, latest: 18 * HOUR };
  const both = { ...rows, stops: [...rows.stops, other] };
  expect(repairRoutes(both, travel, [[...(rows.routes[0] ?? []), 9]])).toBeNull();
  expect(repairRoutes(rows, travel, rows.routes)).toEqual(rows.routes);
});

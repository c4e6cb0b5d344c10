import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../check.ts";
import { improvePlan, planProblem } from "../index.ts";
import { solve } from "../solve/anneal.ts";
import { Plan, type Request, type Shift, type Window } from "./plan.ts";
import { PlaneTravel } from "./plane-travel.ts";

const HOUR = 3_600;
const WINDOWS: readonly Window[] = [17, 18, 19, 20].map((hour) => ({
  earliest: hour * HOUR,
  latest: (hour + 2) * HOUR,
}));

function openPlan(couriers: number, buffer_s = 0) {
  const travel = new PlaneTravel({ circuity: 1.34, metresPerSecond: 6, legSeconds: 20 });
  const shifts = Array.from(
    { length: couriers },
    (_, n): Shift => ({
      start: { x: 2_000 * n, y: 0 },
      end: { x: 0, y: 0 },
      earliest: (17 + (n % 2)) * HOUR,
      latest: (21 + (n % 2)) * HOUR,
      capacity: 12,
      skills: n % 2,
    }),
  );
  return { plan: new Plan({ shifts, travel, buffer_s }), travel };
}

const requests = fc.array(
  fc.record({
    place: fc.record({ x: fc.integer({ min: 0, max: 12_000 }), y: fc.integer({ min: -6_000, max: 6_000 }) }),
    service_s: fc.integer({ min: 60, max: 600 }),
    demand: fc.integer({ min: 1, max: 3 }),
    skills: fc.constantFrom(0, 0, 0, 1),
  }),
  { minLength: 1, maxLength: 40 },
);

/** The independent checker's word on the plan as it stands. */
function faults({ plan, travel }: ReturnType<typeof openPlan>): readonly string[] {
  const { problem, start } = planProblem(plan.rows(), travel);
  const routes = start.routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
  return check(problem, routes).errors;
}

describe("offers and bookings", () => {
  test("an offer implies that it can be booked at its cost, no offer that it cannot", () => {
    fc.assert(
      fc.property(requests, fc.nat(3), (wanted, w) => {
        const { plan, travel } = openPlan(3);
        let underWay = 0;
        for (const [n, request] of wanted.entries()) {
          const window = WINDOWS[(w + n) % 4] as Window;
          const before = plan.rows();
          const [offer] = plan.offers(request, [window]);
          const booking = plan.book(request, window);
          expect(booking === null).toBe(offer === null);
          if (!offer || !booking) {
            expect(plan.rows()).toEqual(before);
            continue;
          }
          expect(faults({ plan, travel })).toEqual([]);
          underWay += offer.cost;
        }
        const { problem, start } = planProblem(plan.rows(), travel);
        const cost = start.routes.map(({ vehicle, stops }) => ({
          vehicle,
          customers: stops.map((n) => problem.label[n] as number),
        }));
        const empty = new Set(start.routes.flatMap(({ stops }, n) => (stops.length === 0 ? [n] : [])));
        const ways = plan
          .rows()
          .shifts.reduce((sum, _, n) => sum + (empty.has(n) ? 0 : travel.between(2 * n, 2 * n + 1)), 0);
        expect(check(problem, cost).cost).toBe(underWay + ways);
      }),
      { numRuns: 60 },
    );
  });

  test("k of n offers made at the same time are booked: each is taken or refused, and the plan stays possible", () => {
    fc.assert(
      fc.property(requests, fc.infiniteStream(fc.nat(3)), (wanted, choices) => {
        const { plan, travel } = openPlan(2, 300);
        const shown: { request: Request; window: Window }[] = [];
        for (const request of wanted) {
          const offers = plan.offers(request, WINDOWS);
          const choice = choices.next().value ?? 0;
          if (offers[choice]) shown.push({ request, window: WINDOWS[choice] as Window });
        }
        const booked = shown.filter(({ request, window }) => plan.book(request, window) !== null);
        expect(plan.open).toBe(booked.length);
        expect(faults({ plan, travel })).toEqual([]);
        // The buffer is kept free at the end of every window.
        for (const stop of plan.rows().stops)
          expect(
            WINDOWS.some(
              ({ earliest, latest }) => stop.earliest === earliest && stop.latest === latest - 300,
            ),
          ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("holds that expire and bookings that are cancelled leave room, and the numbers of stops are used again", () => {
    fc.assert(
      fc.property(requests, fc.array(fc.nat(40), { maxLength: 30 }), (wanted, leaving) => {
        const { plan, travel } = openPlan(3);
        const stops = wanted.flatMap(
          (request, n) => plan.book(request, WINDOWS[n % 4] as Window)?.stop ?? [],
        );
        const gone = new Set(leaving.flatMap((n) => stops[n] ?? []));
        for (const stop of gone) expect(plan.cancel(stop)).toBe(true);
        for (const stop of gone) expect(plan.cancel(stop)).toBe(false);
        expect(plan.open).toBe(stops.length - gone.size);
        const again = wanted.flatMap(
          (request, n) => plan.book(request, WINDOWS[n % 4] as Window)?.stop ?? [],
        );
        for (const stop of again) expect(stops.filter((one) => !gone.has(one))).not.toContain(stop);
        expect(faults({ plan, travel })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

test("what is frozen keeps its place: nothing comes before it and it cannot be cancelled", () => {
  fc.assert(
    fc.property(requests, fc.nat(40), (wanted, chosen) => {
      const { plan, travel } = openPlan(2);
      const half = Math.ceil(wanted.length / 2);
      const stops = wanted
        .slice(0, half)
        .flatMap((request, n) => plan.book(request, WINDOWS[n % 4] as Window)?.stop ?? []);
      const stop = stops[chosen % stops.length];
      if (stop === undefined) return;
      plan.freeze(stop);
      const frozen = plan.rows().routes.map((route, n) => route.slice(0, plan.rows().frozen[n]));
      expect(frozen.flat()).toContain(stop);
      expect(plan.cancel(stop)).toBe(false);
      for (const [n, request] of wanted.slice(half).entries()) plan.book(request, WINDOWS[n % 4] as Window);
      improve({ plan, travel });
      for (const [n, beginning] of frozen.entries())
        expect(plan.rows().routes[n]?.slice(0, beginning.length)).toEqual(beginning);
      expect(faults({ plan, travel })).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

function improve({ plan, travel }: ReturnType<typeof openPlan>): boolean {
  const { version } = plan;
  const { problem, start, toRoutes } = planProblem(plan.rows(), travel);
  if (problem.nodes === problem.depots) return false;
  const solved = solve(problem, { seed: 1, most: 200, spent: (done) => done / 200, start });
  return solved.absent.length === 0 && plan.adopt(version, toRoutes(solved));
}

test("the optimiser's routes are taken over only whole, in time and for the plan they were made from", () => {
  const { plan, travel } = openPlan(3);
  const request = (n: number): Request => ({
    place: { x: 900 * (n % 13), y: 700 * (n % 7) - 2_000 },
    service_s: 120,
    demand: 1,
    skills: 0,
  });
  for (let n = 0; n < 24; n++) plan.book(request(n), WINDOWS[n % 4] as Window);
  const { routes } = plan.rows();
  const before = costOf({ plan, travel });
  expect(improve({ plan, travel })).toBe(true);
  expect(costOf({ plan, travel })).toBeLessThan(before);
  const { version } = plan;
  const rows = plan.rows();
  expect(plan.adopt(version - 1, routes)).toBe(false);
  expect(plan.adopt(version, [rows.routes[0] ?? [], rows.routes[1] ?? [], []])).toBe(false);
  expect(plan.adopt(version, [rows.routes.flat(), [], []])).toBe(false);
  expect(plan.rows()).toEqual(rows);
  expect(plan.version).toBe(version);
});

function costOf({ plan, travel }: ReturnType<typeof openPlan>): number {
  return plan
    .rows()
    .routes.map((route, n) => [2 * n, ...route, 2 * n + 1])
    .reduce(
      (sum, way) =>
        sum + way.slice(1).reduce((leg, node, n) => leg + travel.between(way[n] as number, node), 0),
      0,
    );
}

test("the optimiser beside bookings makes way for more, loses nobody, and does the same again", () => {
  const fill = () => {
    const { plan, travel } = openPlan(3);
    let improved = 0;
    for (let n = 0; n < 60; n++) {
      const place = { x: (n * 3_571) % 12_000, y: ((n * 1_973) % 12_000) - 6_000 };
      plan.book({ place, service_s: 300, demand: 1, skills: 0 }, WINDOWS[n % 4] as Window);
      const before = { open: plan.open, cost: costOf({ plan, travel }) };
      if (n % 10 !== 9 || !improvePlan(plan, travel, { seed: n, tries: 100 })) continue;
      improved++;
      expect(plan.open).toBe(before.open);
      expect(costOf({ plan, travel })).toBeLessThan(before.cost);
      expect(faults({ plan, travel })).toEqual([]);
    }
    expect(improved).toBeGreaterThan(0);
    return plan.rows();
  };
  expect(fill()).toEqual(fill());
  const { plan, travel } = openPlan(1);
  expect(improvePlan(plan, travel, { seed: 1, tries: 10 })).toBe(false);
});

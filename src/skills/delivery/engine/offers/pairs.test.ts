import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../check.ts";
import { betterRoutes, improvePlan, planProblem } from "./improve.ts";
import { Plan, type Request, type Shift, type StoredRound, type Window } from "./plan.ts";
import { PlaneTravel } from "./plane-travel.ts";

const HOUR = 3_600;
const WINDOWS: readonly Window[] = [17, 18, 19, 20].map((hour) => ({
  earliest: hour * HOUR,
  latest: (hour + 2) * HOUR,
}));

const travelTimes = () => new PlaneTravel({ circuity: 1.34, metresPerSecond: 6, legSeconds: 20 });

function shiftsOf(couriers: number): Shift[] {
  return Array.from({ length: couriers }, (_, n) => ({
    start: { x: 2_000 * n, y: 0 },
    end: { x: 0, y: 0 },
    earliest: (17 + (n % 2)) * HOUR,
    latest: (21 + (n % 2)) * HOUR,
    capacity: 6,
    skills: n % 2,
  }));
}

function openPlan(couriers: number) {
  const travel = travelTimes();
  return { plan: new Plan({ shifts: shiftsOf(couriers), travel, buffer_s: 0 }), travel };
}

const place = fc.record({
  x: fc.integer({ min: 0, max: 12_000 }),
  y: fc.integer({ min: -6_000, max: 6_000 }),
});
const counter = fc.record({
  place,
  service_s: fc.integer({ min: 60, max: 400 }),
  window: fc
    .integer({ min: 16, max: 19 })
    .map((hour) => ({ earliest: hour * HOUR, latest: (hour + 2) * HOUR })),
});
const request = fc.record(
  {
    place,
    service_s: fc.integer({ min: 60, max: 600 }),
    demand: fc.integer({ min: 1, max: 3 }),
    skills: fc.constantFrom(0, 0, 0, 1),
    pickup: counter,
  },
  { requiredKeys: ["place", "service_s", "demand", "skills"] },
);
const requests = fc.array(request, { minLength: 1, maxLength: 30 });
/** Few, where every insertion is tried. */
const fewRequests = fc.array(request, { minLength: 1, maxLength: 9 });

/** The independent checker's word on the plan as it stands. */
function faults({ plan, travel }: ReturnType<typeof openPlan>): readonly string[] {
  const { problem, start } = planProblem(plan.rows(), travel);
  const routes = start.routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
  return check(problem, routes).errors;
}

test("an offer of a parcel from a counter is an insertion of both its stops, at its cost, and no offer means none fits", () => {
  fc.assert(
    fc.property(fewRequests, fc.nat(3), (wanted, w) => {
      const { plan, travel } = openPlan(3);
      for (const [n, request] of (wanted as Request[]).entries()) {
        const window = WINDOWS[(w + n) % 4] as Window;
        const before = plan.rows();
        const driven = underWay({ plan, travel });
        const [offer] = plan.offers(request, [window]);
        expect(plan.rows()).toEqual(before);
        const cheapest = everyInsertion({ plan, travel }, request, window);
        expect(offer?.cost ?? null).toBe(cheapest);
        const booking = plan.book(request, window);
        expect(booking === null).toBe(offer === null);
        if (!offer || !booking) continue;
        expect(booking.pickup === null).toBe(request.pickup === undefined);
        expect(faults({ plan, travel })).toEqual([]);
        expect(underWay({ plan, travel }) - driven).toBe(offer.cost);
      }
    }),
    { numRuns: 25 },
  );
});

/** Seconds under way of all rows, the empty ones too; `isDriven` leaves those out. */
function underWay({ plan, travel }: ReturnType<typeof openPlan>, isDriven = false): number {
  return plan.rows().routes.reduce((sum, route, slot) => {
    if (isDriven && route.length === 0) return sum;
    const way = [2 * slot, ...route, 2 * slot + 1];
    return sum + way.slice(1).reduce((leg, node, n) => leg + travel.between(way[n] as number, node), 0);
  }, 0);
}

/** The cheapest of all places and pairs of places that the checker finds nothing wrong with. */
function everyInsertion(
  { plan, travel }: ReturnType<typeof openPlan>,
  request: Request,
  window: Window,
): number | null {
  const rows = plan.rows();
  const first = 1 + Math.max(2 * rows.shifts.length, ...rows.stops.map(({ node }) => node));
  const { pickup, place: door, service_s, demand, skills } = request;
  travel.put(first, door);
  const own = { node: first, service_s, demand, skills, ...window };
  const stops = [...rows.stops, pickup ? { ...own, demand: -demand, mate: first + 1 } : own];
  if (pickup) {
    travel.put(first + 1, pickup.place);
    const fetched = { node: first + 1, service_s: pickup.service_s, demand, skills, ...pickup.window };
    stops.push({ ...fetched, mate: first, isPickup: true });
  }
  let best: number | null = null;
  for (const [slot, route] of rows.routes.entries())
    for (let i = 0; i <= route.length; i++)
      for (let j = pickup ? i : 0; j <= (pickup ? route.length : 0); j++) {
        const tried = pickup
          ? [...route.slice(0, i), first + 1, ...route.slice(i, j), first, ...route.slice(j)]
          : [...route.slice(0, i), first, ...route.slice(i)];
        const routes = rows.routes.map((one, n) => (n === slot ? tried : one));
        const { problem, start } = planProblem({ ...rows, stops, routes }, travel);
        const stated = start.routes.map(({ vehicle, stops: nodes }) => ({
          vehicle,
          customers: nodes.map((node) => problem.label[node] as number),
        }));
        if (!check(problem, stated).feasible) continue;
        const added = wayOf(travel, slot, tried) - wayOf(travel, slot, route);
        if (best === null || added < best) best = added;
      }
  return best;
}

function wayOf(travel: PlaneTravel, slot: number, route: readonly number[]): number {
  const way = [2 * slot, ...route, 2 * slot + 1];
  return way.slice(1).reduce((sum, node, n) => sum + travel.between(way[n] as number, node), 0);
}

test("cancelling either stop takes both out and leaves room; asking without a pair puts it back where it stood", () => {
  fc.assert(
    fc.property(requests, fc.array(fc.nat(30), { maxLength: 20 }), (wanted, leaving) => {
      const { plan, travel } = openPlan(3);
      const booked = (wanted as Request[]).flatMap(
        (request, n) => plan.book(request, WINDOWS[n % 4] as Window) ?? [],
      );
      const before = plan.rows().routes;
      for (const { stop } of booked) plan.offersWithout(stop, wanted[0] as Request, WINDOWS);
      expect(plan.rows().routes).toEqual(before);
      for (const n of new Set(leaving)) {
        const one = booked[n];
        if (!one) continue;
        const { open } = plan;
        expect(plan.cancel(n % 2 === 0 ? one.stop : (one.pickup ?? one.stop))).toBe(true);
        expect(plan.cancel(one.stop)).toBe(false);
        expect(open - plan.open).toBe(one.pickup === null ? 1 : 2);
        expect(faults({ plan, travel })).toEqual([]);
      }
      for (const [n, request] of (wanted as Request[]).entries())
        plan.book(request, WINDOWS[n % 4] as Window);
      expect(faults({ plan, travel })).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test("a plan with pairs is improved beside bookings and restored as it was; half a pair or a wrong order is refused", () => {
  fc.assert(
    fc.property(requests, (wanted) => {
      const { plan, travel } = openPlan(3);
      const places = new Map<number, Request["place"]>();
      for (const [n, request] of (wanted as Request[]).entries()) {
        const booking = plan.book(request, WINDOWS[n % 4] as Window);
        if (!booking) continue;
        places.set(booking.stop, request.place);
        if (request.pickup) places.set(booking.pickup as number, request.pickup.place);
      }
      for (let round = 0; round < 3; round++) {
        const before = underWay({ plan, travel }, true);
        if (improvePlan(plan, travel, { seed: round, tries: 60 }))
          expect(underWay({ plan, travel }, true)).toBeLessThan(before);
        expect(faults({ plan, travel })).toEqual([]);
      }
      const stored = storedRounds(plan, places);
      const again = new Plan({ shifts: shiftsOf(3), travel: travelTimes(), buffer_s: 0 });
      expect(again.restore(stored)).not.toBeNull();
      expect(again.open).toBe(plan.open);
    }),
    { numRuns: 12 },
  );
  const { plan } = openPlan(2);
  const at = (x: number, more: object) => ({
    place: { x, y: 0 },
    service_s: 60,
    demand: 2,
    skills: 0,
    window: { earliest: 17 * HOUR, latest: 21 * HOUR },
    ...more,
  });
  const round = (...stops: StoredRound["stops"]): StoredRound[] => [
    { stops, frozen: 0 },
    { stops: [], frozen: 0 },
  ];
  expect(plan.restore(round(at(100, { parcel: 1 })))).toBeNull();
  expect(
    plan.restore([
      { stops: [at(100, { parcel: 1 })], frozen: 0 },
      { stops: [at(200, { parcel: 1 })], frozen: 0 },
    ]),
  ).toBeNull();
  expect(
    plan.restore(round(at(100, { parcel: 1, demand: 7 }), at(200, { parcel: 1, demand: 7 }))),
  ).toBeNull();
  const kept = plan.restore(round(at(100, { parcel: 1 }), at(150, {}), at(200, { parcel: 1 })));
  expect(kept).toEqual([[4, 5, 6], []]);
  // 2 of the depot and 2 of the counter are on board together: 3 more fit before the door of the first only.
  expect(plan.rows().stops.map(({ demand }) => demand)).toEqual([2, 2, -2]);
  plan.freeze(4);
  expect(plan.cancel(6)).toBe(false);
  expect(plan.adopt(plan.version, [[4, 6, 5], []])).toBe(true);
  expect(plan.adopt(plan.version, [[4, 5], [6]])).toBe(false);
  expect(plan.adopt(plan.version, [[6, 4, 5], []])).toBe(false);
});

/** What a database would keep of it. */
function storedRounds(plan: Plan, places: ReadonlyMap<number, Request["place"]>): StoredRound[] {
  const { stops, routes } = plan.rows();
  const stopOf = new Map(stops.map((one) => [one.node, one]));
  return routes.map((route) => ({
    frozen: 0,
    stops: route.map((node) => {
      const one = stopOf.get(node);
      const place = places.get(node);
      if (!one || !place) throw new Error("a stop is missing");
      const { service_s, skills, earliest, latest, mate } = one;
      const stored = { place, service_s, skills, demand: Math.abs(one.demand), window: { earliest, latest } };
      return mate === undefined ? stored : { ...stored, parcel: Math.min(node, mate) };
    }),
  }));
}

test("the optimiser apart keeps pairs on one round", () => {
  const { plan, travel } = openPlan(3);
  for (let n = 0; n < 24; n++)
    plan.book(
      {
        place: { x: (n * 3_571) % 12_000, y: ((n * 1_973) % 12_000) - 6_000 },
        service_s: 120,
        demand: 1,
        skills: 0,
        ...(n % 3 === 0 && {
          pickup: {
            place: { x: (n * 977) % 12_000, y: 500 },
            service_s: 120,
            window: { earliest: 17 * HOUR, latest: 20 * HOUR },
          },
        }),
      },
      WINDOWS[n % 4] as Window,
    );
  const before = underWay({ plan, travel });
  const routes = betterRoutes(plan.rows(), travel, { seed: 1, tries: 2_000 });
  expect(routes).not.toBeNull();
  expect(plan.adopt(plan.version, routes ?? [])).toBe(true);
  expect(underWay({ plan, travel })).toBeLessThan(before);
  expect(faults({ plan, travel })).toEqual([]);
  expect(plan.rows().stops.filter(({ isPickup }) => isPickup).length).toBeGreaterThan(2);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultsOf } from "../../../../tests/outside/delivery-stage.ts";
import { betterPlan } from "./improve.ts";
import { work } from "./improve-process.ts";
import { type ChangedRound, LivePlan } from "./live-plan.ts";
import type { StoredDelivery, StoredEvening } from "./stored-evening.ts";

/** An evening as rows that every change is written into, the way the database keeps it. */

const MIDDLE = { lat: 53.55, lon: 9.99 };
const FIVE = Date.parse("2026-11-25T16:00:00Z");
const HOUR = 3_600_000;

function empty(rounds: number): StoredEvening {
  return {
    id: 1,
    cityId: 1,
    serviceDate: "2026-11-25",
    version: 0,
    state: "planned",
    middle: MIDDLE,
    travel: { circuityPercent: 134, speedKmh: 20, leg_s: 25, table: null },
    servicePercent: 100,
    shifts: Array.from({ length: rounds }, (_, n) => ({
      id: 10 + n,
      start: MIDDLE,
      end: { lat: 53.56, lon: 9.95 + 0.05 * n },
      earliestAt: FIVE + n * HOUR,
      latestAt: FIVE + (n + 3) * HOUR,
      capacity: 8,
      skills: n % 2,
      route: [],
      frozen: 0,
    })),
    deliveries: [],
  };
}

const written = (
  { shifts, ...stored }: StoredEvening,
  rounds: readonly ChangedRound[],
  deliveries: readonly StoredDelivery[],
): StoredEvening => ({
  ...stored,
  version: stored.version + 1,
  shifts: shifts.map((shift) => ({
    ...shift,
    route: rounds.find(({ shiftId }) => shiftId === shift.id)?.route ?? shift.route,
  })),
  deliveries,
});

const live = (stored: StoredEvening): LivePlan => {
  const plan = LivePlan.of(stored);
  if (!plan) throw new Error("the stored plan cannot be built");
  return plan;
};

const wishes = fc.array(
  fc.record({
    lat: fc.integer({ min: 0, max: 800 }).map((n) => 53.5 + n / 8_000),
    lon: fc.integer({ min: 0, max: 800 }).map((n) => 9.9 + n / 4_000),
    hour: fc.nat(4),
    demand: fc.integer({ min: 1, max: 3 }),
    skills: fc.constantFrom(0, 0, 0, 1),
    /** Which of those that stand goes instead, or none. */
    takesBack: fc.option(fc.nat(30), { freq: 3 }),
  }),
  { minLength: 1, maxLength: 40 },
);
type Wish = typeof wishes extends fc.Arbitrary<(infer W)[]> ? W : never;

const deliveryOf = ({ lat, lon, hour, demand, skills }: Wish, id: number): StoredDelivery => ({
  id,
  place: { lat, lon },
  earliestAt: FIVE + hour * HOUR,
  dueAt: FIVE + (hour + 2) * HOUR - 600_000,
  service_s: 150,
  demand,
  skills,
  pickup: null,
  isOver: false,
});

/** Books and takes back one after the other, every change written. */
function played(wanted: readonly Wish[]): { plan: LivePlan; stored: StoredEvening } {
  let stored = empty(3);
  const plan = live(stored);
  for (const [n, wish] of wanted.entries()) {
    const one = deliveryOf(wish, 100 + n);
    const [offer] = plan.offers(one, [one]);
    const stop = plan.book(one, one);
    expect(stop === null).toBe(offer === null);
    if (stop) {
      plan.name(stop.node, one.id);
      stored = written(stored, [stop.round()], [...stored.deliveries, one]);
    }
    const back = wish.takesBack === null ? undefined : stored.deliveries[wish.takesBack];
    const round = back && plan.remove(back.id);
    if (back) expect(round).not.toBeNull();
    if (back && round)
      stored = written(
        stored,
        [round],
        stored.deliveries.filter(({ id }) => id !== back.id),
      );
    expect(faultsOf(stored)).toEqual([]);
  }
  return { plan, stored };
}

describe("a plan in memory and the rows it is written to", () => {
  test("an offer implies a place; every change leaves rows that the checker accepts and that give the same plan", () => {
    fc.assert(
      fc.property(wishes, (wanted) => {
        const { plan, stored } = played(wanted);
        const again = live(stored);
        expect(again.rounds()).toEqual(plan.rounds());
        expect(again.underWay()).toBe(plan.underWay());
        expect(again.open).toBe(plan.open);
      }),
      { numRuns: 40 },
    );
  });

  test("stops take as long as earlier evenings took them", () => {
    const parcel = { place: MIDDLE, service_s: 600, demand: 1, skills: 0, pickup: null };
    const span = { earliestAt: FIVE, dueAt: FIVE + 3 * HOUR };
    /** So many fit into a round of three hours where the way takes half a minute. */
    const fitting = (servicePercent: number): number => {
      const stored = empty(1);
      const [shift] = stored.shifts;
      const plan = live({
        ...stored,
        servicePercent,
        shifts: shift ? [{ ...shift, end: MIDDLE, capacity: 99 }] : [],
      });
      let count = 0;
      for (let stop = plan.book(parcel, span); stop; stop = plan.book(parcel, span))
        plan.name(stop.node, 100 + count++);
      return count;
    };
    // Three hours less the way back, by ten minutes and a leg, and by twenty and a leg.
    expect([fitting(100), fitting(200)]).toEqual([Math.floor(10_775 / 625), Math.floor(10_775 / 1_225)]);
  });

  test("rows that break a rule give no plan at all", () => {
    const one = deliveryOf({ lat: 53.55, lon: 9.99, hour: 0, demand: 1, skills: 0, takesBack: null }, 7);
    const stored = written(empty(1), [{ shiftId: 10, route: [7] }], [one]);
    expect(LivePlan.of(stored)).not.toBeNull();
    const broken: StoredEvening[] = [
      { ...stored, deliveries: [] },
      { ...stored, deliveries: [one, { ...one, id: 8 }] },
      { ...stored, deliveries: [{ ...one, demand: 9 }] },
      { ...stored, deliveries: [{ ...one, skills: 1 }] },
      { ...stored, deliveries: [{ ...one, dueAt: FIVE + 1_000, place: { lat: 53.6, lon: 9.99 } }] },
      { ...stored, deliveries: [{ ...one, earliestAt: FIVE + 4 * HOUR, dueAt: FIVE + 5 * HOUR }] },
    ];
    for (const rows of broken) expect(LivePlan.of(rows)).toBeNull();
  });

  test("what is frozen stays: neither taken out, nor overtaken, nor moved by the optimiser", () => {
    const far = (id: number, lat: number) =>
      deliveryOf({ lat, lon: 9.99, hour: 1, demand: 1, skills: 0, takesBack: null }, id);
    const deliveries = [far(1, 53.58), far(2, 53.52), far(3, 53.59)];
    const stored = written(empty(1), [{ shiftId: 10, route: [1, 2, 3] }], deliveries);
    const frozen = { ...stored, shifts: stored.shifts.map((shift) => ({ ...shift, frozen: 2 })) };
    const plan = live(frozen);
    expect([1, 2, 3].map((id) => plan.isFrozen(id))).toEqual([true, true, false]);
    expect(plan.remove(2)).toBeNull();
    expect(plan.remove(3)?.route).toEqual([1, 2]);
    expect(betterPlan(stored, [{ shiftId: 10, route: [1, 3, 2] }])?.rounds()).toEqual([
      { shiftId: 10, route: [1, 3, 2] },
    ]);
    expect(betterPlan(frozen, [{ shiftId: 10, route: [1, 3, 2] }])).toBeNull();
  });
});

describe("the optimiser's rounds", () => {
  const evening = (): StoredEvening => {
    const wanted = Array.from(
      { length: 18 },
      (_, n): Wish => ({
        lat: 53.5 + ((n * 37) % 80) / 800,
        lon: 9.9 + ((n * 53) % 80) / 400,
        hour: n % 3,
        demand: 1,
        skills: 0,
        takesBack: null,
      }),
    );
    return played(wanted).stored;
  };

  test("drive less, hold everybody, and take in who came meanwhile", () => {
    const stored = evening();
    const { rounds } = work({ evening: stored, seed: 1, iterations: 3_000, cpu_s: 10 });
    if (!rounds) throw new Error("not improved");
    expect(betterPlan(stored, rounds)?.underWay()).toBeLessThan(live(stored).underWay());
    const gone = stored.deliveries[0] as StoredDelivery;
    const plan = live(stored);
    const left = plan.remove(gone.id) as ChangedRound;
    const late = deliveryOf({ lat: 53.55, lon: 10, hour: 1, demand: 1, skills: 0, takesBack: null }, 999);
    const stop = plan.book(late, late);
    if (!stop) throw new Error("no place");
    plan.name(stop.node, late.id);
    const others = stored.deliveries.filter(({ id }) => id !== gone.id);
    const moved = written(stored, [left, stop.round()], [...others, late]);
    const better = betterPlan(moved, rounds);
    expect(
      better
        ?.rounds()
        .flatMap(({ route }) => route)
        .toSorted((a, b) => a - b),
    ).toEqual([...others, late].map(({ id }) => id).toSorted((a, b) => a - b));
    expect(faultsOf(written(moved, better?.rounds() ?? [], moved.deliveries))).toEqual([]);
  });

  test("are not taken when they drive no less, or one has no place", () => {
    const stored = evening();
    expect(betterPlan(stored, live(stored).rounds())).toBeNull();
    expect(
      betterPlan(stored, stored.shifts.map(({ id }) => ({ shiftId: id, route: [] })).slice(1)),
    ).toBeNull();
  });
});

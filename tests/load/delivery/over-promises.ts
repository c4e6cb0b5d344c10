import { betterPlan } from "../../../src/skills/delivery/plan/improve.ts";
import { work } from "../../../src/skills/delivery/plan/improve-process.ts";
import { type ChangedRound, LivePlan } from "../../../src/skills/delivery/plan/live-plan.ts";
import type { StoredDelivery, StoredEvening } from "../../../src/skills/delivery/plan/stored-evening.ts";
import type { Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";
import { hammerDatabase } from "./over-promises-database.ts";
import { faultOfRound, faultsOfEvening } from "./round-judge.ts";

/** A million bookings, holds, expiries and the like by processes with plans of their own; after each, a judge drives the rounds. */

const OPERATIONS = 1_000_000;
const PROCESSES = 4;
const EVENINGS = 25;
const COURIERS = 4;
/** Holds that nobody books end after so many operations. */
const HOLD_OPERATIONS = 200;
/** The whole evening is judged, every promise counted, once in so many operations. */
const WHOLE_EVERY = 500;
const HOUR_MS = 3_600_000;
const FIVE = Date.parse("2026-11-25T16:00:00Z");
const MIDDLE = { lat: 53.55, lon: 9.99 };

/** What the database keeps of an evening, and who was promised something on it. */
interface Kept {
  stored: StoredEvening;
  readonly deliveries: Map<number, StoredDelivery>;
  /** id -> the operation at which the hold ends; Infinity for what is booked */
  readonly promised: Map<number, number>;
  /** A plan that some optimiser works on, from a version of a while ago. */
  improving: { rounds: readonly ChangedRound[]; readyAt: number } | null;
}

export interface Counts {
  operations: number;
  held: number;
  booked: number;
  changed: number;
  cancelled: number;
  expired: number;
  improved: number;
  /** Shown as free by a plan of a moment ago, and taken when it was chosen. */
  gone: number;
  reread: number;
}

const emptyEvening = (id: number): StoredEvening => ({
  id,
  cityId: 1,
  serviceDate: "2026-11-25",
  version: 0,
  state: "planned",
  middle: MIDDLE,
  travel: { circuityPercent: 134, speedKmh: 20, leg_s: 25, table: null },
  servicePercent: 100,
  shifts: Array.from({ length: COURIERS }, (_, n) => ({
    id: 10 * id + n,
    start: MIDDLE,
    end: MIDDLE,
    earliestAt: FIVE + (n % 2) * HOUR_MS,
    latestAt: FIVE + (4 + (n % 2)) * HOUR_MS,
    capacity: 18 + 4 * n,
    skills: n % 2,
    route: [],
    frozen: 0,
  })),
  deliveries: [],
});

/** A node of several processes without its database: compare-and-set on kept rows, and copies that are behind. */
class Hammer {
  readonly counts: Counts = {
    operations: 0,
    held: 0,
    booked: 0,
    changed: 0,
    cancelled: 0,
    expired: 0,
    improved: 0,
    gone: 0,
    reread: 0,
  };
  readonly faults: string[] = [];
  readonly #random: () => number;
  readonly #kept: readonly Kept[];
  /** Plans by process and evening. */
  readonly #plans: readonly Map<number, LivePlan>[];
  /** The evening's version that a plan is of. */
  readonly #versions = new WeakMap<LivePlan, number>();
  #nextId = 1;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#kept = Array.from({ length: EVENINGS }, (_, n) => ({
      stored: emptyEvening(n + 1),
      deliveries: new Map(),
      promised: new Map(),
      improving: null,
    }));
    this.#plans = Array.from({ length: PROCESSES }, () => new Map());
  }

  run(operations: number): void {
    while (this.counts.operations < operations && this.faults.length === 0) {
      this.counts.operations++;
      const kept = this.#kept[this.#below(EVENINGS)] as Kept;
      this.#expire(kept);
      const what = this.#random();
      if (what < 0.6) this.#hold(kept);
      else if (what < 0.8) this.#book(kept);
      else if (what < 0.9) this.#cancel(kept);
      else if (what < 0.998) this.#change(kept);
      else this.#improve(kept);
      if (this.counts.operations % WHOLE_EVERY === 0) this.#judgeWhole(kept);
    }
    for (const kept of this.#kept) this.#judgeWhole(kept);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** The copy of a process that may be behind: what it offers is a hint. */
  #copy(process: number, kept: Kept): LivePlan {
    const plans = this.#plans[process] as Map<number, LivePlan>;
    return plans.get(kept.stored.id) ?? this.#read(process, kept);
  }

  #read(process: number, kept: Kept): LivePlan {
    const plan = LivePlan.of({ ...kept.stored, deliveries: [...kept.deliveries.values()] });
    if (!plan) throw new Error(`Evening ${kept.stored.id} cannot be built from what is kept.`);
    this.#plans[process]?.set(kept.stored.id, plan);
    this.#versions.set(plan, kept.stored.version);
    this.counts.reread++;
    return plan;
  }

  /** Under the evening's lock: the copy is the kept version's, or is read anew. */
  #locked(kept: Kept): LivePlan {
    const process = this.#below(PROCESSES);
    const copy = this.#copy(process, kept);
    return this.#versions.get(copy) === kept.stored.version ? copy : this.#read(process, kept);
  }

  #write(kept: Kept, plan: LivePlan, rounds: readonly ChangedRound[]): void {
    const routeOf = new Map(rounds.map(({ shiftId, route }) => [shiftId, route]));
    const version = kept.stored.version + 1;
    const shifts = kept.stored.shifts.map((shift) => ({
      ...shift,
      route: routeOf.get(shift.id) ?? shift.route,
    }));
    kept.stored = { ...kept.stored, version, shifts };
    this.#versions.set(plan, version);
    for (const shift of shifts) {
      if (!routeOf.has(shift.id)) continue;
      const fault = faultOfRound(kept.stored, shift, (id) => kept.deliveries.get(id));
      if (fault) this.faults.push(fault);
    }
  }

  #wish(): Omit<StoredDelivery, "id"> {
    const earliestAt = FIVE + this.#below(4) * HOUR_MS;
    return {
      place: {
        lat: MIDDLE.lat + (this.#random() - 0.5) * 0.1,
        lon: MIDDLE.lon + (this.#random() - 0.5) * 0.2,
      },
      earliestAt,
      dueAt: earliestAt + 2 * HOUR_MS - 900_000,
      service_s: 60 + this.#below(240),
      demand: 1 + this.#below(2),
      skills: this.#below(5) === 0 ? 1 : 0,
      pickup: null,
      isOver: false,
    };
  }

  #hold(kept: Kept): void {
    const one = { ...this.#wish(), id: this.#nextId++ };
    const [shown] = this.#copy(this.#below(PROCESSES), kept).offers(one, [one]);
    if (shown === null || shown === undefined) return;
    const plan = this.#locked(kept);
    const stop = plan.book(one, one);
    if (!stop) {
      this.counts.gone++;
      return;
    }
    plan.name(stop.node, one.id);
    kept.deliveries.set(one.id, one);
    kept.promised.set(one.id, this.counts.operations + HOLD_OPERATIONS);
    this.counts.held++;
    this.#write(kept, plan, [stop.round()]);
  }

  #any(kept: Kept): number | undefined {
    const size = kept.promised.size;
    if (size === 0) return undefined;
    let left = this.#below(size);
    for (const id of kept.promised.keys()) if (left-- === 0) return id;
    return undefined;
  }

  #book(kept: Kept): void {
    const id = this.#any(kept);
    if (id === undefined || kept.promised.get(id) === Number.POSITIVE_INFINITY) return;
    kept.promised.set(id, Number.POSITIVE_INFINITY);
    this.counts.booked++;
  }

  #cancel(kept: Kept): void {
    const id = this.#any(kept);
    if (id === undefined) return;
    this.#takeOut(kept, id);
    this.counts.cancelled++;
  }

  #takeOut(kept: Kept, id: number): void {
    const plan = this.#locked(kept);
    const round = plan.remove(id);
    if (!round) this.faults.push(`${id} could not be taken out`);
    kept.deliveries.delete(id);
    kept.promised.delete(id);
    if (round) this.#write(kept, plan, [round]);
  }

  #expire(kept: Kept): void {
    for (const [id, until] of kept.promised) {
      if (until > this.counts.operations) continue;
      this.#takeOut(kept, id);
      this.counts.expired++;
    }
  }

  #change(kept: Kept): void {
    const id = this.#any(kept);
    const before = id === undefined ? undefined : kept.deliveries.get(id);
    if (!before) return;
    const { earliestAt, dueAt } = this.#wish();
    const after = { ...before, earliestAt, dueAt };
    const plan = this.#locked(kept);
    const left = plan.remove(before.id);
    const stop = left && plan.book(after, after);
    if (!stop) {
      // What was tried in memory is forgotten, the promise stays.
      for (const plans of this.#plans) if (plans.get(kept.stored.id) === plan) plans.delete(kept.stored.id);
      this.counts.gone++;
      return;
    }
    plan.name(stop.node, before.id);
    kept.deliveries.set(before.id, after);
    const entered = stop.round();
    this.counts.changed++;
    this.#write(kept, plan, left.shiftId === entered.shiftId ? [entered] : [left, entered]);
  }

  /** Begins on the version of now and is done many changes later, as the optimiser's process is. */
  #improve(kept: Kept): void {
    const current = { ...kept.stored, deliveries: [...kept.deliveries.values()] };
    if (kept.improving && kept.improving.readyAt <= this.counts.operations) {
      const better = betterPlan(current, kept.improving.rounds);
      kept.improving = null;
      if (!better) return;
      this.#plans[this.#below(PROCESSES)]?.set(kept.stored.id, better);
      this.#write(kept, better, better.rounds());
      this.counts.improved++;
      return;
    }
    const { rounds } = work({ evening: current, seed: this.counts.operations, iterations: 300, cpu_s: 1 });
    if (rounds) kept.improving = { rounds, readyAt: this.counts.operations + this.#below(300) };
  }

  #judgeWhole(kept: Kept): void {
    const evening = { ...kept.stored, deliveries: [...kept.deliveries.values()] };
    this.faults.push(...faultsOfEvening(evening, [...kept.promised.keys()]));
  }
}

export async function measureOverPromises(wishes: {
  readonly seed: number;
  say(sentence: string): void;
}): Promise<Reading> {
  const hammer = new Hammer(wishes.seed);
  const begun = performance.now();
  for (let part = 1; part <= 10; part++) {
    hammer.run((OPERATIONS / 10) * part);
    wishes.say(`${hammer.counts.operations} operations, ${hammer.faults.length} over-promises`);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const database = await hammerDatabase(wishes);
  const { operations, held, booked, changed, cancelled, expired, improved, gone, reread } = hammer.counts;
  const over = hammer.faults.length + database.faults.length;
  return {
    measured: `${over} in ${operations.toLocaleString("en")} in memory and ${database.operations.toLocaleString("en")} through the database`,
    meets: over === 0 && operations >= OPERATIONS && database.operations > 0,
    values: { memory: hammer.counts, faults: hammer.faults.slice(0, 20), database },
    notes: [
      `in memory: ${PROCESSES} processes, ${EVENINGS} evenings, ${held} held, ${booked} booked, ${changed} moved, ${cancelled} taken back, ${expired} expired, ${improved} better plans taken over, ${gone} shown windows gone when chosen, ${reread} plans read anew; ${seconds.toFixed(0)} s; every changed round is driven by a judge with arithmetic of its own`,
      database.note,
      ...[...hammer.faults, ...database.faults].slice(0, 5),
    ],
  };
}

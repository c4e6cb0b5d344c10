import { FOREVER, type Problem, type VehicleType } from "../problem.ts";

/** Longest route before the arrays must grow. */
const FIRST_WIDTH = 32;

/**
 * What is known of each place of each route, on flat arrays: row `slot`, column `place`. Place 0 is the start,
 * `length[slot] + 1` the end.
 */
export class RouteRows {
  readonly problem: Problem;
  readonly slots: number;
  readonly hasDurations: boolean;
  readonly #hasOwnTimes: boolean;
  width = FIRST_WIDTH;
  /** Node at each place. */
  stop: Int32Array;
  /** Earliest end of service. */
  depart: Int32Array;
  /** Latest start of service at which everything behind is still in time. */
  latest: Int32Array;
  /** Cost and travel time to the next place; one array where both are the same. */
  leg: Int32Array;
  hop: Int32Array;
  /** Load of all customers up to a place. */
  loadAt: Int32Array;
  /** Shortest time from leaving the depot to the end of service, and the latest leaving for it. */
  spentBefore: Int32Array;
  leaveUntil: Int32Array;
  /** Shortest time from the start of service to the end of the route, and the earliest start for it. */
  spentAfter: Int32Array;
  beginFrom: Int32Array;
  /** Customers of each slot. */
  readonly length: Int32Array;

  constructor(problem: Problem, slots: number) {
    this.problem = problem;
    this.slots = slots;
    this.hasDurations = problem.vehicles.some(({ maxDuration }) => maxDuration < FOREVER);
    this.#hasOwnTimes = problem.time !== problem.cost;
    const size = slots * this.width;
    const timed = this.hasDurations ? size : 0;
    this.stop = new Int32Array(size);
    this.depart = new Int32Array(size);
    this.latest = new Int32Array(size);
    this.leg = new Int32Array(size);
    this.hop = this.#hasOwnTimes ? new Int32Array(size) : this.leg;
    this.loadAt = new Int32Array(size);
    this.spentBefore = new Int32Array(timed);
    this.leaveUntil = new Int32Array(timed);
    this.spentAfter = new Int32Array(timed);
    this.beginFrom = new Int32Array(timed);
    this.length = new Int32Array(slots);
  }

  /** Doubles the width. */
  grow(): void {
    const wider = this.width * 2;
    const widen = (narrow: Int32Array): Int32Array => {
      const wide = new Int32Array(narrow.length * 2);
      for (let from = 0; from < narrow.length; from += this.width)
        wide.set(narrow.subarray(from, from + this.width), 2 * from);
      return wide;
    };
    this.stop = widen(this.stop);
    this.depart = widen(this.depart);
    this.latest = widen(this.latest);
    this.leg = widen(this.leg);
    this.hop = this.#hasOwnTimes ? widen(this.hop) : this.leg;
    this.loadAt = widen(this.loadAt);
    this.spentBefore = widen(this.spentBefore);
    this.leaveUntil = widen(this.leaveUntil);
    this.spentAfter = widen(this.spentAfter);
    this.beginFrom = widen(this.beginFrom);
    this.width = wider;
  }

  /** Copies a row's places 0 to `length + 1` from other rows of the same problem. */
  copyRow(from: RouteRows, slot: number): void {
    while (this.width < from.width) this.grow();
    const base = slot * this.width;
    const length = from.length[slot] as number;
    const { stop, depart, latest, leg, hop, loadAt } = this;
    for (let i = base; i <= base + length + 1; i++) {
      stop[i] = from.stop[i] as number;
      depart[i] = from.depart[i] as number;
      latest[i] = from.latest[i] as number;
      leg[i] = from.leg[i] as number;
      loadAt[i] = from.loadAt[i] as number;
    }
    if (this.#hasOwnTimes) for (let i = base; i <= base + length + 1; i++) hop[i] = from.hop[i] as number;
    this.length[slot] = length;
  }

  /** Writes legs and hop of the way from a place to the next. */
  setLeg(i: number): void {
    const at = (this.stop[i] as number) * this.problem.nodes + (this.stop[i + 1] as number);
    this.leg[i] = this.problem.cost[at] as number;
    if (this.#hasOwnTimes) this.hop[i] = this.problem.time[at] as number;
  }

  /** Moves everything from place `from` of a row on by `by` places, back for a negative `by`. */
  shift(slot: number, from: number, by: number): void {
    const { stop, depart, latest, leg, hop, loadAt } = this;
    const first = slot * this.width + from;
    const count = (this.length[slot] as number) + 2 - from;
    const start = by > 0 ? first + count - 1 : first;
    const step = by > 0 ? -1 : 1;
    for (let n = 0, i = start; n < count; n++, i += step) {
      stop[i + by] = stop[i] as number;
      depart[i + by] = depart[i] as number;
      latest[i + by] = latest[i] as number;
      leg[i + by] = leg[i] as number;
      loadAt[i + by] = loadAt[i] as number;
    }
    if (!this.#hasOwnTimes) return;
    for (let n = 0, i = start; n < count; n++, i += step) hop[i + by] = hop[i] as number;
  }

  /** Counts earliest departures from index `first` on, up to where nothing changes any more behind index `last`. */
  forward(first: number, last: number, end: number): void {
    const { stop, depart, hop } = this;
    const { service, earliest } = this.problem;
    let now = depart[first - 1] as number;
    for (let i = first; i < end; i++) {
      const node = stop[i] as number;
      now = Math.max(now + (hop[i - 1] as number), earliest[node] as number) + (service[node] as number);
      if (i > last && now === depart[i]) return;
      depart[i] = now;
    }
    depart[end] = now + (hop[end - 1] as number);
  }

  /** Counts latest arrivals from index `last` back to the start at `base`, up to where nothing changes before `first`. */
  backward(last: number, first: number, base: number): void {
    const { stop, latest, hop } = this;
    const { service, latest: due } = this.problem;
    let bound = latest[last + 1] as number;
    for (let i = last; i > base; i--) {
      const node = stop[i] as number;
      bound = Math.min(bound - (hop[i] as number) - (service[node] as number), due[node] as number);
      if (i < first && bound === latest[i]) return;
      latest[i] = bound;
    }
    latest[base] = bound - (hop[base] as number);
  }

  /** Concatenation of time-window segments after Vidal et al. (2013), without lateness: routes here are never late. */
  countDurations(slot: number, type: VehicleType): void {
    const { stop, hop, spentBefore, leaveUntil, spentAfter, beginFrom } = this;
    const { service, earliest, latest } = this.problem;
    const base = slot * this.width;
    const end = base + (this.length[slot] as number) + 1;
    spentBefore[base] = 0;
    leaveUntil[base] = type.latest;
    for (let i = base + 1; i < end; i++) {
      const node = stop[i] as number;
      const spent = (spentBefore[i - 1] as number) + (hop[i - 1] as number);
      const until = leaveUntil[i - 1] as number;
      const wait = Math.max(0, (earliest[node] as number) - spent - until);
      spentBefore[i] = spent + wait + (service[node] as number);
      leaveUntil[i] = Math.min((latest[node] as number) - spent, until);
    }
    spentAfter[end] = 0;
    beginFrom[end] = type.earliest;
    for (let i = end - 1; i >= base; i--) {
      const node = stop[i] as number;
      const isStart = i === base;
      const ahead = (isStart ? 0 : (service[node] as number)) + (hop[i] as number);
      const from = (beginFrom[i + 1] as number) - ahead;
      const wait = Math.max(0, from - (isStart ? type.latest : (latest[node] as number)));
      spentAfter[i] = ahead + (spentAfter[i + 1] as number) + wait;
      beginFrom[i] = Math.max(from, isStart ? type.earliest : (earliest[node] as number)) - wait;
    }
  }
}

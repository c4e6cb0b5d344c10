import type { Problem, Route, VehicleType } from "../problem.ts";
import { RouteRows } from "./route-rows.ts";

/** Versions lie so far apart that a place of the route can be added to one. */
export const VERSION_STEP = 32_768;

/**
 * The routes of all vehicles. What a change overwrites is kept until `keep` or `undo`, so a try costs what it changes.
 */
export class Routes extends RouteRows {
  /** Vehicle type of each slot, and the first slot of each type; slots of a type lie side by side. */
  readonly typeOf: Int32Array;
  readonly firstSlot: Int32Array;
  /** So many customers at the beginning of a slot stay as they are. */
  readonly frozen: Int32Array;
  readonly load: Int32Array;
  readonly capacity: Int32Array;
  readonly skills: Int32Array;
  readonly routeCost: Float64Array;
  /** Changes with every change of the route, and comes back with `undo`; a whole number of steps. */
  readonly version: Float64Array;
  readonly slotOf: Int32Array;
  readonly placeOf: Int32Array;
  /** Cost of all routes. */
  total = 0;
  /** Slots in use. */
  used = 0;
  /** Slots that were changed since the last `keep` or `undo`. */
  readonly touched: Int32Array;
  touchedCount = 0;
  readonly isTouched: Uint8Array;
  /** No slot of a type before this one is unused. */
  readonly #emptyFrom: Int32Array;
  readonly #before: RouteRows;
  readonly #loadBefore: Int32Array;
  readonly #costBefore: Float64Array;
  readonly #versionBefore: Float64Array;
  #versions = 0;
  #totalBefore = 0;

  constructor(problem: Problem) {
    const customers = problem.nodes - problem.depots;
    const counts = problem.vehicles.map(({ count }) => Math.min(count, customers));
    const slots = counts.reduce((sum, count) => sum + count, 0);
    super(problem, slots);
    this.typeOf = Int32Array.from(counts.flatMap((count, type) => new Array<number>(count).fill(type)));
    this.firstSlot = new Int32Array(counts.length + 1);
    for (const [type, count] of counts.entries())
      this.firstSlot[type + 1] = (this.firstSlot[type] as number) + count;
    this.frozen = new Int32Array(slots);
    this.load = new Int32Array(slots);
    this.capacity = Int32Array.from({ length: slots }, (_, slot) => this.vehicle(slot).capacity);
    this.skills = Int32Array.from({ length: slots }, (_, slot) => this.vehicle(slot).skills);
    this.#emptyFrom = this.firstSlot.slice();
    this.routeCost = new Float64Array(slots);
    this.version = new Float64Array(slots);
    this.slotOf = new Int32Array(problem.nodes).fill(-1);
    this.placeOf = new Int32Array(problem.nodes);
    this.touched = new Int32Array(slots);
    this.isTouched = new Uint8Array(slots);
    this.#before = new RouteRows(problem, slots);
    this.#loadBefore = new Int32Array(slots);
    this.#costBefore = new Float64Array(slots);
    this.#versionBefore = new Float64Array(slots);
    for (let slot = 0; slot < slots; slot++) this.replace(slot, this.touched, 0);
    this.keep();
  }

  vehicle(slot: number): VehicleType {
    return this.problem.vehicles[this.typeOf[slot] as number] as VehicleType;
  }

  /** The first unused slot of a vehicle type, or -1. */
  emptySlot(type: number): number {
    const end = this.firstSlot[type + 1] as number;
    let slot = this.#emptyFrom[type] as number;
    while (slot < end && this.length[slot] !== 0) slot++;
    this.#emptyFrom[type] = slot;
    return slot < end ? slot : -1;
  }

  #emptied(slot: number): void {
    const type = this.typeOf[slot] as number;
    this.#emptyFrom[type] = Math.min(slot, this.#emptyFrom[type] as number);
  }

  /** Whether what stands in a slot is in time. */
  isPossible(slot: number): boolean {
    const { earliest, maxDuration } = this.vehicle(slot);
    const base = slot * this.width;
    if ((this.latest[base] as number) < earliest) return false;
    return !this.hasDurations || (this.spentAfter[base] as number) <= maxDuration;
  }

  /** What the first customer of an unused slot costs beside the ways there and back. */
  openingCost(slot: number): number {
    return this.length[slot] === 0
      ? this.vehicle(slot).fixedCost + (this.leg[slot * this.width] as number)
      : 0;
  }

  /** Puts a customer behind a place; whoever calls has checked that it fits. */
  insert(node: number, slot: number, place: number): void {
    this.touch(slot);
    const length = this.length[slot] as number;
    if (length + 3 > this.width) this.grow();
    const opening = this.openingCost(slot);
    if (length === 0) this.used++;
    const base = slot * this.width;
    const at = base + place + 1;
    const end = base + length + 2;
    const old = this.leg[at - 1] as number;
    this.shift(slot, place + 1, 1);
    const { stop, placeOf, loadAt } = this;
    stop[at] = node;
    this.setLeg(at - 1);
    this.setLeg(at);
    this.length[slot] = length + 1;
    this.slotOf[node] = slot;
    const more = this.problem.demand[node] as number;
    loadAt[at] = loadAt[at - 1] as number;
    for (let i = at; i < end; i++) {
      placeOf[stop[i] as number] = i - base;
      loadAt[i] = (loadAt[i] as number) + more;
    }
    this.load[slot] = (this.load[slot] as number) + more;
    this.forward(at, at, end);
    this.backward(at, at, base);
    this.#changed(slot, (this.leg[at - 1] as number) + (this.leg[at] as number) - old + opening);
  }

  /** Takes `count` customers out, from a place on. */
  remove(slot: number, place: number, count: number): void {
    this.touch(slot);
    const length = (this.length[slot] as number) - count;
    const base = slot * this.width;
    const from = base + place;
    const { stop, leg, placeOf, loadAt } = this;
    let saved = leg[from - 1] as number;
    for (let i = from; i < from + count; i++) {
      this.slotOf[stop[i] as number] = -1;
      saved += leg[i] as number;
    }
    const less = (loadAt[from + count - 1] as number) - (loadAt[from - 1] as number);
    this.shift(slot, place + count, -count);
    this.setLeg(from - 1);
    this.length[slot] = length;
    const end = base + length + 1;
    for (let i = from; i < end; i++) {
      placeOf[stop[i] as number] = i - base;
      loadAt[i] = (loadAt[i] as number) - less;
    }
    this.load[slot] = (this.load[slot] as number) - less;
    this.forward(from, from - 1, end);
    this.backward(from - 1, from, base);
    if (length === 0) {
      this.used--;
      this.#emptied(slot);
    }
    this.#changed(slot, (leg[from - 1] as number) - saved - this.openingCost(slot));
  }

  /** Replaces a whole route; whoever calls has checked it, and gives each customer to one route only. */
  replace(slot: number, nodes: Int32Array, count: number): void {
    this.touch(slot);
    while (count + 2 > this.width) this.grow();
    const type = this.vehicle(slot);
    const { demand } = this.problem;
    this.used += (count > 0 ? 1 : 0) - (this.length[slot] === 0 ? 0 : 1);
    const base = slot * this.width;
    const end = base + count + 1;
    const { stop, loadAt } = this;
    stop[base] = type.start;
    stop[end] = type.end;
    loadAt[base] = 0;
    for (let i = 1; i <= count; i++) {
      const node = nodes[i - 1] as number;
      stop[base + i] = node;
      loadAt[base + i] = (loadAt[base + i - 1] as number) + (demand[node] as number);
      this.slotOf[node] = slot;
      this.placeOf[node] = i;
    }
    let sum = count === 0 ? 0 : type.fixedCost;
    for (let i = base; i < end; i++) {
      this.setLeg(i);
      if (count > 0) sum += this.leg[i] as number;
    }
    this.length[slot] = count;
    if (count === 0) this.#emptied(slot);
    this.load[slot] = loadAt[base + count] as number;
    this.depart[base] = type.earliest;
    this.latest[end] = type.latest;
    this.forward(base + 1, end, end);
    this.backward(end - 1, base, base);
    this.#changed(slot, sum - (this.routeCost[slot] as number));
  }

  #changed(slot: number, added: number): void {
    this.routeCost[slot] = (this.routeCost[slot] as number) + added;
    this.total += added;
    this.#versions += VERSION_STEP;
    this.version[slot] = this.#versions;
    if (this.hasDurations) this.countDurations(slot, this.vehicle(slot));
  }

  /** Remembers a slot as it is, once between two `keep`. */
  touch(slot: number): void {
    if (this.isTouched[slot] === 1) return;
    this.isTouched[slot] = 1;
    this.touched[this.touchedCount++] = slot;
    this.#before.copyRow(this, slot);
    this.#loadBefore[slot] = this.load[slot] as number;
    this.#costBefore[slot] = this.routeCost[slot] as number;
    this.#versionBefore[slot] = this.version[slot] as number;
  }

  /** What was changed stays. */
  keep(): void {
    for (let i = 0; i < this.touchedCount; i++) this.isTouched[this.touched[i] as number] = 0;
    this.touchedCount = 0;
    this.#totalBefore = this.total;
  }

  /** Everything is as it was at the last `keep`; customers that were nowhere are nowhere again. */
  undo(): void {
    const { slotOf, placeOf } = this;
    for (let t = 0; t < this.touchedCount; t++) {
      const slot = this.touched[t] as number;
      const base = slot * this.width;
      const length = this.length[slot] as number;
      if (length > 0) this.used--;
      for (let i = base + 1; i <= base + length; i++) slotOf[this.stop[i] as number] = -1;
    }
    while (this.#before.width < this.width) this.#before.grow();
    for (let t = 0; t < this.touchedCount; t++) {
      const slot = this.touched[t] as number;
      this.copyRow(this.#before, slot);
      const base = slot * this.width;
      const length = this.length[slot] as number;
      if (length > 0) this.used++;
      else this.#emptied(slot);
      for (let i = base + 1; i <= base + length; i++) {
        const node = this.stop[i] as number;
        slotOf[node] = slot;
        placeOf[node] = i - base;
      }
      this.load[slot] = this.#loadBefore[slot] as number;
      this.routeCost[slot] = this.#costBefore[slot] as number;
      this.version[slot] = this.#versionBefore[slot] as number;
      this.isTouched[slot] = 0;
      if (this.hasDurations) this.countDurations(slot, this.vehicle(slot));
    }
    this.touchedCount = 0;
    this.total = this.#totalBefore;
  }

  /** Writes the customers of all slots, one slot behind the other. */
  copyTo(stops: Int32Array, lengths: Int32Array): void {
    let n = 0;
    for (let slot = 0; slot < this.slots; slot++) {
      const length = this.length[slot] as number;
      lengths[slot] = length;
      const first = slot * this.width + 1;
      for (let i = first; i < first + length; i++) stops[n++] = this.stop[i] as number;
    }
  }

  /** Makes the routes what `copyTo` wrote; whoever is in none of them is nowhere. */
  restore(stops: Int32Array, lengths: Int32Array): void {
    for (let slot = 0; slot < this.slots; slot++) if (this.length[slot] !== 0) this.replace(slot, stops, 0);
    this.slotOf.fill(-1);
    let from = 0;
    for (let slot = 0; slot < this.slots; slot++) {
      const to = from + (lengths[slot] as number);
      if (to > from) this.replace(slot, stops.subarray(from, to), to - from);
      from = to;
    }
  }

  /** What `copyTo` wrote, as routes. */
  toRoutes(stops: Int32Array, lengths: Int32Array): Route[] {
    const routes: Route[] = [];
    let from = 0;
    for (let slot = 0; slot < this.slots; slot++) {
      const to = from + (lengths[slot] as number);
      if (to > from)
        routes.push({ vehicle: this.typeOf[slot] as number, stops: [...stops.subarray(from, to)] });
      from = to;
    }
    return routes;
  }
}

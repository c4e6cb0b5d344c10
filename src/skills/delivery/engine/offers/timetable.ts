import {
  arePairsWhole,
  type FoundPairs,
  mostOnBoard,
  type PairQuestion,
  searchPairs,
} from "./pair-search.ts";
import type { Request, Shift } from "./plan.ts";
import type { Found, PlanRows, Taken, TimedStop } from "./plan-rows.ts";
import type { Travel } from "./travel.ts";

const FIRST_WIDTH = 16;

type Wanted = Pick<Request, "service_s" | "demand" | "skills">;

/** What is searched: times from and to all nodes, and how many windows. */
interface Question {
  readonly there: Int32Array;
  readonly back: Int32Array;
  readonly windows: number;
}

/**
 * Routes of the shifts with slack arrays (Truden et al. 2022): earliest departure and latest arrival at every place, so
 * that an insertion is judged in constant time. A row a shift; place 0 is its start, `length + 1` its end.
 */
export class Timetable {
  readonly #shifts: readonly Shift[];
  readonly #travel: Travel;
  readonly #length: Int32Array;
  readonly #load: Int32Array;
  readonly #frozen: Int32Array;
  #width = FIRST_WIDTH;
  #node: Int32Array;
  #depart: Int32Array;
  #latest: Int32Array;
  #leg: Int32Array;
  /** How much later a place may be left, seen from what follows: a way round and a service longer than this do not fit. */
  #slack: Int32Array;
  /** On board behind each place: what left the depot for doors to come, and parcels picked up on the way. */
  #onBoard: Int32Array;
  /** Stops of pairs in each row. */
  readonly #paired: Int32Array;
  readonly #stops = new Map<number, TimedStop & { slot: number }>();

  readonly #arrive: (depart: number, way_s: number) => number;
  readonly #leaveBy: (arrive: number, way_s: number) => number;

  constructor(shifts: readonly Shift[], travel: Travel) {
    const { clock } = travel;
    this.#arrive = clock ? (depart, way_s) => clock.arrive(depart, way_s) : (depart, way_s) => depart + way_s;
    this.#leaveBy = clock
      ? (arrive, way_s) => clock.leaveBy(arrive, way_s)
      : (arrive, way_s) => arrive - way_s;
    this.#shifts = shifts;
    this.#travel = travel;
    const size = shifts.length * this.#width;
    this.#length = new Int32Array(shifts.length);
    this.#load = new Int32Array(shifts.length);
    this.#frozen = new Int32Array(shifts.length);
    this.#node = new Int32Array(size);
    this.#depart = new Int32Array(size);
    this.#latest = new Int32Array(size);
    this.#leg = new Int32Array(size);
    this.#slack = new Int32Array(size);
    this.#onBoard = new Int32Array(size);
    this.#paired = new Int32Array(shifts.length);
    for (let slot = 0; slot < shifts.length; slot++) this.#refresh(slot);
  }

  /** Improves `found` by the cheapest places of all shifts. */
  search(request: Wanted, question: Question, found: Found): void {
    const shifts = this.#shifts;
    for (let slot = 0; slot < shifts.length; slot++) {
      const { capacity, skills } = shifts[slot] as Shift;
      if ((this.#load[slot] as number) + request.demand > capacity) continue;
      if ((request.skills & ~skills) !== 0) continue;
      this.#searchRow(slot, request, question, found);
    }
  }

  /** Improves `found` by the cheapest pairs of places of all shifts, for a parcel that is picked up on the way. */
  searchPairs(request: Omit<Wanted, "service_s">, question: PairQuestion, found: FoundPairs): void {
    for (const [slot, shift] of this.#shifts.entries()) {
      if ((request.skills & ~shift.skills) !== 0 || request.demand > shift.capacity) continue;
      const base = slot * this.#width;
      searchPairs(
        {
          slot,
          base,
          first: base + (this.#frozen[slot] as number),
          end: base + (this.#length[slot] as number),
          room: shift.capacity - request.demand,
          node: this.#node,
          depart: this.#depart,
          latest: this.#latest,
          leg: this.#leg,
          onBoard: this.#onBoard,
          stopOf: (node) => this.#stops.get(node),
          arrive: this.#arrive,
          leaveBy: this.#leaveBy,
        },
        question,
        found,
      );
    }
  }

  /** Behind which places something out of the depot may come: it is on board from the start, so up to there must be room. */
  #lastWithRoom(slot: number, demand: number): number {
    const length = this.#length[slot] as number;
    if (this.#paired[slot] === 0) return length;
    const room = (this.#shifts[slot] as Shift).capacity - demand;
    const base = slot * this.#width;
    for (let n = 0; n <= length; n++) if ((this.#onBoard[base + n] as number) > room) return n - 1;
    return length;
  }

  #searchRow(slot: number, request: Wanted, { there, back, windows }: Question, found: Found): void {
    const { opens, closes, costs, places, slots } = found;
    const service = request.service_s;
    const base = slot * this.#width;
    const end = base + this.#lastWithRoom(slot, request.demand);
    const [node, slack, leg] = [this.#node, this.#slack, this.#leg];
    let dearest = highest(costs, windows) - 1;
    const isSymmetric = there === back;
    const { clock } = this.#travel;
    const first = base + (this.#frozen[slot] as number);
    let nextWay = there[node[first] as number] as number;
    for (let i = first; i <= end; i++) {
      const next = node[i + 1] as number;
      const way = nextWay;
      const onwards = back[next] as number;
      nextWay = isSymmetric ? onwards : (there[next] as number);
      const cost = way + onwards - (leg[i] as number);
      // One comparison for "not cheaper" and "too late": what is left is little, and the processor guesses it right. Where ways
      // stretch through the day, it leaves what the fastest hour would do in time, and the clock has the last word.
      if (cost > Math.min(dearest, (slack[i] as number) - service)) continue;
      const depart = this.#depart[i] as number;
      const latest = this.#latest[i + 1] as number;
      const from = clock ? clock.arrive(depart, way) : depart + way;
      const until = (clock ? clock.leaveBy(latest, onwards) : latest - onwards) - service;
      for (let w = 0; w < windows; w++) {
        if (cost >= (costs[w] as number)) continue;
        const begin = Math.max(from, opens[w] as number);
        if (begin > until || begin > (closes[w] as number)) continue;
        costs[w] = cost;
        places[w] = i - base;
        slots[w] = slot;
      }
      dearest = highest(costs, windows) - 1;
    }
  }

  /** Puts a stop behind a place; whoever calls has searched for it. */
  insert(stop: TimedStop, slot: number, place: number): void {
    const length = (this.#length[slot] as number) + 1;
    if (length + 2 > this.#width) this.#grow();
    const at = slot * this.#width + place + 1;
    this.#node.copyWithin(at + 1, at, slot * this.#width + length);
    this.#node[at] = stop.node;
    this.#length[slot] = length;
    this.#stops.set(stop.node, { ...stop, slot });
    this.#refresh(slot);
  }

  /** Puts in both stops of a parcel; places as the row stands. */
  insertPair(
    pickup: TimedStop,
    delivery: TimedStop,
    at: { readonly slot: number; readonly pickupPlace: number; readonly place: number },
  ): void {
    this.insert(pickup, at.slot, at.pickupPlace);
    this.insert(delivery, at.slot, at.place + 1);
  }

  /** Takes out a stop, and the other stop of its parcel with it. @returns null, and nothing changed, as `remove` says */
  take(node: number): Taken | null {
    const found = this.#stops.get(node);
    if (!found) return null;
    const { slot } = found;
    const base = slot * this.#width;
    const nodes = found.mate === undefined ? [node] : [node, found.mate];
    const standing = nodes
      .map((one) => ({ stop: this.#stops.get(one) as TimedStop, at: this.#node.indexOf(one, base + 1) }))
      .sort((a, b) => a.at - b.at);
    if (standing.some(({ at }) => at - base <= (this.#frozen[slot] as number))) return null;
    const taken = { slot, stops: standing.map(({ stop, at }) => ({ stop, place: at - base - 1 })) };
    for (const { stop, at } of standing.toReversed()) {
      const length = this.#length[slot] as number;
      this.#node.copyWithin(at, at + 1, base + length + 1);
      this.#length[slot] = length - 1;
      this.#stops.delete(stop.node);
    }
    this.#refresh(slot);
    if ((this.#latest[base] as number) >= (this.#shifts[slot] as Shift).earliest) return taken;
    // Without the stop another would be reached too late: its way round is the shorter one.
    this.putBack(taken);
    return null;
  }

  /** Undoes `take`, in a timetable that is still the one it left. */
  putBack({ slot, stops }: Taken): void {
    for (const { stop, place } of stops) this.insert(stop, slot, place);
  }

  /** @returns the nodes that are out; none for a stop that is not there, is frozen, or without which the travel times would make others late */
  remove(node: number): number[] {
    return this.take(node)?.stops.map(({ stop }) => stop.node) ?? [];
  }

  freeze(node: number): boolean {
    const stop = this.#stops.get(node);
    if (!stop) return false;
    const base = stop.slot * this.#width;
    const place = this.#node.indexOf(node, base + 1) - base;
    this.#frozen[stop.slot] = Math.max(place, this.#frozen[stop.slot] as number);
    return true;
  }

  rows(): PlanRows {
    return {
      shifts: this.#shifts,
      stops: [...this.#stops.values()],
      routes: this.#shifts.map((_, slot) => [...this.#routeOf(slot)]),
      frozen: [...this.#frozen],
    };
  }

  /** Fills an empty timetable; @returns false, and it stays empty, when a route breaks a rule. */
  restore(
    stops: readonly TimedStop[],
    routes: readonly (readonly number[])[],
    frozen: readonly number[],
  ): boolean {
    for (const stop of stops) this.#stops.set(stop.node, { ...stop, slot: 0 });
    if (!this.adopt(routes)) {
      this.#stops.clear();
      return false;
    }
    this.#frozen.set(frozen);
    return true;
  }

  /** Takes other routes of the same stops if all are possible; else nothing changes. */
  adopt(routes: readonly (readonly number[])[]): boolean {
    const all = routes.flat();
    const isSame = all.length === this.#stops.size && new Set(all).size === all.length;
    if (!isSame || routes.length !== this.#shifts.length || !all.every((node) => this.#stops.has(node)))
      return false;
    const fits = routes.every(
      (route, slot) => this.#keepsFrozen(slot, route) && this.#isPossible(slot, route),
    );
    if (!fits) return false;
    for (const [slot, route] of routes.entries()) {
      while (route.length + 2 > this.#width) this.#grow();
      this.#node.set(route, slot * this.#width + 1);
      this.#length[slot] = route.length;
      for (const node of route) this.#stops.set(node, { ...(this.#stops.get(node) as TimedStop), slot });
      this.#refresh(slot);
    }
    return true;
  }

  #routeOf(slot: number): Int32Array {
    const base = slot * this.#width + 1;
    return this.#node.subarray(base, base + (this.#length[slot] as number));
  }

  #keepsFrozen(slot: number, route: readonly number[]): boolean {
    const frozen = this.#frozen[slot] as number;
    const before = this.#routeOf(slot);
    return route.length >= frozen && before.subarray(0, frozen).every((node, n) => route[n] === node);
  }

  #isPossible(slot: number, route: readonly number[]): boolean {
    const shift = this.#shifts[slot] as Shift;
    let at = 2 * slot;
    let now = shift.earliest;
    const stops = route.map((node) => this.#stops.get(node) as TimedStop);
    if (!arePairsWhole(stops) || mostOnBoard(stops) > shift.capacity) return false;
    for (const [n, node] of route.entries()) {
      const stop = stops[n] as TimedStop;
      now = Math.max(this.#arrive(now, this.#travel.between(at, node)), stop.earliest);
      if (now > stop.latest || (stop.skills & ~shift.skills) !== 0) return false;
      now += stop.service_s;
      at = node;
    }
    return this.#arrive(now, this.#travel.between(at, 2 * slot + 1)) <= shift.latest;
  }

  /** Counts the slack of a row anew. */
  #refresh(slot: number): void {
    const shift = this.#shifts[slot] as Shift;
    const base = slot * this.#width;
    const end = base + (this.#length[slot] as number) + 1;
    this.#node[base] = 2 * slot;
    this.#node[end] = 2 * slot + 1;
    let load = 0;
    let paired = 0;
    this.#depart[base] = shift.earliest;
    for (let i = base + 1; i <= end; i++) {
      const node = this.#node[i] as number;
      const way = this.#travel.between(this.#node[i - 1] as number, node);
      this.#leg[i - 1] = way;
      const reached = this.#arrive(this.#depart[i - 1] as number, way);
      const stop = i === end ? undefined : this.#stops.get(node);
      load += stop?.demand ?? 0;
      if (stop?.mate !== undefined) paired++;
      this.#depart[i] = stop ? Math.max(reached, stop.earliest) + stop.service_s : reached;
    }
    this.#load[slot] = load;
    this.#paired[slot] = paired;
    if (paired > 0) this.#weigh(base, end);
    else this.#onBoard.fill(load, base, end);
    this.#latest[end] = shift.latest;
    for (let i = end - 1; i > base; i--) {
      const stop = this.#stops.get(this.#node[i] as number) as TimedStop;
      const bound = this.#leaveBy(this.#latest[i + 1] as number, this.#leg[i] as number) - stop.service_s;
      this.#latest[i] = Math.min(bound, stop.latest);
    }
    this.#latest[base] = this.#leaveBy(this.#latest[base + 1] as number, this.#leg[base] as number);
    for (let i = base; i < end; i++)
      this.#slack[i] =
        (this.#latest[i + 1] as number) - (this.#depart[i] as number) - (this.#leg[i] as number);
  }

  /** The sum of a row is what leaves the depot: a parcel of the way is taken on and given off. */
  #weigh(base: number, end: number): void {
    const slot = base / this.#width;
    let now = this.#load[slot] as number;
    this.#onBoard[base] = now;
    for (let i = base + 1; i < end; i++) {
      const stop = this.#stops.get(this.#node[i] as number) as TimedStop;
      now += stop.mate === undefined ? -stop.demand : stop.demand;
      this.#onBoard[i] = now;
    }
  }

  #grow(): void {
    const wider = this.#width * 2;
    const widen = (narrow: Int32Array): Int32Array => {
      const wide = new Int32Array(this.#shifts.length * wider);
      for (let slot = 0; slot < this.#shifts.length; slot++)
        wide.set(narrow.subarray(slot * this.#width, (slot + 1) * this.#width), slot * wider);
      return wide;
    };
    this.#node = widen(this.#node);
    this.#depart = widen(this.#depart);
    this.#latest = widen(this.#latest);
    this.#leg = widen(this.#leg);
    this.#slack = widen(this.#slack);
    this.#onBoard = widen(this.#onBoard);
    this.#width = wider;
  }
}

function highest(costs: Int32Array, windows: number): number {
  let most = 0;
  for (let w = 0; w < windows; w++) {
    const cost = costs[w] as number;
    if (cost > most) most = cost;
  }
  return most;
}

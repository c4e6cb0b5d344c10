import { InstanceFault } from "../instance-fault.ts";
import { MOST_NODES } from "../problem.ts";
import type { FoundPairs } from "./pair-search.ts";
import type { PlanRows, TimedStop } from "./plan-rows.ts";
import { Timetable } from "./timetable.ts";
import type { Place, Travel } from "./travel.ts";

/** A courier's working time with a vehicle. Times are seconds of the plan's own clock. */
export interface Shift {
  readonly start: Place;
  readonly end: Place;
  readonly earliest: number;
  readonly latest: number;
  readonly capacity: number;
  /** Bits: what the courier may carry and do (cold, age check). */
  readonly skills: number;
}

/** What a customer wants brought. */
export interface Request {
  readonly place: Place;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  /** Where it lies, if not at the depot: fetched on the same round before it is brought. */
  readonly pickup?: PickUp;
}

/** A sender's counter. */
export interface PickUp {
  readonly place: Place;
  readonly service_s: number;
  /** The courier begins there within it; nothing of it is kept free. */
  readonly window: Window;
}

/** As it is promised to the customer; the plan keeps `buffer_s` of its end free. */
export interface Window {
  readonly earliest: number;
  readonly latest: number;
}

/** A place in the plan that exists. */
export interface Offer {
  /** Seconds under way that it adds. */
  readonly cost: number;
  readonly slot: number;
  /** It comes behind this place; where it is picked up on the way, that is behind `pickupPlace`, both as the row stands. */
  readonly place: number;
  readonly pickupPlace?: number;
  /** The plan for which it holds. */
  readonly version: number;
}

export interface Booking {
  readonly stop: number;
  /** The stop where it is picked up, if that is not the depot. */
  readonly pickup: number | null;
  readonly slot: number;
}

/** A stop of a plan that was kept somewhere. */
export interface StoredStop extends Omit<Request, "pickup"> {
  readonly window: Window;
  /** Two stops of a round with the same number are a parcel's pick-up and, behind it, its delivery; both say its demand. */
  readonly parcel?: number;
}

/** A shift's stops in their order, the first `frozen` of them fixed. */
export interface StoredRound {
  readonly stops: readonly StoredStop[];
  readonly frozen: number;
}

export interface PlanOptions {
  readonly shifts: readonly Shift[];
  readonly travel: Travel;
  /** Seconds before a window's end at which the plan must be there. */
  readonly buffer_s: number;
}

const NONE = -1;
const NOT_FOUND = 0x7fffffff;

/**
 * The plan of a city and an evening. It always holds every booked stop in time: an offer is an insertion that exists, a
 * booking is that insertion. So nothing is promised that the plan does not contain.
 */
export class Plan {
  /** Changes with every change. */
  version = 0;
  readonly #travel: Travel;
  readonly #buffer_s: number;
  readonly #table: Timetable;
  readonly #free: number[] = [];
  #nodes: number;
  #open = 0;
  /** The windows that are asked for, and the best of each. */
  #found: FoundPairs = roomFor(8);

  constructor({ shifts, travel, buffer_s }: PlanOptions) {
    this.#travel = travel;
    this.#buffer_s = buffer_s;
    shifts.forEach(({ start, end }, n) => {
      travel.put(2 * n, start);
      travel.put(2 * n + 1, end);
    });
    this.#nodes = 2 * shifts.length;
    this.#table = new Timetable(shifts, travel);
  }

  /** Stops in the plan. */
  get open(): number {
    return this.#open;
  }

  /**
   * Fills an empty plan with what was kept of one with the same shifts and travel times, every stop where it stood.
   * @returns for each shift the stops' nodes; null, and the plan stays empty, when something in it breaks a rule
   */
  restore(rounds: readonly StoredRound[]): readonly (readonly number[])[] | null {
    if (this.#nodes + rounds.reduce((sum, { stops }) => sum + stops.length, 0) > MOST_NODES) return null;
    let node = this.#nodes;
    const stops = rounds.flatMap((round) => {
      const mates = matesOf(round.stops, node);
      return round.stops.map((stop): TimedStop => {
        this.#travel.put(node, stop.place);
        const mate = mates.get(node);
        return { ...this.#timed(stop, node++, stop.window), ...(mate && mated(stop, mate)) };
      });
    });
    let first = this.#nodes;
    const routes = rounds.map((round) => round.stops.map(() => first++));
    const frozen = rounds.map((round) => round.frozen);
    if (this.#open > 0 || !this.#table.restore(stops, routes, frozen)) return null;
    this.#nodes = node;
    this.#open = stops.length;
    this.version++;
    return routes;
  }

  /** For each window the cheapest place, or null where none is: about five nanoseconds a stop of the plan. */
  offers(request: Request, windows: readonly Window[]): (Offer | null)[] {
    this.#search(request, windows);
    const { costs, places, slots, pickupPlaces } = this.#found;
    return windows.map((_, w) => {
      const slot = slots[w] as number;
      if (slot === NONE) return null;
      const offer = { cost: costs[w] as number, slot, place: places[w] as number, version: this.version };
      return request.pickup ? { ...offer, pickupPlace: pickupPlaces[w] as number } : offer;
    });
  }

  /**
   * What `offers` would say without a stop: it is taken out for the question and put back where it stood. A stop that cannot
   * be taken out (frozen, or it holds the way together) stays in the question too.
   */
  offersWithout(stop: number, request: Request, windows: readonly Window[]): (Offer | null)[] {
    const taken = this.#table.take(stop);
    const found = this.offers(request, windows);
    if (taken) this.#table.putBack(taken);
    return found;
  }

  /**
   * Puts a stop into the plan at its cheapest place of now: the offered one as long as the plan has the offer's version.
   * @returns null when there is none any more, and nothing has changed
   */
  book(request: Request, window: Window): Booking | null {
    const [found] = this.offers(request, [window]);
    if (!found) return null;
    const { slot, place, pickupPlace } = found;
    const { pickup: counter } = request;
    const [stop, pickup] = this.#newNodes(counter ? 2 : 1) as [number, number?];
    this.#travel.put(stop, request.place);
    const timed = this.#timed(request, stop, window);
    if (counter && pickup !== undefined && pickupPlace !== undefined) {
      this.#travel.put(pickup, counter.place);
      const { skills, demand } = request;
      const { earliest, latest } = counter.window;
      const fetched = { node: pickup, service_s: counter.service_s, demand, skills, earliest, latest };
      this.#table.insertPair(
        { ...fetched, mate: stop, isPickup: true },
        { ...timed, demand: -demand, mate: pickup },
        { slot, pickupPlace, place },
      );
    } else this.#table.insert(timed, slot, place);
    this.#open += counter ? 2 : 1;
    this.version++;
    return { stop, pickup: pickup ?? null, slot };
  }

  /** @throws InstanceFault, and none is taken */
  #newNodes(count: number): number[] {
    const again = Math.min(count, this.#free.length);
    if (this.#nodes + count - again > MOST_NODES)
      throw new InstanceFault(`A plan holds ${MOST_NODES} places at most; split the city.`);
    return Array.from({ length: count }, () => this.#free.pop() ?? this.#nodes++);
  }

  /** Takes a stop out, and the other stop of its parcel with it. @returns false, and nothing has changed, when it is not in the plan, frozen, or holds the way together */
  cancel(stop: number): boolean {
    const out = this.#table.remove(stop);
    if (out.length === 0) return false;
    this.#free.push(...out);
    this.#open -= out.length;
    this.version++;
    return true;
  }

  /** What is done, next or notified stays as it is: nothing comes before or between the stops of the route up to this one. */
  freeze(stop: number): boolean {
    if (!this.#table.freeze(stop)) return false;
    this.version++;
    return true;
  }

  /** Everything that the optimiser and the checker need, by nodes: shift n has the nodes 2n and 2n + 1. */
  rows(): PlanRows {
    return this.#table.rows();
  }

  /**
   * Takes over routes that were made from the plan of a version, if it is still that plan, every stop is in them in time and
   * what is frozen stands where it stood. @returns whether it was taken over
   */
  adopt(version: number, routes: readonly (readonly number[])[]): boolean {
    if (version !== this.version || !this.#table.adopt(routes)) return false;
    this.version++;
    return true;
  }

  /** Only what a timetable needs: a plan holds thousands of them. */
  #timed({ service_s, demand, skills }: Omit<Request, "pickup">, node: number, window: Window): TimedStop {
    return { node, service_s, demand, skills, earliest: window.earliest, latest: this.#due(window) };
  }

  #due(window: Window): number {
    return window.latest - this.#buffer_s;
  }

  #search(request: Request, windows: readonly Window[]): void {
    const found = windows.length > this.#found.costs.length ? roomFor(windows.length) : this.#found;
    this.#found = found;
    for (const [w, window] of windows.entries()) {
      found.opens[w] = window.earliest;
      found.closes[w] = this.#due(window);
      found.costs[w] = NOT_FOUND;
      found.slots[w] = NONE;
    }
    const { pickup } = request;
    if (pickup) this.#searchPairs({ ...request, pickup }, windows.length);
    else {
      const { there, back } = this.#travel.rows(request.place, this.#nodes);
      this.#table.search(request, { there, back, windows: windows.length }, found);
    }
  }

  #searchPairs(request: Request & { readonly pickup: PickUp }, windows: number): void {
    const { pickup, place, service_s } = request;
    const travel = this.#travel;
    // Two nodes beyond all stops say how long it takes from the one place to the other.
    const [from, to] = [this.#nodes, this.#nodes + 1];
    travel.put(from, pickup.place);
    travel.put(to, place);
    const rows = travel.rows(pickup.place, this.#nodes);
    const there = rows.there.slice();
    const back = rows.back === rows.there ? there : rows.back.slice();
    this.#table.searchPairs(
      request,
      {
        pickup: { there, back },
        delivery: travel.rows(place, this.#nodes),
        between: travel.between(from, to),
        pickupService_s: pickup.service_s,
        pickupOpens: pickup.window.earliest,
        pickupCloses: pickup.window.latest,
        service_s,
        windows,
      },
      this.#found,
    );
  }
}

function roomFor(windows: number): FoundPairs {
  const list = () => new Int32Array(windows);
  return {
    opens: list(),
    closes: list(),
    costs: list(),
    places: list(),
    slots: list(),
    pickupPlaces: list(),
  };
}

interface Mate {
  readonly node: number;
  readonly isPickup: boolean;
}

/** For each node of a round's pairs the other one; half a pair has one that is nowhere, which breaks a rule. */
function matesOf(stops: readonly StoredStop[], first: number): ReadonlyMap<number, Mate> {
  const mates = new Map<number, Mate>();
  const pickups = new Map<number, number>();
  for (const [n, { parcel }] of stops.entries()) {
    if (parcel === undefined) continue;
    const pickup = pickups.get(parcel);
    if (pickup === undefined) pickups.set(parcel, first + n);
    else {
      mates.set(pickup, { node: first + n, isPickup: true });
      mates.set(first + n, { node: pickup, isPickup: false });
    }
  }
  for (const node of pickups.values()) if (!mates.has(node)) mates.set(node, { node: NONE, isPickup: true });
  return mates;
}

const mated = ({ demand }: StoredStop, { node, isPickup }: Mate) => ({
  mate: node,
  ...(isPickup ? { isPickup } : { demand: -demand }),
});

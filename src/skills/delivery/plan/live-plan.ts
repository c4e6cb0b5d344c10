import {
  Plan,
  planProblem,
  type Request,
  type StoredRound,
  type Travel,
  type Window,
} from "../engine/index.ts";
import { toGrid } from "./grid.ts";
import type { Coordinates } from "./promises.ts";
import {
  planZero,
  type StoredDelivery,
  type StoredEvening,
  type StoredPickUp,
  travelOf,
} from "./stored-evening.ts";

/** What shall be brought, as a plan sees it. */
export interface Parcel {
  readonly place: Coordinates;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  /** Where it lies, if not at the depot. */
  readonly pickup: StoredPickUp | null;
}

/** From when to when the courier may begin at the door, ms. */
export interface Span {
  readonly earliestAt: number;
  readonly dueAt: number;
}

/** A shift whose round changed. */
export interface ChangedRound {
  readonly shiftId: number;
  /** Deliveries' ids in their order, less than nothing where one is picked up. */
  readonly route: readonly number[];
}

export interface PlanAsProblem {
  readonly made: ReturnType<typeof planProblem>;
  /** @param routes as `made.toRoutes` gives them */
  idsOf(routes: readonly (readonly number[])[]): ChangedRound[];
}

/** A delivery in a plan that is not in the database yet; numbers less than nothing are pick-ups. */
const UNNAMED = 0;

/** An evening's plan in memory: the engine's, with shifts and deliveries by their ids. */
export class LivePlan {
  readonly #id: number;
  readonly #middle: Coordinates;
  readonly #zero: number;
  readonly #servicePercent: number;
  /** In the order of their slots. */
  readonly #shiftIds: readonly number[];
  readonly #plan: Plan;
  readonly #travel: Travel;
  readonly #nodeOf = new Map<number, number>();
  readonly #idOf = new Map<number, number>();
  /** For a delivery's node the one where it is picked up. */
  readonly #pickupOf = new Map<number, number>();
  /** Those that only hold a way together. */
  readonly #over = new Set<number>();

  private constructor(evening: StoredEvening, travel: Travel, plan: Plan) {
    // Not the rows themselves: a process holds hundreds of evenings.
    this.#id = evening.id;
    this.#middle = evening.middle;
    this.#zero = planZero(evening.serviceDate);
    this.#servicePercent = evening.servicePercent;
    this.#shiftIds = evening.shifts.map(({ id }) => id);
    this.#travel = travel;
    this.#plan = plan;
  }

  /** @returns null when what is stored breaks a rule: nothing may be promised on it */
  static of(evening: StoredEvening): LivePlan | null {
    const travel = travelOf(evening.travel);
    const zero = planZero(evening.serviceDate);
    const seconds = (ms: number) => Math.round((ms - zero) / 1_000);
    const shifts = evening.shifts.map(({ start, end, earliestAt, latestAt, capacity, skills }) => ({
      start: toGrid(evening.middle, start),
      end: toGrid(evening.middle, end),
      earliest: seconds(earliestAt),
      latest: seconds(latestAt),
      capacity,
      skills,
    }));
    const live = new LivePlan(evening, travel, new Plan({ shifts, travel, buffer_s: 0 }));
    return live.#fill(evening) ? live : null;
  }

  #fill({ shifts, deliveries }: StoredEvening): boolean {
    const known = new Map(deliveries.map((one) => [one.id, one]));
    const placed = shifts.flatMap(({ route }) => route);
    const pickups = deliveries.filter(({ pickup }) => pickup !== null).length;
    if (placed.length !== known.size + pickups || placed.some((id) => !isStopOf(known.get(Math.abs(id)), id)))
      return false;
    const rounds = shifts.map(
      ({ route, frozen }): StoredRound => ({
        stops: route.map((id) => this.#storedStop(known.get(Math.abs(id)) as StoredDelivery, id)),
        frozen,
      }),
    );
    const nodes = this.#plan.restore(rounds);
    if (!nodes) return false;
    for (const [n, { route }] of shifts.entries())
      for (const [place, id] of route.entries())
        if (id < 0) this.#pickupOf.set(nodeAt(nodes[n], route.indexOf(-id)), nodeAt(nodes[n], place));
    for (const [n, { route }] of shifts.entries())
      for (const [place, id] of route.entries()) if (id > 0) this.#name(nodeAt(nodes[n], place), id);
    for (const { id, isOver } of deliveries) if (isOver) this.#over.add(id);
    return true;
  }

  /** Stops in the plan. */
  get open(): number {
    return this.#plan.open;
  }

  /** Seconds under way that each span would add, or null where there is no place. */
  offers(parcel: Parcel, spans: readonly Span[]): (number | null)[] {
    const windows = spans.map((span) => this.#window(span));
    return this.#plan.offers(this.#request(parcel), windows).map((offer) => offer?.cost ?? null);
  }

  /** As `offers`, as if this delivery were not there; where it cannot be taken out, its place counts as taken. */
  offersWithout(id: number, parcel: Parcel, spans: readonly Span[]): (number | null)[] {
    const node = this.#nodeOf.get(id);
    if (node === undefined) return this.offers(parcel, spans);
    const windows = spans.map((span) => this.#window(span));
    const found = this.#plan.offersWithout(node, this.#request(parcel), windows);
    return found.map((offer) => offer?.cost ?? null);
  }

  /** Puts a stop into the plan, until `name` says whose it is. @returns null, and nothing changed, when there is no place */
  book(parcel: Parcel, span: Span): { readonly node: number; readonly round: () => ChangedRound } | null {
    const booking = this.#plan.book(this.#request(parcel), this.#window(span));
    if (!booking) return null;
    this.#idOf.set(booking.stop, UNNAMED);
    if (booking.pickup === null) this.#pickupOf.delete(booking.stop);
    else this.#pickupOf.set(booking.stop, booking.pickup);
    return { node: booking.stop, round: () => this.#round(booking.slot) };
  }

  name(node: number, id: number): void {
    this.#name(node, id);
  }

  /** @returns the changed round, or null when the stop is not there, frozen, or holds the others' way together */
  remove(id: number): ChangedRound | null {
    const node = this.#nodeOf.get(id);
    if (node === undefined) return null;
    const slot = this.#slotOf(node);
    if (slot === undefined || !this.#plan.cancel(node)) return null;
    this.#nodeOf.delete(id);
    this.#idOf.delete(node);
    this.#idOf.delete(this.#pickupOf.get(node) ?? node);
    this.#pickupOf.delete(node);
    this.#over.delete(id);
    return this.#round(slot);
  }

  /** Takes out what only held a way together and does so no more. @returns their ids */
  sweep(): number[] {
    return [...this.#over].filter((id) => this.remove(id) !== null);
  }

  /** It was taken back, but stays as a place that is driven by. */
  markOver(id: number): void {
    this.#over.add(id);
  }

  /** It goes elsewhere, but its place is needed: one stays there that is only driven by. @returns its round, with the new id */
  leaveBehind(id: number, leftId: number): ChangedRound {
    const node = this.#nodeOf.get(id) ?? UNNAMED;
    const slot = this.#slotOf(node);
    if (slot === undefined) throw new Error(`Evening ${this.#id} has no stop of ${id}.`);
    this.#nodeOf.delete(id);
    this.#name(node, leftId);
    this.#over.add(leftId);
    return this.#round(slot);
  }

  /** It is wanted after all. */
  revive(id: number): void {
    this.#over.delete(id);
  }

  isFrozen(id: number): boolean {
    const node = this.#nodeOf.get(id);
    const { routes, frozen } = this.#plan.rows();
    return routes.some((route, n) => {
      const place = node === undefined ? -1 : route.indexOf(node);
      return place >= 0 && place < (frozen[n] ?? 0);
    });
  }

  /** Every round as it stands, in the order of the shifts. */
  rounds(): ChangedRound[] {
    return this.#shiftIds.map((_, slot) => this.#round(slot));
  }

  /**
   * The plan as a problem for optimiser and checker, and the way back to the deliveries' ids.
   * @param more deliveries that are in no round yet, for the optimiser to find a place; the plan itself does not hold them
   */
  problem(more: readonly StoredDelivery[] = []): PlanAsProblem {
    const rows = this.#plan.rows();
    const first = 1 + Math.max(2 * rows.shifts.length, ...rows.stops.map(({ node }) => node));
    const idOf = new Map(this.#idOf);
    let next = first;
    const stops = more.flatMap((one) => {
      const node = next++;
      const { place, pickup, ...request } = this.#request(one);
      this.#travel.put(node, place);
      idOf.set(node, one.id);
      const stop = { ...request, node, ...this.#window(one) };
      if (!pickup) return [stop];
      const mate = next++;
      this.#travel.put(mate, pickup.place);
      idOf.set(mate, -one.id);
      const { service_s, window } = pickup;
      return [
        { ...stop, demand: -stop.demand, mate },
        { ...request, service_s, node: mate, ...window, mate: node, isPickup: true },
      ];
    });
    return {
      made: planProblem({ ...rows, stops: [...rows.stops, ...stops] }, this.#travel),
      idsOf: (routes) => routes.map((route, slot) => this.#named(slot, route, idOf)),
    };
  }

  /** Seconds under way of all rounds that have a stop. */
  underWay(): number {
    return this.#plan.rows().routes.reduce((sum, route, slot) => {
      if (route.length === 0) return sum;
      const way = [2 * slot, ...route, 2 * slot + 1];
      return way.slice(1).reduce((legs, node, n) => legs + this.#travel.between(way[n] as number, node), sum);
    }, 0);
  }

  #request({ place, service_s, demand, skills, pickup }: Parcel): Request {
    const usual_s = Math.round((service_s * this.#servicePercent) / 100);
    const request = { place: toGrid(this.#middle, place), service_s: usual_s, demand, skills };
    if (!pickup) return request;
    const counter = toGrid(this.#middle, pickup.place);
    return {
      ...request,
      pickup: { place: counter, service_s: pickup.service_s, window: this.#window(pickup) },
    };
  }

  /** @param id less than nothing for the stop where it is picked up */
  #storedStop(one: StoredDelivery, id: number): StoredRound["stops"][number] {
    const { pickup, ...request } = this.#request(one);
    if (!pickup) return { ...request, window: this.#window(one) };
    return id < 0
      ? { ...request, ...pickup, parcel: one.id }
      : { ...request, window: this.#window(one), parcel: one.id };
  }

  #window({ earliestAt, dueAt }: Span): Window {
    return {
      earliest: Math.round((earliestAt - this.#zero) / 1_000),
      latest: Math.round((dueAt - this.#zero) / 1_000),
    };
  }

  #name(node: number, id: number): void {
    this.#nodeOf.set(id, node);
    this.#idOf.set(node, id);
    const pickup = this.#pickupOf.get(node);
    if (pickup !== undefined) this.#idOf.set(pickup, -id);
  }

  #slotOf(node: number): number | undefined {
    const slot = this.#plan.rows().routes.findIndex((route) => route.includes(node));
    return slot < 0 ? undefined : slot;
  }

  #round(slot: number): ChangedRound {
    return this.#named(slot, this.#plan.rows().routes[slot] ?? []);
  }

  #named(slot: number, route: readonly number[], idOf = this.#idOf): ChangedRound {
    const shiftId = this.#shiftIds[slot];
    if (shiftId === undefined) throw new Error(`Evening ${this.#id} has no round ${slot}.`);
    return { shiftId, route: route.map((node) => idOf.get(node) ?? UNNAMED) };
  }
}

/** Whether a number of a route may stand for a delivery: less than nothing only where it is picked up on the way. */
const isStopOf = (one: StoredDelivery | undefined, id: number): boolean =>
  one !== undefined && (id > 0 || one.pickup !== null);

const nodeAt = (nodes: readonly number[] | undefined, place: number): number => nodes?.[place] ?? UNNAMED;

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
import { planZero, type StoredDelivery, type StoredEvening, travelOf } from "./stored-evening.ts";

/** What shall be brought, as a plan sees it. */
export interface Parcel {
  readonly place: Coordinates;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
}

/** From when to when the courier may begin at the door, ms. */
export interface Span {
  readonly earliestAt: number;
  readonly dueAt: number;
}

/** A shift whose round changed. */
export interface ChangedRound {
  readonly shiftId: number;
  /** Deliveries' ids in their order. */
  readonly route: readonly number[];
}

export interface PlanAsProblem {
  readonly made: ReturnType<typeof planProblem>;
  /** @param routes as `made.toRoutes` gives them */
  idsOf(routes: readonly (readonly number[])[]): ChangedRound[];
}

/** A delivery in a plan that is not in the database yet. */
const UNNAMED = -1;

/** An evening's plan in memory: the engine's, with shifts and deliveries by their ids. */
export class LivePlan {
  readonly #id: number;
  readonly #middle: Coordinates;
  readonly #zero: number;
  /** In the order of their slots. */
  readonly #shiftIds: readonly number[];
  readonly #plan: Plan;
  readonly #travel: Travel;
  readonly #nodeOf = new Map<number, number>();
  readonly #idOf = new Map<number, number>();
  /** Those that only hold a way together. */
  readonly #over = new Set<number>();

  private constructor(evening: StoredEvening, travel: Travel, plan: Plan) {
    // Not the rows themselves: a process holds hundreds of evenings.
    this.#id = evening.id;
    this.#middle = evening.middle;
    this.#zero = planZero(evening.serviceDate);
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
    if (placed.length !== known.size || placed.some((id) => !known.has(id))) return false;
    const rounds = shifts.map(
      ({ route, frozen }): StoredRound => ({
        stops: route.map((id) => {
          const one = known.get(id) as StoredDelivery;
          return { ...this.#request(one), window: this.#window(one) };
        }),
        frozen,
      }),
    );
    const nodes = this.#plan.restore(rounds);
    if (!nodes) return false;
    for (const [n, { route }] of shifts.entries())
      for (const [place, id] of route.entries())
        this.#name((nodes[n] as readonly number[])[place] as number, id);
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
    const stops = more.map((one, n) => {
      const { place, ...request } = this.#request(one);
      this.#travel.put(first + n, place);
      idOf.set(first + n, one.id);
      const { earliest, latest } = this.#window(one);
      return { ...request, node: first + n, earliest, latest };
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

  #request({ place, service_s, demand, skills }: Parcel): Request {
    return { place: toGrid(this.#middle, place), service_s, demand, skills };
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

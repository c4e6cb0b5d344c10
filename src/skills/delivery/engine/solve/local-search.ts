import type { Routes } from "./routes.ts";
import type { Search } from "./search.ts";
import { SegmentMoves } from "./segment-moves.ts";
import { SwapStar } from "./swap-star.ts";
import { TailMoves } from "./tail-moves.ts";

/** A bound on passes, so that one search never takes long; one or two are usual. */
const MOST_PASSES = 8;

/**
 * Improves the routes that were changed since the last `keep`: each customer there is offered the customers that come
 * best behind it (granular neighbourhood). Only moves that leave every route possible are made.
 */
export class LocalSearch {
  readonly #search: Search;
  readonly #routes: Routes;
  readonly #tails: TailMoves;
  readonly #segments: SegmentMoves;
  readonly #swaps: SwapStar;

  constructor(search: Search) {
    this.#search = search;
    this.#routes = search.routes;
    this.#tails = new TailMoves(search.routes);
    this.#segments = new SegmentMoves(search.routes);
    this.#swaps = new SwapStar(search.routes, search.insertions);
  }

  /** 2-opt* only: it does what string removal cannot, exchange what is longer than a string, and costs little. */
  run(): void {
    this.#improve(false);
  }

  /** Every move, for plans that may be the best. */
  polish(): void {
    do this.#improve(true);
    while (this.#swap());
  }

  #improve(withSegments: boolean): void {
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      let hasImproved = false;
      // Moves touch further routes, which then come behind in the same list.
      for (let t = 0; t < this.#routes.touchedCount; t++)
        if (this.#improveRoute(this.#routes.touched[t] as number, withSegments)) hasImproved = true;
      if (!hasImproved) return;
    }
  }

  /** SWAP* on every pair of routes that were changed. */
  #swap(): boolean {
    const { touched, frozen } = this.#routes;
    let hasImproved = false;
    for (let a = 0; a < this.#routes.touchedCount; a++) {
      for (let b = 0; b < a; b++) {
        const [slot, other] = [touched[a] as number, touched[b] as number];
        if (frozen[slot] === 0 && frozen[other] === 0 && this.#swaps.improve(slot, other)) hasImproved = true;
      }
    }
    return hasImproved;
  }

  #improveRoute(slot: number, withSegments: boolean): boolean {
    const routes = this.#routes;
    let hasImproved = false;
    if (routes.length[slot] === 0 || routes.frozen[slot] !== 0) return false;
    for (let place = 0; place <= (routes.length[slot] as number); place++)
      if (this.#improvePlace(slot, place, withSegments)) hasImproved = true;
    return hasImproved;
  }

  /**
   * Tries to put what comes best behind a place right behind it. A move that gains has a new way that is shorter than the
   * way it replaces at one of its ends (Lin and Kernighan 1973): others are not looked at.
   */
  #improvePlace(slot: number, place: number, withSegments: boolean): boolean {
    const routes = this.#routes;
    const { slotOf, placeOf, leg, frozen, width } = routes;
    const { nodes, cost } = routes.problem;
    const { behind } = this.#search;
    const { list } = behind;
    const at = slot * width + place;
    const node = routes.stop[at] as number;
    const onwards = leg[at] as number;
    const first = behind.row(node);
    const end = first + behind.width;
    for (let i = first; i < end; i++) {
      const other = list[i] as number;
      const otherSlot = slotOf[other] as number;
      if (otherSlot < 0) continue;
      const otherPlace = placeOf[other] as number;
      const way = cost[node * nodes + other] as number;
      if (way >= onwards && way >= (leg[otherSlot * width + otherPlace - 1] as number)) continue;
      if (otherSlot === slot) {
        if (withSegments && otherPlace !== place + 1 && this.#segments.within(slot, place, otherPlace))
          return true;
      } else if (frozen[otherSlot] === 0) {
        if (this.#tails.exchange(slot, place, otherSlot, otherPlace)) return true;
        if (withSegments && this.#segments.between({ slot, place, otherSlot, otherPlace })) return true;
      }
    }
    return false;
  }
}

import type { Problem } from "../problem.ts";
import { NOWHERE } from "./insertions.ts";
import type { Search } from "./search.ts";

/** The chance that the best place is overlooked, which keeps greedy insertion from repeating itself. */
const BLINK_BITS = 0.02 * 0x1_0000_0000;
/** With more routes in use than this, only those that pass near a customer are asked. */
const FEW_ROUTES = 16;
const NEAR_ASKED = 60;

/** In which order customers come back: by which key, and how often. Weights of Christiaens and Vanden Berghe (2020). */
interface Order {
  readonly weight: number;
  readonly key: Int32Array | null;
}

export function insertionOrders(problem: Problem): readonly Order[] {
  const { nodes, depots, cost, demand, earliest, latest } = problem;
  const of = (measure: (node: number) => number) =>
    Int32Array.from({ length: nodes }, (_, node) => measure(node));
  const fromDepot = (node: number) => {
    let least = cost[node] as number;
    for (let depot = 1; depot < depots; depot++)
      least = Math.min(least, cost[depot * nodes + node] as number);
    return least;
  };
  return [
    { weight: 4, key: null },
    { weight: 4, key: of((node) => -(demand[node] as number)) },
    { weight: 2, key: of((node) => -fromDepot(node)) },
    { weight: 1, key: of(fromDepot) },
    { weight: 2, key: of((node) => (latest[node] as number) - (earliest[node] as number)) },
    { weight: 2, key: of((node) => earliest[node] as number) },
    { weight: 2, key: of((node) => -(latest[node] as number)) },
  ];
}

export class Recreate {
  readonly #search: Search;
  readonly #orders: readonly Order[];
  readonly #weights: number;
  readonly #asked: Int32Array;
  #stamp = 0;

  constructor(search: Search) {
    this.#search = search;
    this.#orders = insertionOrders(search.problem);
    this.#weights = this.#orders.reduce((sum, { weight }) => sum + weight, 0);
    this.#asked = new Int32Array(search.routes.slots);
  }

  /** Greedy insertion with blinks of all loose customers; who finds no place stays loose. */
  run(): void {
    const search = this.#search;
    const { loose, routes, pairInsertions } = search;
    this.#sort();
    let left = 0;
    for (let i = 0; i < search.looseCount; i++) {
      const node = loose[i] as number;
      const slot = this.#bestSlot(node);
      if (slot < 0) loose[left++] = node;
      else if (pairInsertions) pairInsertions.insert(node, slot, this.#place, this.#deliveryPlace);
      else routes.insert(node, slot, this.#place);
    }
    search.looseCount = left;
  }

  #bestCost = NOWHERE;
  #bestSlotYet = -1;
  #place = 0;
  #deliveryPlace = 0;

  #bestSlot(node: number): number {
    const { routes, problem } = this.#search;
    this.#bestCost = this.#search.absentPrice;
    this.#bestSlotYet = -1;
    if (routes.used <= FEW_ROUTES) this.#askAll(node);
    else {
      this.#askNear(node);
      if (this.#bestSlotYet < 0) this.#askAll(node);
    }
    for (let type = 0; type < problem.vehicles.length; type++) {
      const empty = routes.emptySlot(type);
      if (empty >= 0) this.#ask(node, empty);
    }
    return this.#bestSlotYet;
  }

  #askAll(node: number): void {
    const { routes } = this.#search;
    let left = routes.used;
    for (let slot = 0; left > 0; slot++) {
      if (routes.length[slot] === 0) continue;
      this.#ask(node, slot);
      left--;
    }
  }

  #askNear(node: number): void {
    const { routes, near } = this.#search;
    const stamp = ++this.#stamp;
    const row = near.row(node);
    const end = row + Math.min(NEAR_ASKED, near.width);
    for (let i = row; i < end; i++) {
      const slot = routes.slotOf[near.list[i] as number] as number;
      if (slot < 0 || this.#asked[slot] === stamp) continue;
      this.#asked[slot] = stamp;
      this.#ask(node, slot);
    }
  }

  #ask(node: number, slot: number): void {
    const { insertions, pairInsertions, random } = this.#search;
    if (pairInsertions) {
      const found = pairInsertions.cheapest(node, slot);
      // There is no second best pair of places to take instead: the route is overlooked.
      if (found >= this.#bestCost || random.bits() < BLINK_BITS) return;
      this.#bestCost = found;
      this.#bestSlotYet = slot;
      this.#place = pairInsertions.place;
      this.#deliveryPlace = pairInsertions.deliveryPlace;
      return;
    }
    let cost = insertions.cheapest(node, slot, this.#bestCost);
    if (cost >= this.#bestCost) return;
    if (random.bits() < BLINK_BITS) {
      cost = insertions.scan(node, slot, this.#bestCost, insertions.place);
      if (cost >= this.#bestCost) return;
    }
    this.#bestCost = cost;
    this.#bestSlotYet = slot;
    this.#place = insertions.place;
  }

  #sort(): void {
    const { random, loose, looseCount } = this.#search;
    let draw = random.below(this.#weights);
    let chosen = 0;
    while (draw >= (this.#orders[chosen] as Order).weight) draw -= (this.#orders[chosen++] as Order).weight;
    for (let i = looseCount - 1; i > 0; i--) {
      const j = random.below(i + 1);
      const kept = loose[i] as number;
      loose[i] = loose[j] as number;
      loose[j] = kept;
    }
    const { key } = this.#orders[chosen] as Order;
    if (key) sortByKey(loose, looseCount, key);
  }
}

/** Few at a time, and shuffled before: insertion sort; many only once, at the beginning. */
function sortByKey(list: Int32Array, length: number, key: Int32Array): void {
  if (length > 100) {
    list.subarray(0, length).sort((a, b) => (key[a] as number) - (key[b] as number) || a - b);
    return;
  }
  for (let i = 1; i < length; i++) {
    const node = list[i] as number;
    const value = key[node] as number;
    let j = i - 1;
    while (j >= 0 && (key[list[j] as number] as number) > value) {
      list[j + 1] = list[j] as number;
      j--;
    }
    list[j + 1] = node;
  }
}

import type { Pairs } from "../problem.ts";
import type { Search } from "./search.ts";

/** Customers that leave on average, and the longest string (Christiaens and Vanden Berghe 2020, there c and L). */
export interface RuinSize {
  readonly meanRemoved: number;
  readonly longestString: number;
  /** A longer string, which suits long routes, and the share of ruins that may take one. */
  readonly longString: number;
  readonly longShare: number;
}

/** Share of strings that leave a piece in their middle standing, and the chance that this piece grows by one. */
const SPLIT_CHANCE = 0.5;
const GROWTH_CHANCE = 0.01;

/**
 * Adjacent string removal: strings of stops near a random customer leave their routes, one string a route. After
 * Christiaens and Vanden Berghe, "Slack Induction by String Removals" (2020).
 */
export function ruin(search: Search, size: RuinSize): void {
  const { routes, random, near, problem, ruined } = search;
  const customers = problem.nodes - problem.depots;
  const most = random.unit() < size.longShare ? size.longString : size.longestString;
  const longest = Math.min(most, (customers - search.looseCount) / Math.max(1, routes.used));
  const strings = Math.floor(1 + random.unit() * Math.max(0, (4 * size.meanRemoved) / (1 + longest) - 1));
  const seed = problem.depots + random.below(customers);
  const row = near.row(seed);
  let taken = 0;
  for (let i = 0; i < near.width && taken < strings; i++) {
    const node = near.list[row + i] as number;
    const slot = routes.slotOf[node] as number;
    if (slot < 0 || includes(ruined, taken, slot)) continue;
    const frozen = routes.frozen[slot] as number;
    if ((routes.placeOf[node] as number) <= frozen) continue;
    const whole = Math.min(longest, (routes.length[slot] as number) - frozen);
    takeString(search, node, Math.floor(1 + random.unit() * whole));
    ruined[taken++] = slot;
  }
}

/** Within a ruin a route loses one string only. */
function includes(list: Int32Array, count: number, slot: number): boolean {
  for (let i = 0; i < count; i++) if (list[i] === slot) return true;
  return false;
}

function takeString(search: Search, node: number, removed: number): void {
  const { routes, random } = search;
  const slot = routes.slotOf[node] as number;
  const length = routes.length[slot] as number;
  const frozen = routes.frozen[slot] as number;
  let spared = 0;
  if (removed > 1 && removed < length - frozen && random.unit() < SPLIT_CHANCE) {
    spared = 1;
    while (removed + spared < length - frozen && random.unit() < GROWTH_CHANCE) spared++;
  }
  const whole = removed + spared;
  const place = routes.placeOf[node] as number;
  const first = Math.max(frozen + 1, place - whole + 1);
  const from = first + random.below(Math.min(place, length - whole + 1) - first + 1);
  if (spared === 0) {
    loosen(search, { slot, from, count: removed });
    return;
  }
  const head = 1 + random.below(removed - 1);
  loosen(search, { slot, from: from + head + spared, count: removed - head });
  // Pairs may have taken stops of the first piece along: what stands there now leaves instead, behind what is frozen.
  loosen(search, { slot, from, count: head });
}

function loosen(search: Search, { slot, from, count }: { slot: number; from: number; count: number }): void {
  const { routes, loose, problem } = search;
  if (problem.pairs) {
    loosenPairs(search, problem.pairs, { slot, from, count });
    return;
  }
  // The second piece of a string may have left with the rest of its route.
  if (from > (routes.length[slot] as number)) return;
  const base = slot * routes.width;
  for (let i = base + from; i < base + from + count; i++)
    loose[search.looseCount++] = routes.stop[i] as number;
  routes.remove(slot, from, count);
  // Rounded distances break the triangle inequality: a route may come out late by a customer less.
  const frozen = routes.frozen[slot] as number;
  const rest = (routes.length[slot] as number) - frozen;
  if (rest > 0 && !routes.isPossible(slot)) loosen(search, { slot, from: frozen + 1, count: rest });
}

/** Whoever leaves takes the other stop of its parcel along; behind what is frozen none has the other there. */
function loosenPairs(
  search: Search,
  { deliveryOf, pickupOf }: Pairs,
  { slot, from, count }: { slot: number; from: number; count: number },
): void {
  const { routes, loose } = search;
  const { slotOf } = routes;
  const base = slot * routes.width;
  const until = Math.min(from + count, (routes.length[slot] as number) + 1);
  const leaving = routes.stop.slice(base + from, base + until);
  for (const stop of leaving) {
    if (slotOf[stop] !== slot) continue;
    const pickup = pickupOf[stop] as number;
    const node = pickup < 0 ? stop : pickup;
    const delivery = deliveryOf[node] as number;
    if (delivery >= 0) routes.remove(slot, routes.placeOf[delivery] as number, 1);
    routes.remove(slot, routes.placeOf[node] as number, 1);
    loose[search.looseCount++] = node;
  }
  const frozen = routes.frozen[slot] as number;
  const rest = (routes.length[slot] as number) - frozen;
  if (rest > 0 && !routes.isPossible(slot))
    loosenPairs(search, { deliveryOf, pickupOf }, { slot, from: frozen + 1, count: rest });
}

import type { Routes } from "./routes.ts";
import { Sequences } from "./sequences.ts";
import type { Pair } from "./tail-moves.ts";

/** Customers that move together. */
const LONGEST_SEGMENT = 3;

/** Where a segment leaves and where it goes: behind place `to` of slot `into`; `isTurned` puts it in backwards. */
interface Move {
  readonly from: number;
  readonly first: number;
  readonly last: number;
  readonly into: number;
  readonly to: number;
  readonly isTurned: boolean;
}

/** Or-opt between and within routes (Or 1976) with turned segments, and 2-opt within a route (Croes 1958). */
export class SegmentMoves {
  readonly #routes: Routes;
  readonly #sequences: Sequences;
  readonly #isSymmetric: boolean;

  constructor(routes: Routes) {
    this.#routes = routes;
    this.#sequences = new Sequences(routes);
    const { cost, nodes, isSymmetric: isKnown } = routes.problem;
    this.#isSymmetric = isKnown || isSymmetric(cost, nodes);
  }

  /** Moves up to three customers so that `otherPlace` comes right behind `place`. */
  between({ slot, place, otherSlot, otherPlace }: Pair): boolean {
    const otherLength = this.#routes.length[otherSlot] as number;
    for (let count = 1; count <= LONGEST_SEGMENT; count++) {
      const last = otherPlace + count - 1;
      const behind = { from: otherSlot, into: slot, to: place };
      if (last <= otherLength && this.#relocate({ ...behind, first: otherPlace, last, isTurned: false }))
        return true;
      const first = otherPlace - count + 1;
      if (count > 1 && first >= 1 && this.#relocate({ ...behind, first, last: otherPlace, isTurned: true }))
        return true;
      const start = place - count + 1;
      const ahead = { from: slot, into: otherSlot, to: otherPlace - 1 };
      if (start >= 1 && this.#relocate({ ...ahead, first: start, last: place, isTurned: false })) return true;
      const end = place + count - 1;
      const length = this.#routes.length[slot] as number;
      if (
        count > 1 &&
        place >= 1 &&
        end <= length &&
        this.#relocate({ ...ahead, first: place, last: end, isTurned: true })
      )
        return true;
    }
    return false;
  }

  #relocate(move: Move): boolean {
    const routes = this.#routes;
    const { nodes, cost } = routes.problem;
    const source = move.from * routes.width;
    const target = move.into * routes.width + move.to;
    const before = routes.stop[source + move.first - 1] as number;
    const after = routes.stop[source + move.last + 1] as number;
    const first = routes.stop[source + move.first] as number;
    const last = routes.stop[source + move.last] as number;
    const frees = move.last - move.first + 1 === routes.length[move.from];
    const left = routes.stop[target] as number;
    const right = routes.stop[target + 1] as number;
    const [head, tail] = move.isTurned ? [last, first] : [first, last];
    let gain = (routes.leg[source + move.first - 1] as number) + (routes.leg[source + move.last] as number);
    gain += frees ? routes.vehicle(move.from).fixedCost : -(cost[before * nodes + after] as number);
    gain +=
      (routes.leg[target] as number) -
      (cost[left * nodes + head] as number) -
      (cost[tail * nodes + right] as number);
    if (move.isTurned) gain -= this.#turningCost(source + move.first, source + move.last);
    if (gain <= 0) return false;
    const load =
      (routes.loadAt[source + move.last] as number) - (routes.loadAt[source + move.first - 1] as number);
    if ((routes.load[move.into] as number) + load > routes.vehicle(move.into).capacity) return false;
    if (!this.#isTimely(move, source, target)) return false;
    const sequences = this.#sequences;
    sequences.clear();
    sequences.append(0, move.into, 1, move.to);
    if (move.isTurned) sequences.appendTurned(0, move.from, move.first, move.last);
    else sequences.append(0, move.from, move.first, move.last);
    sequences.append(0, move.into, move.to + 1, routes.length[move.into] as number);
    sequences.append(1, move.from, 1, move.first - 1);
    sequences.append(1, move.from, move.last + 1, routes.length[move.from] as number);
    if (!sequences.isPossible(0, move.into) || !sequences.isPossible(1, move.from)) return false;
    sequences.commit(0, move.into);
    sequences.commit(1, move.from);
    return true;
  }

  /** The segment driven through from its new place on: all in time, and what follows too. */
  #isTimely(move: Move, source: number, target: number): boolean {
    const routes = this.#routes;
    const { nodes, time, service, earliest, latest } = routes.problem;
    let at = routes.stop[target] as number;
    let now = routes.depart[target] as number;
    const step = move.isTurned ? -1 : 1;
    let i = source + (move.isTurned ? move.last : move.first);
    for (let n = move.last - move.first; n >= 0; n--, i += step) {
      const node = routes.stop[i] as number;
      now = Math.max(now + (time[at * nodes + node] as number), earliest[node] as number);
      if (now > (latest[node] as number)) return false;
      now += service[node] as number;
      at = node;
    }
    const right = routes.stop[target + 1] as number;
    return now + (time[at * nodes + right] as number) <= (routes.latest[target + 1] as number);
  }

  /** What the ways within a segment cost more backwards. */
  #turningCost(first: number, last: number): number {
    if (this.#isSymmetric) return 0;
    const { stop, leg, problem } = this.#routes;
    let more = 0;
    for (let i = first; i < last; i++)
      more +=
        (problem.cost[(stop[i + 1] as number) * problem.nodes + (stop[i] as number)] as number) -
        (leg[i] as number);
    return more;
  }

  /** Within one route: `otherPlace` comes right behind `place`, by moving up to three customers or turning what lies between. */
  within(slot: number, place: number, otherPlace: number): boolean {
    if (otherPlace > place + 1 && this.#turn(slot, place + 1, otherPlace)) return true;
    const length = this.#routes.length[slot] as number;
    for (let count = 1; count <= LONGEST_SEGMENT; count++) {
      const last = otherPlace + count - 1;
      const isApart = otherPlace > place || last < place;
      if (last <= length && isApart && this.#shift(slot, { first: otherPlace, last, to: place })) return true;
      const first = place - count + 1;
      const isClear = otherPlace - 1 > place || otherPlace - 1 < first - 1;
      if (first >= 1 && isClear && this.#shift(slot, { first, last: place, to: otherPlace - 1 })) return true;
    }
    return false;
  }

  /** 2-opt: the places `first` to `last` are driven backwards. */
  #turn(slot: number, first: number, last: number): boolean {
    const routes = this.#routes;
    const { nodes, cost } = routes.problem;
    const base = slot * routes.width;
    const [left, head] = [routes.stop[base + first - 1] as number, routes.stop[base + first] as number];
    const [tail, right] = [routes.stop[base + last] as number, routes.stop[base + last + 1] as number];
    const gain =
      (routes.leg[base + first - 1] as number) +
      (routes.leg[base + last] as number) -
      (cost[left * nodes + tail] as number) -
      (cost[head * nodes + right] as number);
    if (gain <= 0 || gain <= this.#turningCost(base + first, base + last)) return false;
    const sequences = this.#sequences;
    sequences.clear();
    sequences.append(0, slot, 1, first - 1);
    sequences.appendTurned(0, slot, first, last);
    sequences.append(0, slot, last + 1, routes.length[slot] as number);
    if (!sequences.isPossible(0, slot)) return false;
    sequences.commit(0, slot);
    return true;
  }

  /** Or-opt: the places `first` to `last` go behind place `to` of the same route. */
  #shift(slot: number, { first, last, to }: { first: number; last: number; to: number }): boolean {
    const routes = this.#routes;
    const { nodes, cost } = routes.problem;
    const base = slot * routes.width;
    const node = (place: number) => routes.stop[base + place] as number;
    const gain =
      (routes.leg[base + first - 1] as number) +
      (routes.leg[base + last] as number) +
      (routes.leg[base + to] as number) -
      (cost[node(first - 1) * nodes + node(last + 1)] as number) -
      (cost[node(to) * nodes + node(first)] as number) -
      (cost[node(last) * nodes + node(to + 1)] as number);
    if (gain <= 0) return false;
    const sequences = this.#sequences;
    const length = routes.length[slot] as number;
    sequences.clear();
    if (to < first) {
      sequences.append(0, slot, 1, to);
      sequences.append(0, slot, first, last);
      sequences.append(0, slot, to + 1, first - 1);
      sequences.append(0, slot, last + 1, length);
    } else {
      sequences.append(0, slot, 1, first - 1);
      sequences.append(0, slot, last + 1, to);
      sequences.append(0, slot, first, last);
      sequences.append(0, slot, to + 1, length);
    }
    if (!sequences.isPossible(0, slot)) return false;
    sequences.commit(0, slot);
    return true;
  }
}

function isSymmetric(matrix: Int32Array, nodes: number): boolean {
  for (let from = 0; from < nodes; from++)
    for (let to = 0; to < from; to++)
      if (matrix[from * nodes + to] !== matrix[to * nodes + from]) return false;
  return true;
}

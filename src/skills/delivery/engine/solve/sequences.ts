import type { Pairs, Problem } from "../problem.ts";
import type { Routes } from "./routes.ts";

/** Two routes that a move proposes, beside those that stand. */
export class Sequences {
  readonly #routes: Routes;
  readonly #problem: Problem;
  readonly #nodes: readonly [Int32Array, Int32Array];
  readonly #count: [number, number] = [0, 0];
  readonly #pairs: Pairs | undefined;
  /** For each pick-up the last sequence in which it was met. */
  readonly #seen: Int32Array;
  #stamp = 0;

  constructor(routes: Routes) {
    this.#routes = routes;
    this.#problem = routes.problem;
    this.#pairs = routes.problem.pairs;
    this.#seen = new Int32Array(this.#pairs ? routes.problem.nodes : 0);
    this.#nodes = [new Int32Array(routes.problem.nodes), new Int32Array(routes.problem.nodes)];
  }

  clear(): void {
    this.#count[0] = 0;
    this.#count[1] = 0;
  }

  /** Appends the places `from` to `to`, both included, of a route that stands. */
  append(which: 0 | 1, slot: number, from: number, to: number): void {
    const base = slot * this.#routes.width;
    const list = this.#nodes[which];
    let count = this.#count[which];
    for (let i = base + from; i <= base + to; i++) list[count++] = this.#routes.stop[i] as number;
    this.#count[which] = count;
  }

  /** As `append`, backwards. */
  appendTurned(which: 0 | 1, slot: number, from: number, to: number): void {
    const base = slot * this.#routes.width;
    const list = this.#nodes[which];
    let count = this.#count[which];
    for (let i = base + to; i >= base + from; i--) list[count++] = this.#routes.stop[i] as number;
    this.#count[which] = count;
  }

  /** Whether a slot's vehicle could drive the sequence. */
  isPossible(which: 0 | 1, slot: number): boolean {
    const { nodes, time, service, earliest, latest, demand, skills } = this.#problem;
    const vehicle = this.#routes.vehicle(slot);
    const list = this.#nodes[which];
    const count = this.#count[which];
    let at = vehicle.start;
    let now = vehicle.earliest;
    let load = 0;
    // The latest leaving that waits for nobody, and the time under way after it.
    let until = vehicle.latest;
    let spent = 0;
    for (let i = 0; i < count; i++) {
      const node = list[i] as number;
      const way = time[at * nodes + node] as number;
      const opens = earliest[node] as number;
      const closes = latest[node] as number;
      now = Math.max(now + way, opens);
      if (now > closes || ((skills[node] as number) & ~vehicle.skills) !== 0) return false;
      now += service[node] as number;
      load += demand[node] as number;
      spent += way;
      spent += Math.max(0, opens - spent - until);
      until = Math.min(until, closes - spent);
      spent += service[node] as number;
      at = node;
    }
    if (this.#pairs && !this.#keepsPairs(which, this.#pairs, vehicle.capacity - load)) return false;
    const home = time[at * nodes + vehicle.end] as number;
    return load <= vehicle.capacity && now + home <= vehicle.latest && spent + home <= vehicle.maxDuration;
  }

  /** Both stops of every pair are there, the pick-up first, and what is on board leaves `room` beside what left the depot. */
  #keepsPairs(which: 0 | 1, { deliveryOf, pickupOf }: Pairs, room: number): boolean {
    const { demand } = this.#problem;
    const list = this.#nodes[which];
    const count = this.#count[which];
    const stamp = ++this.#stamp;
    let open = 0;
    let more = 0;
    for (let i = 0; i < count; i++) {
      const node = list[i] as number;
      const pickup = pickupOf[node] as number;
      const isPickup = (deliveryOf[node] as number) >= 0;
      if (isPickup) {
        open++;
        this.#seen[node] = stamp;
      } else if (pickup >= 0) {
        open--;
        if (this.#seen[pickup] !== stamp) return false;
      }
      more += isPickup || pickup >= 0 ? (demand[node] as number) : -(demand[node] as number);
      if (more > room) return false;
    }
    return open === 0;
  }

  /** Puts the sequence in the place of a route. */
  commit(which: 0 | 1, slot: number): void {
    this.#routes.replace(slot, this.#nodes[which], this.#count[which]);
  }
}

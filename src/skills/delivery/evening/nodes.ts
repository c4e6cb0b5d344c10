import type { Travel } from "../engine/index.ts";
import { toGrid } from "../plan/grid.ts";
import type { Coordinates } from "../plan/promises.ts";
import { travelOf } from "../plan/stored-evening.ts";
import type { RunningEvening } from "./stored.ts";

/** Places of an evening as nodes of its travel times: each place once. */
export class Nodes {
  readonly travel: Travel;
  readonly #middle: Coordinates;
  #next = 0;
  readonly #placeOf = new Map<number, Coordinates>();
  readonly #startOf = new Map<number, number>();
  readonly #endOf = new Map<number, number>();
  readonly #nodeOf = new Map<number, number>();
  readonly #idOf = new Map<number, number>();

  constructor({ travel, middle, shifts, deliveries }: RunningEvening) {
    this.travel = travelOf(travel);
    this.#middle = middle;
    for (const { id, start, end } of shifts) {
      this.#startOf.set(id, this.add(start));
      this.#endOf.set(id, this.add(end));
    }
    for (const { id, place } of deliveries) {
      const node = this.add(place);
      this.#nodeOf.set(id, node);
      this.#idOf.set(node, id);
    }
  }

  add(place: Coordinates): number {
    const node = this.#next++;
    this.travel.put(node, toGrid(this.#middle, place));
    this.#placeOf.set(node, place);
    return node;
  }

  /** The same place once more, and nobody's: what is fetched at a door is not brought to it. */
  asNobodys(node: number): number {
    return this.add(known(this.#placeOf, node));
  }

  startOf(shiftId: number): number {
    return known(this.#startOf, shiftId);
  }

  endOf(shiftId: number): number {
    return known(this.#endOf, shiftId);
  }

  nodeOf(deliveryId: number): number {
    return known(this.#nodeOf, deliveryId);
  }

  /** Where a courier stands: at this door, or, where it is none or in no round any more, at the shift's begin. */
  standingAt(shiftId: number, deliveryId: number | null): number {
    return (deliveryId === null ? undefined : this.#nodeOf.get(deliveryId)) ?? this.startOf(shiftId);
  }

  /** @returns undefined for depots and places where parcels are fetched */
  idOf(node: number): number | undefined {
    return this.#idOf.get(node);
  }
}

function known<T>(map: ReadonlyMap<number, T>, id: number): T {
  const node = map.get(id);
  if (node === undefined) throw new Error(`no place of ${id} in this evening`);
  return node;
}

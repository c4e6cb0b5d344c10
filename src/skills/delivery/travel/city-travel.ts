import type { Place, Travel, TravelClock } from "../engine/index.ts";
import type { Barriers } from "./barriers.ts";
import type { Cells } from "./cells.ts";
import { STEP } from "./pack-table.ts";

export interface CityTravelOptions {
  readonly cells: Cells;
  /** A table `inSteps`: never changed, and shared by all plans that count with it. */
  readonly steps: Uint32Array;
  /** Getting in and out, on every leg. */
  readonly leg_s: number;
  /** How ways stretch through the day; the table is then that of the fastest hour. */
  readonly clock?: TravelClock;
}

/** What is known of ways between cells: seconds a metre as the crow flies, and seconds on top; the same both ways. */
export interface PairTable {
  readonly secondsPerMetre: Float32Array;
  readonly extra_s: Float32Array;
}

export interface EmbeddedOptions {
  /** Metres of road for a metre as the crow flies; 1.34 is the mean of 300 European cities. */
  readonly circuity: number;
  /** Of the fastest hour where hours differ (`clock`), else of all. */
  readonly metresPerSecond: number;
  readonly barriers: Barriers | null;
  /** For a cell, how much longer than elsewhere a metre takes (learned from finished stops); 1 = as elsewhere. */
  readonly factorOf: (cell: number) => number;
}

/** The table without any service: distance, circuity, speed, the ways round barriers, and what was learned by zone. */
export function embeddedTable(cells: Cells, options: EmbeddedOptions): PairTable {
  const { circuity, metresPerSecond, barriers, factorOf } = options;
  const count = cells.count;
  const secondsPerMetre = new Float32Array(count * count);
  const extra_s = new Float32Array(count * count);
  const factors = Float64Array.from(cells.list, (_, n) => factorOf(n));
  const reached = barriers && cells.list.map((cell) => barriers.reach(cell));
  const seen = barriers && cells.list.map((cell) => barriers.sight(cell));
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++) {
      const factor = Math.sqrt((factors[a] as number) * (factors[b] as number));
      const pace = (circuity / metresPerSecond) * factor;
      const [from, to] = [cells.list[a] as Place, cells.list[b] as Place];
      const straight = Math.hypot(from.x - to.x, from.y - to.y);
      const way = barriers && a !== b ? barriers.metres(from, to, reached?.[a], seen?.[b]) : straight;
      secondsPerMetre[a * count + b] = pace;
      secondsPerMetre[b * count + a] = pace;
      extra_s[a * count + b] = (way - straight) * pace;
      extra_s[b * count + a] = extra_s[a * count + b] as number;
    }
  return { secondsPerMetre, extra_s };
}

/**
 * Travel times of a city for the engine: distance in the plane times the pace of the two cells, plus what barriers add. Two
 * look-ups a stop more than the plane, so offers stay as fast; the same in both directions.
 */
export class CityTravel implements Travel {
  readonly clock?: TravelClock;
  readonly #cells: Cells;
  readonly #count: number;
  readonly #pairs: Uint32Array;
  readonly #leg_s: number;
  #x = new Float64Array(256);
  #y = new Float64Array(256);
  #cell = new Uint16Array(256);
  #row = new Int32Array(256);

  constructor({ cells, steps, leg_s, clock }: CityTravelOptions) {
    if (clock) this.clock = clock;
    if (steps.length !== cells.count ** 2) throw new RangeError("The table does not belong to these cells.");
    this.#cells = cells;
    this.#count = cells.count;
    this.#pairs = steps;
    this.#leg_s = leg_s;
  }

  put(node: number, place: Place): void {
    if (node >= this.#x.length) this.#grow(2 * Math.max(node, this.#x.length));
    this.#x[node] = place.x;
    this.#y[node] = place.y;
    this.#cell[node] = this.#cells.at(place);
  }

  rows(place: Place, nodes: number): { there: Int32Array; back: Int32Array } {
    const [xs, ys, row, cells, pairs] = [this.#x, this.#y, this.#row, this.#cell, this.#pairs];
    const { x, y } = place;
    const base = this.#cells.at(place) * this.#count;
    const leg = this.#leg_s;
    // The loop is what an offer costs.
    for (let node = 0; node < nodes; node++) {
      const dx = (xs[node] as number) - x;
      const dy = (ys[node] as number) - y;
      const pair = pairs[base + (cells[node] as number)] as number;
      row[node] = leg + (pair >>> 16) + Math.sqrt(dx * dx + dy * dy) * ((pair & 0xffff) * STEP);
    }
    return { there: row, back: row };
  }

  between(from: number, to: number): number {
    const dx = (this.#x[from] as number) - (this.#x[to] as number);
    const dy = (this.#y[from] as number) - (this.#y[to] as number);
    const pair = this.#pairs[
      (this.#cell[from] as number) * this.#count + (this.#cell[to] as number)
    ] as number;
    return (this.#leg_s + (pair >>> 16) + Math.sqrt(dx * dx + dy * dy) * ((pair & 0xffff) * STEP)) | 0;
  }

  #grow(size: number): void {
    const widen = (narrow: Float64Array): Float64Array<ArrayBuffer> => {
      const wide = new Float64Array(size);
      wide.set(narrow);
      return wide;
    };
    const cell = new Uint16Array(size);
    cell.set(this.#cell);
    [this.#x, this.#y, this.#cell] = [widen(this.#x), widen(this.#y), cell];
    this.#row = new Int32Array(size);
  }
}

import type { Place } from "../engine/index.ts";
import { sideOf } from "./barriers.ts";

/** A square of the city, or the part of it on one side of a barrier. */
export interface Cell extends Place {
  /** Its square, counted by rows from the south-west. */
  readonly square: number;
}

/** South-west and north-east corner in metres of the city's grid. */
export interface Extent {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Cells together at most: a table of pairs is 4 bytes a pair. */
export const MOST_CELLS = 900;
const SMALLEST_M = 400;
const SAMPLES = 5;

/**
 * Squares over a city, so that what is known of ways from part to part stands in one small table. A square that a barrier runs
 * through is two cells: its banks are a street apart and far from each other.
 */
export class Cells {
  readonly list: readonly Cell[];
  readonly #extent: Extent;
  readonly #size_m: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Of a square: its cell, and the other one with the line that parts them. */
  readonly #cellOf: Int32Array;
  readonly #split = new Map<number, { line: readonly Place[]; right: number }>();

  /** @param lines barriers, in metres of the grid; the same extent and lines give the same cells */
  constructor(extent: Extent, lines: readonly (readonly Place[])[] = []) {
    const [width, height] = [extent.east - extent.west, extent.north - extent.south];
    if (!(width > 0 && height > 0))
      throw new RangeError("A city reaches from west to east and from south to north.");
    let size = SMALLEST_M;
    // Room for squares that are two cells.
    while (Math.ceil(width / size) * Math.ceil(height / size) > MOST_CELLS * 0.8) size *= 1.1;
    this.#extent = extent;
    this.#size_m = size;
    this.#columns = Math.ceil(width / size);
    this.#rows = Math.ceil(height / size);
    this.#cellOf = new Int32Array(this.#columns * this.#rows);
    this.list = this.#makeCells(lines);
  }

  get count(): number {
    return this.list.length;
  }

  /** The cell of a place; one outside belongs to the nearest square. */
  at(place: Place): number {
    const square = this.#squareAt(place);
    const split = this.#split.get(square);
    if (split && sideOf(split.line, place).side < 0) return split.right;
    return this.#cellOf[square] as number;
  }

  /** Squares apart, the larger of both directions; 0 within one. */
  apart(a: number, b: number): number {
    const [one, other] = [(this.list[a] as Cell).square, (this.list[b] as Cell).square];
    const columns = Math.abs((one % this.#columns) - (other % this.#columns));
    return Math.max(columns, Math.abs(Math.floor(one / this.#columns) - Math.floor(other / this.#columns)));
  }

  #squareAt({ x, y }: Place): number {
    const clamp = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value)));
    const column = clamp((x - this.#extent.west) / this.#size_m, this.#columns);
    const row = clamp((y - this.#extent.south) / this.#size_m, this.#rows);
    return row * this.#columns + column;
  }

  #makeCells(lines: readonly (readonly Place[])[]): Cell[] {
    const cells: Cell[] = [];
    const second: { square: number; line: readonly Place[]; place: Place }[] = [];
    for (let square = 0; square < this.#cellOf.length; square++) {
      const samples = this.#samples(square);
      const line = lines.find((one) => parts(one, samples, this.#size_m));
      const left = line ? samples.filter((one) => sideOf(line, one).side > 0) : samples;
      this.#cellOf[square] = cells.length;
      cells.push({ ...mean(left), square });
      if (line) second.push({ square, line, place: mean(samples.filter((one) => !left.includes(one))) });
    }
    for (const { square, line, place } of second.slice(0, MOST_CELLS - cells.length)) {
      this.#split.set(square, { line, right: cells.length });
      cells.push({ ...place, square });
    }
    return cells;
  }

  #samples(square: number): Place[] {
    const west = this.#extent.west + (square % this.#columns) * this.#size_m;
    const south = this.#extent.south + Math.floor(square / this.#columns) * this.#size_m;
    const at = (n: number) => ((n + 0.5) / SAMPLES) * this.#size_m;
    return Array.from({ length: SAMPLES * SAMPLES }, (_, n) => ({
      x: west + at(n % SAMPLES),
      y: south + at(Math.floor(n / SAMPLES)),
    }));
  }
}

/** Does the line run through the square, so that it has places on both sides near it? */
function parts(line: readonly Place[], samples: readonly Place[], size_m: number): boolean {
  const near = samples.map((one) => sideOf(line, one));
  if (!near.some(({ away_m }) => away_m <= size_m / SAMPLES)) return false;
  return near.some(({ side }) => side > 0) && near.some(({ side }) => side < 0);
}

function mean(places: readonly Place[]): Place {
  const count = places.length;
  return {
    x: places.reduce((sum, { x }) => sum + x, 0) / count,
    y: places.reduce((sum, { y }) => sum + y, 0) / count,
  };
}

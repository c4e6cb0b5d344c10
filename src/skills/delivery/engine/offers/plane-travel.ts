import type { Place, Travel, TravelClock } from "./travel.ts";

export interface PlaneTravelOptions {
  /** Metres of road for a metre as the crow flies; 1.34 is the mean of 300 European cities. */
  readonly circuity: number;
  readonly metresPerSecond: number;
  /** Getting in and out, on every leg. */
  readonly legSeconds: number;
  /** How ways stretch through the day; `metresPerSecond` is then the speed of the fastest hour. */
  readonly clock?: TravelClock;
}

/** Travel times by distance in the plane, the same in both directions. Places are metres on a local grid. */
export class PlaneTravel implements Travel {
  readonly isSymmetric = true;
  readonly clock?: TravelClock;
  readonly #secondsPerMetre: number;
  readonly #legSeconds: number;
  #x = new Float64Array(256);
  #y = new Float64Array(256);
  #row = new Int32Array(256);

  constructor({ circuity, metresPerSecond, legSeconds, clock }: PlaneTravelOptions) {
    if (clock) this.clock = clock;
    this.#secondsPerMetre = circuity / metresPerSecond;
    this.#legSeconds = legSeconds;
  }

  put(node: number, { x, y }: Place): void {
    if (node >= this.#x.length) {
      const size = 2 * Math.max(node, this.#x.length);
      [this.#x, this.#y] = [this.#x, this.#y].map((narrow) => {
        const wide = new Float64Array(size);
        wide.set(narrow);
        return wide;
      }) as [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>];
      this.#row = new Int32Array(size);
    }
    this.#x[node] = x;
    this.#y[node] = y;
  }

  rows({ x, y }: Place, nodes: number): { there: Int32Array; back: Int32Array } {
    const [xs, ys, row] = [this.#x, this.#y, this.#row];
    const [scale, fixed] = [this.#secondsPerMetre, this.#legSeconds];
    for (let node = 0; node < nodes; node++) {
      const dx = (xs[node] as number) - x;
      const dy = (ys[node] as number) - y;
      row[node] = fixed + Math.sqrt(dx * dx + dy * dy) * scale;
    }
    return { there: row, back: row };
  }

  between(from: number, to: number): number {
    const dx = (this.#x[from] as number) - (this.#x[to] as number);
    const dy = (this.#y[from] as number) - (this.#y[to] as number);
    return (this.#legSeconds + Math.sqrt(dx * dx + dy * dy) * this.#secondsPerMetre) | 0;
  }
}

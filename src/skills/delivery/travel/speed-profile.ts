/**
 * Speed through the day, constant between hours: who leaves later arrives later (first in, first out), because everybody on
 * the road drives at the same speed at the same moment. Travel *times* that are constant between hours would let the later one
 * overtake (Ichoua, Gendreau and Potvin 2003).
 */

export interface SpeedStep {
  /** From this second of the clock on; the first step also holds before it. */
  readonly from_s: number;
  readonly metresPerSecond: number;
}

const KMH = 1 / 3.6;

/**
 * A car in a German city in the evening, from local hours, km/h on the road: 18 to 20 in the rush hour, 22 until eight, 26
 * after it (shared facts of the project). Multiply for other vehicles.
 */
export const EVENING_BY_CAR: readonly (readonly [minute: number, kmh: number])[] = [
  [0, 28],
  [6 * 60, 22],
  [9 * 60, 24],
  [15 * 60 + 30, 19],
  [18 * 60, 22],
  [20 * 60, 26],
];

/** @param toClock second of the plan's clock at a local minute of the day, from the city's own instants, so that a DST night is right */
export function stepsOf(
  day: readonly (readonly [minute: number, kmh: number])[],
  toClock: (minute: number) => number,
): SpeedStep[] {
  return day.map(([minute, kmh]) => ({ from_s: toClock(minute), metresPerSecond: kmh * KMH }));
}

export class SpeedProfile {
  readonly #from: Float64Array;
  readonly #speed: Float64Array;
  /** Metres driven since the first step, at the beginning of each. */
  readonly #metres: Float64Array;

  /** @throws RangeError without a step, for steps out of order and for speeds that are not above 0 */
  constructor(steps: readonly SpeedStep[]) {
    const isInOrder = steps.every(({ from_s }, n) => n === 0 || from_s > (steps[n - 1] as SpeedStep).from_s);
    if (steps.length === 0 || !isInOrder || steps.some(({ metresPerSecond }) => !(metresPerSecond > 0)))
      throw new RangeError("A speed profile has steps in order of time, each faster than nothing.");
    this.#from = Float64Array.from(steps, ({ from_s }) => from_s);
    this.#speed = Float64Array.from(steps, ({ metresPerSecond }) => metresPerSecond);
    this.#metres = new Float64Array(steps.length);
    for (let n = 1; n < steps.length; n++)
      this.#metres[n] = (this.#metres[n - 1] as number) + this.#length(n - 1);
  }

  /** @returns when it is reached, in seconds; never before `depart_s` */
  arrive(depart_s: number, metres: number): number {
    return this.#timeAt(this.#metresAt(depart_s) + Math.max(0, metres));
  }

  /** @returns the latest departure that arrives in time */
  leaveBy(arrive_s: number, metres: number): number {
    return this.#timeAt(this.#metresAt(arrive_s) - Math.max(0, metres));
  }

  /**
   * The slowest speed between two moments. A plan that counts with it is possible under the profile: no way takes longer than
   * it counts, and who is early waits.
   */
  slowest(from_s: number, until_s: number): number {
    let slowest = Number.POSITIVE_INFINITY;
    for (let n = 0; n < this.#from.length; n++) {
      const begin = n === 0 ? Number.NEGATIVE_INFINITY : (this.#from[n] as number);
      const end = this.#from[n + 1] ?? Number.POSITIVE_INFINITY;
      if (begin < until_s && end > from_s) slowest = Math.min(slowest, this.#speed[n] as number);
    }
    return slowest === Number.POSITIVE_INFINITY ? (this.#speed[this.#at(from_s)] as number) : slowest;
  }

  #length(n: number): number {
    return ((this.#from[n + 1] as number) - (this.#from[n] as number)) * (this.#speed[n] as number);
  }

  #at(time_s: number): number {
    let n = this.#from.length - 1;
    while (n > 0 && (this.#from[n] as number) > time_s) n--;
    return n;
  }

  #metresAt(time_s: number): number {
    const n = this.#at(time_s);
    return (this.#metres[n] as number) + (time_s - (this.#from[n] as number)) * (this.#speed[n] as number);
  }

  #timeAt(metres: number): number {
    let n = this.#from.length - 1;
    while (n > 0 && (this.#metres[n] as number) > metres) n--;
    return (this.#from[n] as number) + (metres - (this.#metres[n] as number)) / (this.#speed[n] as number);
  }
}

import { Random } from "../random.ts";

/** Draws of the simulator: from a seed and what they are for, so that one draw more somewhere changes no other. */
export class Chance {
  readonly #random: Random;

  constructor(...seeds: readonly number[]) {
    let mixed = 0x9e3779b9;
    for (const seed of seeds) mixed = Math.imul(mixed ^ seed, 0x85ebca6b) ^ (mixed >>> 13);
    this.#random = new Random(mixed >>> 0);
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    return this.#random.unit();
  }

  below(limit: number): number {
    return this.#random.below(limit);
  }

  isTrue(chance: number): boolean {
    return this.unit() < chance;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.unit();
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** A factor with mean 1 whose logarithm has the standard deviation `spread`. */
  factor(spread: number): number {
    return Math.exp(spread * this.normal() - 0.5 * spread * spread);
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }
}

import type { Figure } from "../dialogue/figure.ts";
import { runFigures } from "../run-figures.ts";
import { core } from "./core.ts";
import { invariants } from "./invariants.ts";
import { proof } from "./proof.ts";

const figures: readonly Figure[] = [core, proof, invariants];

/** Measures the coin's core. @returns the exit code: 1 when a figure misses its goal */
export function runCoin(args: readonly string[]): Promise<number> {
  return runFigures("coin", figures, args);
}

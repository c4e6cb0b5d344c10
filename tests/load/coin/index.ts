import type { Figure } from "../dialogue/figure.ts";
import { runFigures } from "../run-figures.ts";
import { core } from "./core.ts";
import { invariants } from "./invariants.ts";
import { kill } from "./kill.ts";
import { latency, long } from "./open-loop.ts";
import { proof } from "./proof.ts";
import { start } from "./start.ts";
import { hot, naive, signed, unsigned } from "./throughput.ts";

const figures: readonly Figure[] = [
  core,
  proof,
  invariants,
  signed,
  unsigned,
  hot,
  naive,
  latency,
  kill,
  start,
  long,
];

/** Measures the coin's core and its engine. @returns the exit code: 1 when a figure misses its goal */
export function runCoin(args: readonly string[]): Promise<number> {
  return runFigures("coin", figures, args);
}

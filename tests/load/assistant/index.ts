import { runFigures } from "../run-figures.ts";
import { figures } from "./figures.ts";

/** Measures the figures of the answer engine. @returns the exit code: 1 when a figure misses its goal */
export function runAssistant(args: readonly string[]): Promise<number> {
  return runFigures("assistant", figures, args);
}

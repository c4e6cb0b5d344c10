import { runFigures } from "../run-figures.ts";
import { figures } from "./figures.ts";

/** Measures the figures of the dialogue. @returns the exit code: 1 when a figure misses its goal */
export function runDialogue(args: readonly string[]): Promise<number> {
  return runFigures("dialogue", figures, args);
}

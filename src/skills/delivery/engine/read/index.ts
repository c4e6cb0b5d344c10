import type { Problem } from "../problem.ts";
import { type Rounding, toProblem } from "./instance.ts";
import { readSolomon } from "./solomon.ts";
import { readVrplib } from "./vrplib.ts";

/**
 * Reads an instance: Solomon or Homberger text, or VRPLIB; which, its words tell. Without a rounding the one that the
 * literature measures with is taken: `dimacs` for the first, `exact` for VRPLIB.
 * @throws InstanceFault with one sentence: where, and what is wrong
 */
export function readProblem(text: string, rounding?: Rounding): Problem {
  const isSolomon = /^[ \t]*VEHICLE[ \t]*\r?$/m.test(text) && !/^[ \t]*DIMENSION[ \t]*:/m.test(text);
  return isSolomon
    ? toProblem(readSolomon(text), rounding ?? "dimacs")
    : toProblem(readVrplib(text), rounding ?? "exact");
}

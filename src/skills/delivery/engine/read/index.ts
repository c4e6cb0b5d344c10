import type { Problem } from "../problem.ts";
import { type Rounding, toProblem } from "./instance.ts";
import { isLiLim, readLiLim } from "./li-lim.ts";
import { readSolomon } from "./solomon.ts";
import { readVrplib } from "./vrplib.ts";

/**
 * Reads an instance: Solomon or Homberger text, Li and Lim's text, which has no words at all, or VRPLIB; which, its words
 * tell. Without a rounding the one that the literature measures with is taken: `dimacs` for the first, `none` for the
 * second, `exact` for VRPLIB.
 * @throws InstanceFault with one sentence: where, and what is wrong
 */
export function readProblem(text: string, rounding?: Rounding): Problem {
  if (isLiLim(text)) return toProblem(readLiLim(text), rounding ?? "none");
  const isSolomon = /^[ \t]*VEHICLE[ \t]*\r?$/m.test(text) && !/^[ \t]*DIMENSION[ \t]*:/m.test(text);
  return isSolomon
    ? toProblem(readSolomon(text), rounding ?? "dimacs")
    : toProblem(readVrplib(text), rounding ?? "exact");
}

import { check } from "../../skills/delivery/engine/index.ts";
import { print, readOptions, UsageError } from "../options.ts";
import { instanceFile, roundingOf, textFile } from "./instance-file.ts";
import { readSolution } from "./solution.ts";

/** `augenhoehe delivery check FILE SOLUTION.json [--rounding R] [--json]`. @returns the exit code: 1 for a bad plan */
export async function checkFile(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    options: { rounding: { type: "string" }, json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [file, solution] = positionals;
  if (file === undefined || solution === undefined || positionals.length > 2)
    throw new UsageError("Say `delivery check FILE SOLUTION.json`.");
  const problem = await instanceFile(file, roundingOf(values.rounding));
  const verdict = check(problem, readSolution(problem, await textFile(solution)));
  print(JSON.stringify(verdict));
  return verdict.feasible ? 0 : 1;
}

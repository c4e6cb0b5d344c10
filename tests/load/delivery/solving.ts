import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BenchInstance } from "./instances.ts";

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");
const MOST_OUTPUT_BYTES = 10_000_000;

/** An instance as it was solved: gaps are shares of the best known cost. */
export interface SolvedInstance {
  readonly name: string;
  readonly cost: number;
  readonly gap: number;
  readonly cpuSeconds: number;
  readonly iterations: number;
  readonly load: number;
}

/** Solves with the command line as a user would, a fresh process each; the checker judges every plan. */
export async function solveOnce(
  instance: BenchInstance,
  { seconds, seed }: { seconds: number; seed: number },
): Promise<SolvedInstance> {
  const args = [
    MAIN,
    "delivery",
    "solve",
    instance.file,
    "--seconds",
    `${seconds}`,
    "--seed",
    `${seed}`,
    "--json",
  ];
  const { stdout } = await run(process.execPath, args, { maxBuffer: MOST_OUTPUT_BYTES });
  const solved = JSON.parse(stdout) as { cost: number; cpuSeconds: number; iterations: number };
  const folder = await mkdtemp(join(tmpdir(), "ah-bench-"));
  try {
    const file = join(folder, "solution.json");
    await writeFile(file, stdout);
    // An infeasible plan ends the check with code 1, and so this run.
    await run(process.execPath, [MAIN, "delivery", "check", instance.file, file]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { name, best } = instance;
  const { cost, cpuSeconds, iterations } = solved;
  return { name, cost, gap: cost / best - 1, cpuSeconds, iterations, load: loadavg()[0] ?? 0 };
}

export function meanGap(solved: readonly { gap: number }[]): number {
  return solved.reduce((sum, { gap }) => sum + gap, 0) / solved.length;
}

export function worstGap(solved: readonly { gap: number }[]): number {
  return solved.reduce((most, { gap }) => Math.max(most, gap), Number.NEGATIVE_INFINITY);
}

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

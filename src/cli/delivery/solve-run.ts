import { type Problem, type Solved, solve } from "../../skills/delivery/engine/index.ts";
import { cpuSeconds } from "./cpu-clock.ts";

/** One of both ends the search. */
export interface SolveBudget {
  readonly seconds?: number;
  readonly iterations?: number;
}

export interface SolveRun {
  readonly solved: Solved;
  readonly cpuSeconds: number;
}

/** Solves within a budget of CPU seconds of this thread, or of iterations; `progress` hears the share that is spent. */
export function runSolve(
  problem: Problem,
  { seconds, iterations, seed }: SolveBudget & { readonly seed: number },
  progress: (share: number) => void = () => {},
): SolveRun {
  const from = cpuSeconds();
  const shareOf = (done: number) =>
    seconds === undefined ? done / (iterations ?? 1) : (cpuSeconds() - from) / seconds;
  const spent = (done: number) => {
    const share = shareOf(done);
    progress(share);
    return share;
  };
  return { solved: solve(problem, { seed, spent, most: iterations }), cpuSeconds: cpuSeconds() - from };
}

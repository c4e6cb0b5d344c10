import { parentPort, workerData } from "node:worker_threads";
import type { Problem } from "../../skills/delivery/engine/index.ts";
import { runSolve, type SolveBudget } from "./solve-run.ts";

/** One of several searches on the same problem; see `solve-file.ts`. */
const { problem, order } = workerData as { problem: Problem; order: SolveBudget & { seed: number } };
parentPort?.postMessage(runSolve(problem, order));

import { Worker } from "node:worker_threads";
import { check, type Problem } from "../../skills/delivery/engine/index.ts";
import { print, readOptions, tell, UsageError } from "../options.ts";
import { instanceFile, roundingOf } from "./instance-file.ts";
import { type PrintedRoute, printedRoutes, statedRoutes } from "./solution.ts";
import { runSolve, type SolveBudget, type SolveRun } from "./solve-run.ts";
import { wholeOf } from "./whole-number.ts";

const OPTIONS = {
  seconds: { type: "string" },
  iterations: { type: "string" },
  seed: { type: "string", default: "1" },
  threads: { type: "string", default: "1" },
  rounding: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

const MOST_SECONDS = 86_400;
const MOST_ITERATIONS = 1_000_000_000_000;
const MOST_THREADS = 64;
/** Whoever waits hears of it this often. */
const PROGRESS_MS = 5_000;

interface Printed {
  cost: number;
  routes: readonly PrintedRoute[];
  cpuSeconds: number;
  iterations: number;
  /** Only when some found no place in the time given. */
  absent?: readonly number[];
}

/**
 * `augenhoehe delivery solve FILE --seconds N | --iterations N …`. Several threads try with seeds of their own, and the
 * best plan counts.
 * @returns the exit code: 1 when customers found no place
 */
export async function solveFile(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, { options: OPTIONS, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError("Say `delivery solve FILE --seconds N` or `--iterations N`.");
  const budget = budgetOf(values);
  const seed = wholeOf("seed", values.seed, { least: 0, most: Number.MAX_SAFE_INTEGER });
  const threads = wholeOf("threads", values.threads, { least: 1, most: MOST_THREADS });
  const problem = await instanceFile(file, roundingOf(values.rounding));
  const runs =
    threads === 1
      ? [runSolve(problem, { ...budget, seed }, progressTeller())]
      : await Promise.all(
          Array.from({ length: threads }, (_, n) => solveInThread(problem, { ...budget, seed: seed + n })),
        );
  const printed = printedOf(problem, runs);
  print(values.json ? JSON.stringify(printed) : wordsOf(printed));
  if (!printed.absent) return 0;
  tell(
    `No plan with all customers was found: ${printed.absent.length} are left out. Allow more time or more vehicles.`,
  );
  return 1;
}

/** The best of all runs; among equals the first, so that threads do not make chance. */
function printedOf(problem: Problem, runs: readonly SolveRun[]): Printed {
  const [first, ...rest] = runs.map(({ solved }) => solved);
  if (!first) throw new Error("nothing was run");
  const best = rest.reduce((a, b) => {
    const fewer = a.absent.length - b.absent.length;
    return fewer > 0 || (fewer === 0 && b.cost < a.cost) ? b : a;
  }, first);
  const { cost, errors } = check(problem, statedRoutes(problem, best));
  if (best.absent.length === 0 && errors.length > 0)
    throw new Error(`The plan was found wrong by the checker and is not printed: ${errors[0]}`);
  return {
    cost: Math.round(cost * 1e6) / 1e6,
    routes: printedRoutes(problem, best),
    cpuSeconds: Math.round(runs.reduce((sum, run) => sum + run.cpuSeconds, 0) * 1e3) / 1e3,
    iterations: runs.reduce((sum, { solved }) => sum + solved.iterations, 0),
    ...(best.absent.length > 0 ? { absent: best.absent.map((node) => problem.label[node] as number) } : {}),
  };
}

function budgetOf(values: { seconds?: string; iterations?: string }): SolveBudget {
  if ((values.seconds === undefined) === (values.iterations === undefined))
    throw new UsageError("Say either --seconds N (CPU seconds of one thread) or --iterations N.");
  if (values.iterations !== undefined)
    return { iterations: wholeOf("iterations", values.iterations, { least: 1, most: MOST_ITERATIONS }) };
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= MOST_SECONDS))
    throw new UsageError(`--seconds is a number above 0, ${MOST_SECONDS} at most.`);
  return { seconds };
}

function progressTeller(): (share: number) => void {
  let next = performance.now() + PROGRESS_MS;
  return (share) => {
    if (performance.now() < next) return;
    next += PROGRESS_MS;
    tell(`${Math.min(100, 100 * share).toFixed(0)} % of the budget is spent.`);
  };
}

function solveInThread(problem: Problem, order: SolveBudget & { seed: number }): Promise<SolveRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./solve-worker.ts", import.meta.url), {
      workerData: { problem, order },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`A thread ended early (${code}).`)));
  });
}

function wordsOf({ cost, routes, cpuSeconds, iterations }: Printed): string {
  const lines = routes.map((route, n) => {
    const [depot, customers] = "depot" in route ? [`from ${route.depot}: `, route.customers] : ["", route];
    return `Route ${n + 1}: ${depot}${(customers as readonly number[]).join(" ")}`;
  });
  return [
    ...lines,
    `Cost ${cost}; ${routes.length} routes; ${cpuSeconds} CPU seconds; ${iterations} iterations`,
  ].join("\n");
}

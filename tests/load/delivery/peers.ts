import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Problem, readProblem } from "../../../src/skills/delivery/engine/index.ts";
import type { BenchInstance } from "./instances.ts";

const run = promisify(execFile);
const PACKAGE = "pyvrp==0.14.0";
/** Made once and kept for the next run. */
const VENV = join(tmpdir(), "augenhoehe-bench-peers");
const PYTHON = join(VENV, "bin", "python");

/** The whole peer: it stops by CPU seconds of its thread, as we do. */
const PROGRAM = `
import json, sys, time
from importlib.metadata import version
import pyvrp
class ThreadTime:
    def __init__(self, limit):
        self.limit, self.start = limit, None
    def __call__(self, best_cost):
        now = time.thread_time()
        if self.start is None:
            self.start = now
        return now - self.start > self.limit
path, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
data = pyvrp.read(path, round_func="none")
result = pyvrp.solve(data, ThreadTime(seconds), seed=seed, display=False)
print(json.dumps({"cost": result.cost(), "version": version("pyvrp")}))
`;

export interface PeerResult {
  readonly version: string;
  readonly solved: readonly { readonly name: string; readonly gap: number }[];
}

/** PyVRP from PyPI on the same instances in the same integers. @returns a sentence when that is not possible here */
export async function solveWithPyVrp(
  instances: readonly BenchInstance[],
  { seconds, seed, say }: { seconds: number; seed: number; say(sentence: string): void },
): Promise<PeerResult | string> {
  try {
    await openVenv(say);
    const solved: { name: string; gap: number }[] = [];
    let version = "";
    for (const { name, file, best } of instances) {
      const problem = readProblem(await readFile(file, "utf8"));
      const answer = await solvePeer(problem, [`${seconds}`, `${seed}`]);
      version = answer.version;
      solved.push({ name, gap: answer.cost / problem.scale / best - 1 });
      say(`PyVRP on ${name}: ${(100 * (solved.at(-1)?.gap ?? 0)).toFixed(2)} %`);
    }
    return { version, solved };
  } catch (error) {
    return `PyVRP was not measured: ${(error as Error).message.split("\n").slice(0, 3).join(" ")}`;
  }
}

async function openVenv(say: (sentence: string) => void): Promise<void> {
  if (existsSync(PYTHON)) return;
  say(`Installing ${PACKAGE} into a virtual environment …`);
  await run("python3", ["-m", "venv", VENV]);
  try {
    await run(join(VENV, "bin", "pip"), ["install", "--quiet", PACKAGE], { timeout: 300_000 });
  } catch (error) {
    await rm(VENV, { recursive: true, force: true });
    throw error;
  }
}

async function solvePeer(
  problem: Problem,
  args: readonly string[],
): Promise<{ cost: number; version: string }> {
  const folder = await mkdtemp(join(tmpdir(), "ah-peer-"));
  try {
    const file = join(folder, "instance.vrp");
    await writeFile(file, vrplibOf(problem));
    const { stdout } = await run(PYTHON, ["-c", PROGRAM, file, ...args]);
    return JSON.parse(stdout) as { cost: number; version: string };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The problem in its own integers, so that both count alike. */
function vrplibOf(problem: Problem): string {
  const { nodes, depots, cost, demand, service, earliest, latest, vehicles } = problem;
  const rows = (value: (n: number) => string) =>
    Array.from({ length: nodes }, (_, n) => `${n + 1} ${value(n)}`);
  const homes = vehicles.flatMap(({ count, start }) => new Array<number>(count).fill(start + 1));
  const [first] = vehicles;
  const hasDuration = (first?.maxDuration ?? 0) < 1_000_000_000;
  return [
    "NAME : instance",
    "TYPE : MDVRPTW",
    `DIMENSION : ${nodes}`,
    `VEHICLES : ${homes.length}`,
    `CAPACITY : ${first?.capacity}`,
    ...(hasDuration ? [`VEHICLES_MAX_DURATION : ${first?.maxDuration}`] : []),
    "EDGE_WEIGHT_TYPE : EXPLICIT",
    "EDGE_WEIGHT_FORMAT : FULL_MATRIX",
    "EDGE_WEIGHT_SECTION",
    ...Array.from({ length: nodes }, (_, n) => cost.subarray(n * nodes, (n + 1) * nodes).join(" ")),
    "DEMAND_SECTION",
    ...rows((n) => `${demand[n]}`),
    "SERVICE_TIME_SECTION",
    ...rows((n) => `${service[n]}`),
    "TIME_WINDOW_SECTION",
    ...rows((n) => `${earliest[n]} ${latest[n]}`),
    "VEHICLES_DEPOT_SECTION",
    ...homes.map((home, n) => `${n + 1} ${home}`),
    "DEPOT_SECTION",
    ...Array.from({ length: depots }, (_, n) => `${n + 1}`),
    "EOF",
    "",
  ].join("\n");
}

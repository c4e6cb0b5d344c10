import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Problem, readProblem } from "../../../src/skills/delivery/engine/index.ts";
import type { BenchInstance } from "./instances.ts";
import { OR_TOOLS, PYVRP } from "./peer-programs.ts";

const run = promisify(execFile);
/** Made once and kept for the next run. */
const VENV = join(import.meta.dirname, "../../../build/peers");
const PYTHON = join(VENV, "bin", "python");
const INSTALL_MS = 600_000;

interface Peer {
  readonly name: string;
  /** From PyPI, at this version. */
  readonly wanted: string;
  readonly program: string;
  fileOf(problem: Problem): string;
}

const PEERS: readonly Peer[] = [
  { name: "PyVRP", wanted: "pyvrp==0.14.0", program: PYVRP, fileOf: vrplibOf },
  { name: "OR-Tools", wanted: "ortools==9.15.6755", program: OR_TOOLS, fileOf: jsonOf },
];

export interface PeerResult {
  readonly name: string;
  readonly version: string;
  /** Shares above the best known cost, in the order of the instances; null where it found no plan. */
  readonly gaps: readonly (number | null)[];
}

/**
 * The peers on the same instances in the same integers, with as many CPU seconds, one after the other.
 * @returns a sentence when that is not possible here
 */
export async function solveWithPeers(
  instances: readonly BenchInstance[],
  wishes: { seconds: number; seed: number; say(sentence: string): void },
): Promise<readonly PeerResult[] | string> {
  try {
    await openVenv(wishes.say);
    const results: PeerResult[] = [];
    for (const peer of PEERS) results.push(await solveAll(peer, instances, wishes));
    return results;
  } catch (error) {
    return `The peers were not measured: ${(error as Error).message.split("\n").slice(0, 3).join(" ")}`;
  }
}

async function solveAll(
  peer: Peer,
  instances: readonly BenchInstance[],
  { seconds, seed, say }: { seconds: number; seed: number; say(sentence: string): void },
): Promise<PeerResult> {
  const gaps: (number | null)[] = [];
  let version = "";
  for (const { name, file, best } of instances) {
    const problem = readProblem(await readFile(file, "utf8"));
    const answer = await solveOne(peer, problem, [`${seconds}`, `${seed}`]);
    version = answer.version;
    const gap = answer.cost === null ? null : answer.cost / problem.scale / best - 1;
    gaps.push(gap);
    say(`${peer.name} on ${name}: ${gap === null ? "no plan" : `${(100 * gap).toFixed(2)} %`}`);
  }
  return { name: peer.name, version, gaps };
}

async function openVenv(say: (sentence: string) => void): Promise<void> {
  const wanted = PEERS.map((peer) => peer.wanted);
  if (!existsSync(PYTHON)) {
    await run("python3", ["--version"]).catch(() => {
      throw new Error("there is no python3 here");
    });
    await run("python3", ["-m", "venv", VENV]);
  }
  const pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", ...wanted] as const;
  say(`Looking for ${wanted.join(" and ")} in build/peers, installing what lacks.`);
  await run(pip[0], pip.slice(1), { timeout: INSTALL_MS });
}

async function solveOne(
  { program, fileOf }: Peer,
  problem: Problem,
  args: readonly string[],
): Promise<{ cost: number | null; version: string }> {
  const folder = await mkdtemp(join(tmpdir(), "ah-peer-"));
  try {
    const file = join(folder, "instance.vrp");
    await writeFile(file, fileOf(problem));
    const { stdout } = await run(PYTHON, ["-c", program, file, ...args]);
    return JSON.parse(stdout) as { cost: number | null; version: string };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every vehicle by itself, lists as they are. */
function jsonOf({ nodes, depots, cost, demand, service, earliest, latest, vehicles }: Problem): string {
  const lists = { cost, demand, service, earliest, latest };
  return JSON.stringify({
    nodes,
    depots,
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, [...list]])),
    fleet: vehicles.flatMap((vehicle) => new Array(vehicle.count).fill(vehicle)),
  });
}

/** The problem in its own integers, so that all count alike. */
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

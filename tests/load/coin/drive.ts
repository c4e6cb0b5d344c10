import { hash } from "node:crypto";
import { loadavg } from "node:os";
import { decodeSigned } from "../../../src/skills/coin/engine/decode.ts";
import type { Person } from "../../../src/skills/coin/engine/ledger.fixture.ts";
import type { Engine } from "../../../src/skills/coin/single/engine.ts";
import { openLedgerEngine } from "../../../src/skills/coin/single/open-ledger.ts";
import { Town } from "../../../src/skills/coin/single/town.fixture.ts";
import type { Verifier } from "../../../src/skills/coin/single/verifier.ts";
import { type LedgerServer, serverCpu } from "./ledger-server.ts";

export const ACCOUNTS = 10_000;
const OUTSTANDING = 1_000;

export interface Ledger {
  readonly town: Town;
  readonly tenantId: number;
  readonly engine: Engine;
  close(): Promise<void>;
}

/** A town of customers with money in a real ledger. */
export async function openTown(
  bench: LedgerServer,
  { accounts = ACCOUNTS, signs = true }: { accounts?: number; signs?: boolean } = {},
): Promise<Ledger> {
  const town = new Town({ signs });
  const tenantId = await bench.ledger(town);
  const place = { address: bench.address, tenantId, now: () => town.time };
  const { engine, close } = await openLedgerEngine(place, signs ? {} : { verifier: trusting });
  await drive(engine, town.opening(accounts, 1_000));
  return { town, tenantId, engine, close };
}

/** Reads and hashes, and takes every signature for good: what an internal batch costs. */
export const trusting: Verifier = {
  places: 2,
  check: async (batch) =>
    batch.map((bytes) => ({
      verdict: "good" as const,
      digest: hash("sha256", decodeSigned(bytes).body, "buffer"),
    })),
  close: async () => {},
};

/** @param isHot everybody pays one shop */
export function payments(town: Town, count: number, isHot = false): Uint8Array[] {
  const { people } = town;
  const shop = people[0] as Person;
  return Array.from({ length: count }, (_, n) => {
    const from = people[1 + ((n * 7_919) % (people.length - 1))] as Person;
    const other = people[(n * 104_729 + 7) % people.length] as Person;
    return town.pays(from, isHot || other === from ? shop : other, 1 + (n % 90));
  });
}

export interface Driven {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** As many as ever can be, with so many waiting for their answers. */
export async function drive(
  engine: Engine,
  asked: readonly Uint8Array[],
  outstanding = OUTSTANDING,
): Promise<Driven> {
  const waits: number[] = [];
  let next = 0;
  const begun = performance.now();
  const client = async (): Promise<void> => {
    for (let bytes = asked[next++]; bytes; bytes = asked[next++]) {
      const at = performance.now();
      const { result } = await engine.submit(bytes);
      if (result !== "applied") throw new Error(`A payment of the bench was refused: ${result}.`);
      waits.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: outstanding }, client));
  return { perSecond: asked.length / ((performance.now() - begun) / 1_000), ...percentiles(waits) };
}

export function percentiles(waits: number[]): { p50Ms: number; p99Ms: number } {
  waits.sort((a, b) => a - b);
  const at = (share: number): number => waits[Math.floor(waits.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

export interface Cost {
  /** Processor microseconds of this process with its threads, and of PostgreSQL. */
  readonly nodeUs: number;
  readonly postgresUs: number;
  readonly load: number[];
}

/** What some work costs in processor time, shared by `count`. */
export async function costOf<T>(
  bench: LedgerServer,
  count: number,
  work: () => Promise<T>,
): Promise<T & Cost> {
  const [node, postgres] = [process.cpuUsage(), await serverCpu(bench)];
  const done = await work();
  const { user, system } = process.cpuUsage(node);
  const postgresUs = (((await serverCpu(bench)) - postgres) * 1e6) / count;
  return { ...done, nodeUs: (user + system) / count, postgresUs, load: loadavg() };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] as number;

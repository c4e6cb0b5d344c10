import { embeddedAddress } from "#kernel";
import { openLedgerEngine } from "../../../src/skills/coin/single/open-ledger.ts";
import { trusting } from "./drive.ts";

/** A start as a node has it, in a process that holds nothing else: opens the ledger, says how long it took, ends. */

export interface Started {
  readonly readyMs: number;
  readonly readyCpuMs: number;
  /** Of the process's life, modules included. */
  readonly sinceBeginMs: number;
  readonly height: number;
}

const [host = "", port = "", database = "", tenantId = "", now = ""] = process.argv.slice(2);
const place = {
  address: embeddedAddress({ host, port: Number(port), database }),
  tenantId: Number(tenantId),
  now: () => Number(now),
};

const begun = performance.now();
const before = process.cpuUsage();
const { engine, close } = await openLedgerEngine(place, { verifier: trusting });
const { user, system } = process.cpuUsage(before);
const started: Started = {
  readyMs: performance.now() - begun,
  readyCpuMs: (user + system) / 1_000,
  sinceBeginMs: performance.now(),
  height: engine.durableHeight,
};
process.send?.(started);
await close();
process.disconnect?.();

import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { SUPERUSER } from "./cluster.ts";
import { systemCode } from "./error.ts";
import { SOCKET_PORT } from "./settings.ts";

/** What `postmaster.pid` says about a running server. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDir: string;
}

export type Health = "up" | "starting" | "down";

const PING_TIMEOUT_MS = 2_000;
const LEFTOVER_POLL_MS = 50;
/** After this long the children of a dead server are told to go; they hold no work that could still be saved. */
const LEFTOVER_PATIENCE_MS = 1_000;
const LEFTOVER_LIMIT_MS = 20_000;

/** The live server of a cluster, or undefined. A pid file whose process is gone or another program is removed. */
export function readPostmaster(clusterDir: string): Postmaster | undefined {
  const file = join(clusterDir, "postmaster.pid");
  const lines = readIfThere(file)?.split("\n");
  if (!lines) return undefined;
  // Line order: src/include/utils/pidfile.h
  const pid = Number.parseInt(lines[0] ?? "", 10);
  const socketDir = lines[4] ?? "";
  if (pid > 0 && isAlive(pid) && isServerOf(pid, clusterDir)) return { pid, socketDir };
  rmSync(file, { force: true });
  return undefined;
}

/** Whether a process lives; one that we may not signal does, one that ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat !== undefined && !stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
}

/** A pid is soon used again (in containers above all), so look at what runs there. A zombie has no command line. */
function isServerOf(pid: number, clusterDir: string): boolean {
  if (process.platform !== "linux") return true;
  const words = readIfThere(`/proc/${pid}/cmdline`)?.split("\0") ?? [];
  return words.includes(clusterDir);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}

/** Asks the server on a socket whether it takes queries. */
export async function ping(socketDir: string): Promise<Health> {
  const client = new pg.Client({
    host: socketDir,
    port: SOCKET_PORT,
    user: SUPERUSER,
    database: "postgres",
    connectionTimeoutMillis: PING_TIMEOUT_MS,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return "up";
  } catch (error) {
    // cannot_connect_now: starting up, recovering or shutting down
    return systemCode(error) === "57P03" ? "starting" : "down";
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Waits until the children of a server that was killed are gone: they hold its shared memory, and a new server
 * refuses to start beside them.
 */
export async function waitForLeftovers(clusterDir: string): Promise<void> {
  const begun = performance.now();
  let told = false;
  for (let pids = leftovers(clusterDir); pids.length > 0; pids = leftovers(clusterDir)) {
    const waited = performance.now() - begun;
    if (waited > LEFTOVER_LIMIT_MS) return;
    if (waited > LEFTOVER_PATIENCE_MS && !told) {
      told = true;
      for (const pid of pids) signal(pid, "SIGQUIT");
    }
    await sleep(LEFTOVER_POLL_MS);
  }
}

/** Server processes work inside their data folder, which tells them from everybody else's. Linux only. */
function leftovers(clusterDir: string): number[] {
  if (process.platform !== "linux") return [];
  const pids = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  return pids.filter((pid) => {
    try {
      return (
        readlinkSync(`/proc/${pid}/cwd`) === clusterDir &&
        readlinkSync(`/proc/${pid}/exe`).endsWith("/postgres")
      );
    } catch {
      return false; // gone, or not ours to look at
    }
  });
}

/** Sends a signal; a process that is already gone is what the caller wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemCode(error) !== "ESRCH") throw error;
  }
}

/** @returns true when the process ended within the time */
export async function waitForEnd(pid: number, limit_ms: number): Promise<boolean> {
  const deadline = performance.now() + limit_ms;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

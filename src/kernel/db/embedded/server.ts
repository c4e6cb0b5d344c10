import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Launcher } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { serverEnvironment, tellingLine } from "./cluster.ts";
import { EmbeddedPostgresError } from "./error.ts";
import { ping, readPostmaster, waitForLeftovers } from "./postmaster.ts";
import { type Settings, settingsArguments } from "./settings.ts";

/** Everything one start of the server needs. */
export interface ServerPlan {
  readonly dataDir: string;
  readonly clusterDir: string;
  readonly socketDir: string;
  readonly binaries: Binaries;
  readonly launcher: Launcher;
  readonly settings: Settings | undefined;
}

/** A running server. `child` is there only when this process started it. */
export interface RunningServer {
  readonly pid: number;
  readonly socketDir: string;
  readonly child: ChildProcess | undefined;
}

const MAX_LOG_BYTES = 10 * 1024 * 1024;
const POLL_MS = 25;
/** A killed server's memory and children may stand in the way this long. */
const RETRY_LIMIT_MS = 20_000;
/** Recovery reads at most max_wal_size of log; slow disks need minutes. */
const READY_LIMIT_MS = 15 * 60_000;
/** A server that does not even open its socket within this time hangs. */
const SILENT_LIMIT_MS = 60_000;

/**
 * The server that an earlier node left running in the cluster, once it answers; undefined when there is none.
 * A server on its way down is waited for.
 */
export async function adoptServer(clusterDir: string): Promise<RunningServer | undefined> {
  const begun = performance.now();
  for (;;) {
    const found = readPostmaster(clusterDir);
    if (!found) return undefined;
    const health = await ping(found.socketDir);
    if (health === "up") return { ...found, child: undefined };
    const limit_ms = health === "starting" ? READY_LIMIT_MS : SILENT_LIMIT_MS;
    if (performance.now() - begun > limit_ms) {
      throw new EmbeddedPostgresError(
        "start",
        `A PostgreSQL (process ${found.pid}) holds ${clusterDir} but does not answer: end that process, then start again.`,
      );
    }
    await sleep(POLL_MS);
  }
}

/**
 * Starts the server and waits until it takes queries.
 * @throws EmbeddedPostgresError `start` with the last line of the server's log
 */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
  const begun = performance.now();
  for (;;) {
    await waitForLeftovers(plan.clusterDir);
    const log = join(plan.dataDir, "postgres.log");
    rotateLog(log);
    const logStart = existsSync(log) ? statSync(log).size : 0;
    const child = spawnServer(plan, log);
    const isReady = await becomesReady(child, plan.socketDir);
    if (isReady && child.pid !== undefined) return { pid: child.pid, socketDir: plan.socketDir, child };
    const said = readFileSync(log).subarray(logStart).toString();
    const isInTheWay = /shared memory block|lock file .* already exists/.test(said);
    if (!isInTheWay || performance.now() - begun > RETRY_LIMIT_MS) {
      throw new EmbeddedPostgresError("start", `PostgreSQL did not start (see ${log}): ${tellingLine(said)}`);
    }
    await sleep(10 * POLL_MS);
  }
}

function rotateLog(log: string): void {
  if (existsSync(log) && statSync(log).size > MAX_LOG_BYTES) renameSync(log, `${log}.1`);
}

function spawnServer(plan: ServerPlan, log: string): ChildProcess {
  const { file, args, uid, gid } = plan.launcher(plan.binaries.postgres, [
    ...["-D", plan.clusterDir],
    ...settingsArguments(plan.socketDir, plan.settings),
  ]);
  const output = openSync(log, "a", 0o600);
  try {
    // Detached: Ctrl-C reaches this process, which then stops the server when its own work is done.
    const child = spawn(file, args, {
      ...{ uid, gid, cwd: "/", detached: true, stdio: ["ignore", output, output] },
      env: serverEnvironment(plan.binaries.environment),
    });
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}

async function becomesReady(child: ChildProcess, socketDir: string): Promise<boolean> {
  const begun = performance.now();
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  while (child.exitCode === null && child.signalCode === null) {
    if (failure) throw failure;
    const health = await ping(socketDir);
    if (health === "up") return true;
    const limit_ms = health === "starting" ? READY_LIMIT_MS : SILENT_LIMIT_MS;
    if (performance.now() - begun > limit_ms) {
      child.kill("SIGQUIT");
      return false;
    }
    await sleep(POLL_MS);
  }
  return false;
}

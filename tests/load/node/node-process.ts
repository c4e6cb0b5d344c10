import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { processTree } from "../machine/processes.ts";

/** The node under test: `augenhoehe start` as a user runs it, in processes of its own. */
export interface NodeProcess {
  url: string;
  port: number;
  pids: { web: number; worker: number; postgres: number };
  /** Ms from the spawn to the ready line. */
  startedInMs: number;
  /** The worker's process now; it is started again when it dies. */
  workerPid(): number;
  stop(): Promise<void>;
  /** Resolves when the web process has ended. */
  gone: Promise<void>;
}

export interface NodeSettings {
  dataDir: string;
  port: number;
  environment?: Readonly<Record<string, string>>;
  /** Flags of node itself, e.g. --cpu-prof. */
  nodeOptions?: string;
}

const CLI = join(import.meta.dirname, "../../../src/cli/main.ts");
/** A migration of ten million messages takes minutes. */
const START_LIMIT_MS = 900_000;
const STOP_LIMIT_MS = 20_000;

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export function logFile(dataDir: string): string {
  return join(dataDir, "bench-node.log");
}

/** @throws Error with the end of the node's log when it does not become ready */
export async function startNode(settings: NodeSettings): Promise<NodeProcess> {
  const begun = performance.now();
  const log = openSync(logFile(settings.dataDir), "a");
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      CLI,
      "start",
      "--port",
      String(settings.port),
      "--data",
      settings.dataDir,
      "--json",
      "--no-demo",
    ],
    {
      stdio: ["ignore", "pipe", log],
      env: {
        ...process.env,
        ...(settings.nodeOptions ? { NODE_OPTIONS: settings.nodeOptions } : {}),
        ...settings.environment,
      },
    },
  );
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const line = await readyLine(child, settings.dataDir);
  const report = JSON.parse(line) as { health: string; pids: NodeProcess["pids"] };
  return {
    url: new URL(report.health).origin,
    port: settings.port,
    pids: report.pids,
    startedInMs: performance.now() - begun,
    workerPid: () => workerOf(report.pids),
    gone,
    stop: () => stop(child, gone),
  };
}

function readyLine(child: ChildProcess, dataDir: string): Promise<string> {
  return new Promise((done, fail) => {
    const give = (reason: string): void => {
      const tail = readFileSync(logFile(dataDir), "utf8").split("\n").slice(-15).join("\n");
      child.kill("SIGKILL");
      fail(new Error(`The node ${reason}. Its log ends with:\n${tail}`));
    };
    const limit = setTimeout(() => give("was not ready in time"), START_LIMIT_MS);
    const ended = (): void => give("ended");
    child.once("exit", ended);
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      clearTimeout(limit);
      child.off("exit", ended);
      done(line);
    });
  });
}

/** Merged: the web process. Otherwise the one child of it that is a Node too. */
function workerOf(pids: NodeProcess["pids"]): number {
  if (pids.worker === pids.web) return pids.web;
  const isWorker = (pid: number): boolean => {
    try {
      return pid !== pids.web && readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith(process.execPath);
    } catch {
      return false;
    }
  };
  return processTree(pids.web).find(isWorker) ?? 0;
}

async function stop(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await gone;
  clearTimeout(limit);
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A real node beside the test: started by its command, used from outside, ended by SIGTERM. */

/** The line that `start --json` prints. */
export interface NodeReport {
  page: string | null;
  desk: string;
  api: string;
  openapi: string;
  health: string;
  apiKey: string | null;
  apiKeyHeader: string;
  signIn: { email: string; password: string } | null;
  tenants: number[];
  pids: Record<string, number>;
  whatsapp: {
    webhook: string;
    appSecret: string;
    verifyToken: string;
    phoneNumberId: string;
    simulator: string;
  };
  telegram: { webhook: string; secretToken: string; simulator: string };
}

export interface RunningNode {
  report: NodeReport;
  dataDir: string;
  /** Everything on stdout so far, the report included. */
  stdout(): string;
  stderr(): string;
  child: ChildProcess;
  /** SIGTERM; @returns ms until the process was gone. */
  stop(): Promise<number>;
  /** Stops, and removes the data folder. */
  discard(): Promise<void>;
}

export interface StartOptions {
  args?: readonly string[];
  dataDir?: string;
  env?: Record<string, string>;
  /** "npm" goes the newcomer's way, through package.json; "node" (default) straight to the program. */
  by?: "npm" | "node";
}

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const READY_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 15_000;

export const newDataDir = (): Promise<string> => mkdtemp(join(tmpdir(), "ah-node-"));

/** A command line that ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `augenhoehe ARGS` to its end. */
export function runCommand(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawnProgram(args, env, "node");
  const said = listen(child);
  return new Promise((done) => child.once("close", (code) => done({ code, ...said() })));
}

/** @throws Error with what the node said, when it ended instead of becoming ready */
export async function startNode(options: StartOptions = {}): Promise<RunningNode> {
  const dataDir = options.dataDir ?? (await newDataDir());
  const args = ["start", "--port", "0", "--data", dataDir, "--json", ...(options.args ?? [])];
  const child = spawnProgram(args, options.env ?? {}, options.by ?? "node");
  const said = listen(child);
  const report = await firstLine(child, said);
  const callOff = stopWithThisProcess(child.pid ?? 0);
  const stop = async (): Promise<number> => {
    const begun = performance.now();
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGTERM");
      const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
      await gone;
      clearTimeout(limit);
    }
    callOff();
    return performance.now() - begun;
  };
  return {
    report,
    dataDir,
    child,
    stdout: () => said().stdout,
    stderr: () => said().stderr,
    stop,
    async discard() {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function spawnProgram(
  args: readonly string[],
  env: Record<string, string>,
  by: "npm" | "node",
): ChildProcess {
  const [file, given] =
    by === "npm"
      ? ["npm", [...npmWords(args)]]
      : [
          process.execPath,
          ["--disable-warning=ExperimentalWarning", join(ROOT, "src", "cli", "main.ts"), ...args],
        ];
  // Vitest's own settings are not the node's business.
  const { NODE_ENV: _env, VITEST: _vitest, NODE_OPTIONS: _options, ...outer } = process.env;
  return spawn(file, given, { cwd: ROOT, env: { ...outer, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

/** `npm start` names the command itself. */
function npmWords([command, ...rest]: readonly string[]): string[] {
  return [command ?? "", "--silent", "--", ...rest];
}

function listen(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    stdout += part;
  });
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    stderr += part;
  });
  return () => ({ stdout, stderr });
}

function firstLine(child: ChildProcess, said: () => { stdout: string; stderr: string }): Promise<NodeReport> {
  return new Promise((done, fail) => {
    const limit = setTimeout(() => {
      child.kill("SIGTERM");
      fail(new Error(`The node was not ready in time:\n${said().stderr}`));
    }, READY_LIMIT_MS);
    if (!child.stdout) throw new Error("no stdout");
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      clearTimeout(limit);
      done(JSON.parse(line) as NodeReport);
    });
    child.once("exit", (code) => {
      clearTimeout(limit);
      fail(new Error(`The node ended with ${code}:\n${said().stderr}`));
    });
  });
}

/** A killed test leaves no node behind: a small shell waits on a pipe that only this process holds open. */
function stopWithThisProcess(pid: number): () => void {
  const watchdog = spawn("/bin/sh", ["-c", 'read -r _; kill -TERM "$1"', "sh", String(pid)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.unref();
  if ("unref" in watchdog.stdin && typeof watchdog.stdin.unref === "function") watchdog.stdin.unref();
  return () => watchdog.kill("SIGKILL");
}

/** Is this process there and no zombie? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return existsSync(`/proc/${pid}/exe`) || process.platform !== "linux";
}

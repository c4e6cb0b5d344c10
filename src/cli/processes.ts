import { type ChildProcess, fork, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Figures } from "#kernel";
import { tell } from "./options.ts";
import type { WorkerOrder } from "./worker.ts";

/** Processes beside this one: the worker, and the demo's simulators. They end with us, however we end. */
export interface Child {
  pid(): number;
  stop(): Promise<void>;
}

export interface WorkerChild extends Child {
  /** @throws Error when it does not answer within a second */
  figures(): Promise<Figures>;
}

const RESPAWN_MS = 100;
/** A worker that did not get as far as its work, e.g. because the database is away. */
const RETRY_MS = 1_000;
const STOP_MS = 7_000;
const FIGURES_MS = 1_000;

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const limit = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await gone;
  clearTimeout(limit);
}

/** Forks the worker and starts it again when it dies. */
export async function startWorkerProcess(order: WorkerOrder): Promise<WorkerChild> {
  let stopping = false;
  let child = await forkWorker(order);
  const again = async (waitMs: number): Promise<void> => {
    if (stopping) return;
    tell(`The worker ended (${child.signalCode ?? child.exitCode}). Starting it again.`);
    await new Promise((wait) => setTimeout(wait, waitMs));
    if (stopping) return;
    child = await forkWorker(order);
    watch();
  };
  const watch = (): void => {
    // It may have ended before anybody listened.
    if (hasEnded(child)) void again(RETRY_MS);
    else child.once("exit", () => void again(RESPAWN_MS));
  };
  watch();
  return {
    pid: () => child.pid ?? 0,
    figures: () => figuresOf(child),
    async stop() {
      stopping = true;
      await end(child);
    },
  };
}

function figuresOf(child: ChildProcess): Promise<Figures> {
  return new Promise((done, fail) => {
    const hear = (message: unknown): void => {
      if (typeof message !== "object" || message === null || !("figures" in message)) return;
      clearTimeout(limit);
      child.off("message", hear);
      done(message.figures as Figures);
    };
    const limit = setTimeout(() => {
      child.off("message", hear);
      fail(new Error("The worker did not answer."));
    }, FIGURES_MS);
    child.on("message", hear);
    child.send({ ask: "figures" }, (error) => {
      if (error) fail(error);
    });
  });
}

async function forkWorker(order: WorkerOrder): Promise<ChildProcess> {
  const child = fork(fileOf("./worker.ts"), [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.send(order);
  // Not waiting for ever: a worker that cannot open the database says so itself and tries again.
  await new Promise<void>((done) => {
    child.once("message", () => done());
    child.once("exit", () => done());
    setTimeout(done, 5_000).unref();
  });
  return child;
}

export interface Simulators {
  pid: number;
  urls: { whatsapp: string; telegram: string };
  stop(): Promise<void>;
}

/** The providers' simulators for the demo, in one process that ends when our pipe to it closes. */
export async function startSimulators(settings: Record<string, unknown>): Promise<Simulators> {
  const child = spawn(
    process.execPath,
    [fileOf("../simulator/main.ts"), "--with-parent", "--json", JSON.stringify(settings)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once("line", done);
    child.once("exit", () =>
      fail(
        new Error("The demo's simulators did not start. Start with --no-demo, or look at the lines above."),
      ),
    );
  });
  const ready = JSON.parse(line) as { whatsapp: { url: string }; telegram: { url: string } };
  return {
    pid: child.pid ?? 0,
    urls: { whatsapp: ready.whatsapp.url, telegram: ready.telegram.url },
    stop: () => end(child),
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { request } from "undici";

/** The providers' simulators in a process of their own, which ends with this one. */
export interface RunningSimulator {
  pid: number;
  whatsapp: string;
  telegram: string;
  /** Tells both where webhooks go and what receipts are like. */
  receipts(plan: {
    delayMs?: readonly number[];
    shuffle?: boolean;
    double?: boolean;
    off?: boolean;
  }): Promise<void>;
  aim(webhook: string): Promise<void>;
  stats(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

const FILE = join(import.meta.dirname, "../../../src/simulator/main.ts");

export async function startSimulator(appSecret: string): Promise<RunningSimulator> {
  const settings = { whatsapp: { port: 0, appSecret }, telegram: { port: 0 } };
  const child: ChildProcess = spawn(
    process.execPath,
    [FILE, "--with-parent", "--json", JSON.stringify(settings)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const line = await new Promise<string>((done, fail) => {
    if (child.stdout) createInterface({ input: child.stdout }).once("line", done);
    child.once("exit", () => fail(new Error("The simulators did not start.")));
  });
  const ready = JSON.parse(line) as { pid: number; whatsapp: { url: string }; telegram: { url: string } };
  const tell = async (path: string, body: unknown): Promise<void> => {
    const answer = await request(`${ready.whatsapp.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await answer.body.dump();
    if (answer.statusCode !== 200)
      throw new Error(`The simulator answered ${path} with ${answer.statusCode}.`);
  };
  return {
    pid: ready.pid,
    whatsapp: ready.whatsapp.url,
    telegram: ready.telegram.url,
    receipts: (plan) => tell("/_receipts", plan),
    aim: (webhook) => tell("/_config", { whatsapp: { webhook } }),
    async stats() {
      const { body } = await request(`${ready.whatsapp.url}/_stats`);
      return (await body.json()) as Record<string, number>;
    },
    async stop() {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

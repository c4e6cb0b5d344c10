import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Commands while a node runs in the same folder: they use its database, it learns of their work and goes on. */

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const FLAGS = ["--disable-warning=ExperimentalWarning", MAIN];

let folder: string;
let node: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-beside-"));
  node = spawn(
    process.execPath,
    [...FLAGS, "start", "--port", "0", "--data", folder, "--json", "--no-demo"],
    {
      stdio: ["ignore", "pipe", "ignore"],
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
    },
  );
  if (!node.stdout) throw new Error("no stdout");
  const [line] = (await once(createInterface({ input: node.stdout }), "line")) as [string];
  url = new URL(JSON.parse(line).health).origin;
});
afterAll(async () => {
  const ended = once(node, "exit");
  node.kill("SIGTERM");
  await ended;
  await rm(folder, { recursive: true, force: true });
});

async function augenhoehe(...args: string[]): Promise<{ code: number; stdout: string }> {
  const child = spawn(process.execPath, [...FLAGS, ...args, "--data", folder, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    stdout += part;
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, stdout };
}

/** Whether the company's page exists follows from what the process holds in memory. */
async function statusOf(slug: string): Promise<number> {
  return (await fetch(`${url}/c/${slug}`)).status;
}

test("the demo and a new company are served by the running node at once, and the doctor knows the node", async () => {
  expect(await statusOf("hansekontor")).toBe(404);
  const first = await augenhoehe("seed");
  expect(first.code).toBe(0);
  const demo = JSON.parse(first.stdout);
  await expect.poll(() => statusOf("hansekontor"), { timeout: 5_000 }).toBe(200);
  expect(JSON.parse((await augenhoehe("seed")).stdout)).toEqual(demo);

  const made = await augenhoehe("tenant", "create", "Zum Anker", "--language", "en");
  expect(JSON.parse(made.stdout)).toMatchObject({ slug: "zum-anker", oneTimePassword: null });
  await expect.poll(() => statusOf("zum-anker"), { timeout: 5_000 }).toBe(200);
  const list = await augenhoehe("tenant", "list");
  expect(JSON.parse(list.stdout).map((one: { slug: string }) => one.slug)).toEqual([
    "hansekontor",
    "schraubenwerk-lueders",
    "zum-anker",
  ]);

  const doctor = JSON.parse((await augenhoehe("doctor", "--port", new URL(url).port)).stdout);
  const levels = Object.fromEntries(
    doctor.checks.map((one: { name: string; level: string }) => [one.name, one.level]),
  );
  expect(levels).toMatchObject({ port: "ok", database: "ok", migrations: "ok", timers: "ok", leases: "ok" });
  expect(levels.worker).toBeUndefined();
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

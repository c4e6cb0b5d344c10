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

test("who has forgotten the password gets a new one from whoever runs the machine, and every old door is shut", async () => {
  const { signIn } = JSON.parse((await augenhoehe("seed")).stdout) as {
    signIn: { email: string; password: string };
  };
  const enter = (password: string) =>
    fetch(`${url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ email: signIn.email, password }),
    });
  const before = await enter(signIn.password);
  expect(before.status).toBe(200);
  const cookie = before.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
  const meStatus = async () => (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status;
  expect(await meStatus()).toBe(200);
  expect(await augenhoehe("new-password", "nobody@example.org")).toMatchObject({ code: 1, stdout: "" });
  expect(await meStatus()).toBe(200);
  const renewed = await augenhoehe("new-password", signIn.email.toUpperCase());
  const { oneTimePassword } = JSON.parse(renewed.stdout) as { oneTimePassword: string };
  expect((await enter(signIn.password)).status).toBe(401);
  expect((await enter(oneTimePassword)).status).toBe(200);
  // Another process notices the end of a session after five seconds.
  await expect.poll(meStatus, { timeout: 20_000 }).toBe(401);
});

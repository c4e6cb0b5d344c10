import { type ChildProcess, execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readlinkSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { isAlive, type NodeReport, newDataDir, type RunningNode, runCommand, startNode } from "../node.ts";
import { ApiClient } from "../outside/api-client.ts";
import { follow } from "../outside/sse.ts";
import { until } from "../outside/until.ts";
import { newNumber, WhatsappLine } from "../outside/whatsapp.ts";

/** One command starts a node, one signal ends it, and a second start continues. */

const SECOND_START_MS = 30_000;
const STOP_MS = 10_000;

const running: RunningNode[] = [];
const folders: string[] = [];

async function start(options: Parameters<typeof startNode>[0] = {}): Promise<RunningNode> {
  const node = await startNode(options);
  running.push(node);
  return node;
}

async function folder(): Promise<string> {
  const made = await newDataDir();
  folders.push(made);
  return made;
}

afterEach(async () => {
  for (const node of running.splice(0)) await node.stop();
});
afterAll(async () => {
  for (const each of folders) await rm(each, { recursive: true, force: true });
});

const clientOf = (report: NodeReport) =>
  new ApiClient(new URL(report.desk).origin, { [report.apiKeyHeader]: report.apiKey ?? "" });

/** Processes that have this folder in their command line or as working folder. */
function processesOf(dataDir: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      try {
        const words = execFileSync("/bin/cat", [`/proc/${pid}/cmdline`], {
          stdio: ["ignore", "pipe", "ignore"],
        });
        return words.includes(dataDir) || readlinkSync(`/proc/${pid}/cwd`).startsWith(dataDir);
      } catch {
        return false;
      }
    });
}

describe("a first start and a second", () => {
  test("gives one line that says everything, and goes on where it was", async () => {
    const dataDir = await folder();
    const first = await start({ dataDir, by: "npm" });
    const { report } = first;
    expect(first.stdout().trimEnd().split("\n")).toHaveLength(1);
    const origin = new URL(report.desk).origin;
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(report).toEqual({
      page: `${origin}/c/hansekontor`,
      desk: `${origin}/desk/`,
      api: `${origin}/api`,
      openapi: `${origin}/api/openapi.json`,
      health: `${origin}/health`,
      apiKey: expect.stringMatching(/^ah_[\w-]{20,}$/),
      apiKeyHeader: "X-Api-Key",
      signIn: { email: expect.stringContaining("@"), password: expect.stringMatching(/^[\w-]{10,}$/) },
      courier: expect.stringMatching(`^${origin}/courier#\\d+\\.[0-9a-f]{32,}$`),
      tenants: [expect.any(Number), expect.any(Number)],
      pids: {
        web: expect.any(Number),
        worker: expect.any(Number),
        postgres: expect.any(Number),
        simulator: expect.any(Number),
      },
      whatsapp: {
        webhook: expect.stringMatching(`^${origin}/hooks/`),
        appSecret: expect.stringMatching(/.{20}/),
        verifyToken: expect.stringMatching(/.{10}/),
        phoneNumberId: expect.stringMatching(/^\d{10,}$/),
        simulator: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      },
      telegram: {
        webhook: expect.stringMatching(`^${origin}/hooks/`),
        secretToken: expect.stringMatching(/^[\w-]{10,}$/),
        simulator: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      },
    });
    for (const url of [report.page, report.desk, report.api, report.openapi, report.health])
      expect((await fetch(url ?? "")).status, url ?? "").toBe(200);
    const number = newNumber();
    const line = new WhatsappLine(report.whatsapp, report.whatsapp.simulator);
    await line.say({ from: number, text: "Wo ist mein Paket?" });
    await line.answers(number);
    const all = async (of: NodeReport) =>
      (await clientOf(of).call(api.listConversations, { query: { view: "all" } })).items;
    // Of a list that comes page by page the upper part, which new ones push down but not out.
    const before = (await all(report)).slice(0, 20).map(({ id }) => id);

    const pids = Object.values(report.pids);
    expect(await first.stop()).toBeLessThan(STOP_MS);
    await until("every process gone", () => !pids.some(isAlive), 2_000);
    expect(processesOf(dataDir)).toEqual([]);

    const begun = performance.now();
    const second = await start({ dataDir });
    expect(performance.now() - begun).toBeLessThan(SECOND_START_MS);
    const again = second.report;
    expect(again.apiKey).toBe(report.apiKey);
    expect(again.signIn).toEqual(report.signIn);
    expect(again.tenants).toEqual(report.tenants);
    for (const field of ["appSecret", "verifyToken", "phoneNumberId"] as const)
      expect(again.whatsapp[field]).toBe(report.whatsapp[field]);
    expect(again.telegram.secretToken).toBe(report.telegram.secretToken);
    // The demo's customers go on writing: what was there is still there, whatever came in between.
    expect((await all(again)).map(({ id }) => id)).toEqual(expect.arrayContaining(before));
    const signedIn = await fetch(`${new URL(again.desk).origin}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(again.signIn),
    });
    expect(signedIn.status).toBe(200);
    await new WhatsappLine(again.whatsapp, again.whatsapp.simulator).say({ from: number, text: "Hallo?" });
    await new WhatsappLine(again.whatsapp, again.whatsapp.simulator).answers(number);
  });
});

describe("--no-demo", () => {
  test("starts empty, and the first owner signs up once", async () => {
    const node = await start({ dataDir: await folder(), args: ["--no-demo"] });
    const { report } = node;
    expect(report).toMatchObject({ page: null, apiKey: null, signIn: null, tenants: [] });
    const client = new ApiClient(new URL(report.desk).origin, {});
    expect(await client.call(api.setupState)).toEqual({ needed: true, demo: null });
    const owner = {
      name: "Ove Ohlsen",
      email: "ove@example.com",
      password: "moin moin moin",
      company: "Ohlsen & Söhne",
      timeZone: "Europe/Berlin",
      language: "de" as const,
    };
    await client.call(api.setup, { body: owner });
    expect(await client.refused(api.setup, { body: { ...owner, email: "x@example.com" } })).toMatchObject({
      status: 409,
      code: "conflict",
    });
    expect(await client.call(api.setupState)).toEqual({ needed: false, demo: null });
  });
});

describe("what can stand in the way", () => {
  test("a busy port is one clear sentence, and no process is left", async () => {
    const dataDir = await folder();
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => blocker.once("listening", done));
    const { port } = blocker.address() as { port: number };
    const ended = await runCommand([
      "start",
      "--port",
      String(port),
      "--data",
      dataDir,
      "--json",
      "--no-demo",
    ]);
    blocker.close();
    expect(ended.code).not.toBe(0);
    expect(ended.stdout).toBe("");
    expect(ended.stderr.trim()).toBe(
      `127.0.0.1:${port} is taken by another program: stop it, or start with --port.`,
    );
    expect(processesOf(dataDir)).toEqual([]);
  });

  test("a setting that is wrong is one sentence and exit code", async () => {
    for (const args of [["start", "--port", "70000"], ["start", "--nonsense"], ["nonsense"]]) {
      const ended = await runCommand(args);
      expect(ended.code, args.join(" ")).not.toBe(0);
      expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  test.runIf(process.getuid?.() === 0)("as root a folder below a closed one works", async () => {
    const outer = await folder();
    chmodSync(outer, 0o700);
    const closed = join(outer, "closed");
    await mkdir(closed, { mode: 0o700 });
    const node = await start({ dataDir: join(closed, "data"), args: ["--no-demo"] });
    expect((await fetch(node.report.health)).status).toBe(200);
    await node.stop();
  });

  test("a second node in the same folder is refused in one sentence, the first goes on", async () => {
    const dataDir = await folder();
    const first = await start({ dataDir, args: ["--no-demo"] });
    const ended = await runCommand(["start", "--port", "0", "--data", dataDir, "--json"]);
    expect(ended.code).not.toBe(0);
    expect(ended.stdout).toBe("");
    expect(ended.stderr.trim().split("\n").at(-1)).not.toMatch(/^\s+at /);
    expect((await fetch(first.report.health)).status).toBe(200);
  });
});

describe("kill -9", () => {
  test("of the main process leaves PostgreSQL only, which the next start adopts", async () => {
    const dataDir = await folder();
    const node = await start({ dataDir });
    const { web, worker, postgres, simulator } = node.report.pids as Record<string, number>;
    const line = new WhatsappLine(node.report.whatsapp, node.report.whatsapp.simulator);
    const number = newNumber();
    const asked = "Ich möchte mit einem Menschen sprechen";
    await line.say({ from: number, text: asked });
    kill(node.child, web);
    await until(
      "worker and simulators gone",
      () => ![worker, simulator].some((pid) => isAlive(pid ?? 0)),
      8_000,
    );
    expect(isAlive(postgres ?? 0)).toBe(true);
    const again = await start({ dataDir });
    expect(again.report.pids.postgres).toBe(postgres);
    // Acknowledged before the kill: it is there, once.
    const client = clientOf(again.report);
    const items = await until("the conversation", async () => {
      const page = await client.call(api.listConversations, { query: { view: "all" } });
      const found = page.items.filter(({ preview }) => preview === asked);
      return found.length > 0 && found;
    });
    expect(items).toHaveLength(1);
    await again.stop();
    expect(isAlive(postgres ?? 0)).toBe(false);
  });

  test("of the worker: it is started again, and nothing is lost", async () => {
    const node = await start({ dataDir: await folder() });
    const line = new WhatsappLine(node.report.whatsapp, node.report.whatsapp.simulator);
    process.kill(node.report.pids.worker ?? 0, "SIGKILL");
    const number = newNumber();
    await line.say({ from: number, text: "Wo ist mein Paket?" });
    expect(await line.answers(number)).toHaveLength(1);
  });

  test("of PostgreSQL: it is started again; a stop ends in time whatever hangs", async () => {
    const node = await start({ dataDir: await folder() });
    const line = new WhatsappLine(node.report.whatsapp, node.report.whatsapp.simulator);
    process.kill(node.report.pids.postgres ?? 0, "SIGKILL");
    const numbers = [newNumber(), newNumber(), newNumber()];
    // Acknowledged, although the database is away for a moment: stored before the answer.
    await Promise.all(numbers.map((from) => line.say({ from, text: "Wo ist mein Paket?" })));
    for (const number of numbers) expect(await line.answers(number)).toHaveLength(1);

    const stream = await follow(`${new URL(node.report.desk).origin}/api/v1/events`, {
      [node.report.apiKeyHeader]: node.report.apiKey ?? "",
    });
    expect(stream.status).toBe(200);
    await line.fail({ mode: "hang", times: 3 });
    const from = newNumber();
    await line.say({ from, text: "Hallo" });
    await line.answers(from);
    expect(await node.stop()).toBeLessThan(STOP_MS);
    expect(node.child.exitCode).toBe(0);
    const pids = Object.values(node.report.pids);
    await until("every process gone", () => !pids.some(isAlive), 2_000);
    stream.close();
  });
});

function kill(child: ChildProcess, pid: number | undefined): void {
  child.removeAllListeners("exit");
  process.kill(pid ?? 0, "SIGKILL");
}

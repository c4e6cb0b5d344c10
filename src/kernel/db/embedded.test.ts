import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedAddress, type EmbeddedPostgres, findEmbedded, startEmbedded } from "./embedded.ts";

const HERE = fileURLToPath(new URL("embedded.ts", import.meta.url));
const FIVE_SECONDS_MS = 5_000;

let root: string;
let dataDir: string;
const running: EmbeddedPostgres[] = [];

beforeEach(() => {
  // mkdtemp makes a folder that is closed to others, as root's clones often are.
  root = mkdtempSync(join(tmpdir(), "embedded-"));
  dataDir = join(root, "data");
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  rmSync(root, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, endsWithProcess: true });
  running.push(server);
  return server;
}

async function ask(server: EmbeddedAddress, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  try {
    const { rows } = await client.query<[string]>({ text: sql, rowMode: "array" });
    return rows[0]?.[0] ?? "";
  } finally {
    await client.end();
  }
}

/** Starts the database in a process of its own, so that the process can be killed. */
function spawnStart(options = {}): { up: Promise<unknown>; kill(): Promise<void> } {
  const script = `import(${JSON.stringify(HERE)}).then((m) => m.startEmbedded(${JSON.stringify({ dataDir, ...options })})).then(() => { console.log("up"); setInterval(() => {}, 1000); })`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  return {
    up: once(child.stdout, "data"),
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function startElsewhere(): Promise<{ kill(): Promise<void> }> {
  const node = spawnStart();
  await node.up;
  return node;
}

test("makes a durable PostgreSQL 18 in UTF8 once and continues it at the second start", async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  expect(await ask(first, "show server_version")).toMatch(/^18\./);
  const settings =
    "select string_agg(current_setting(name), ' ') from unnest(array['server_encoding','data_checksums','fsync','synchronous_commit','jit','wal_compression','listen_addresses']) name";
  expect(await ask(first, settings)).toBe("UTF8 on on on off off ");
  await ask(first, "create table kept as select 'still here' as word");
  await first.stop();
  const second = await start();
  expect(await ask(second, "select word from kept")).toBe("still here");
});

test("orders text by code point and knows letters beyond ASCII", async () => {
  const server = await start();
  expect(await ask(server, "select string_agg(w, '' order by w) from unnest(array['ä','Z','a','É']) w")).toBe(
    "ZaÉä",
  );
  expect(await ask(server, "select upper('größe é')")).toBe("GRÖßE É");
});

test("keeps its socket in a private folder", async () => {
  const server = await start();
  const { host } = server.connection();
  expect(statSync(host).mode & 0o777).toBe(0o700);
  expect(statSync(host).uid).toBe(statSync(join(dataDir, "pg")).uid);
});

test("says so when the server is killed, and starts again although its children linger", async () => {
  const server = await start();
  await ask(server, "create table kept as select 'still here' as word");
  // A child in a long computation does not notice at once that its server is gone.
  const busy = new pg.Client(server.connection());
  busy.on("error", () => {});
  await busy.connect();
  busy.query("select count(*) from generate_series(1, 400000000)").catch(() => {});
  const ended = new Promise<string>((resolve) => server.onExit(resolve));
  process.kill(server.pid, "SIGKILL");
  expect(await ended).toContain("SIGKILL");
  const again = await start();
  expect(again.adopted).toBe(false);
  expect(await ask(again, "select word from kept")).toBe("still here");
});

test("adopts the server of a node that was killed", async () => {
  const node = await startElsewhere();
  await node.kill();
  const server = await start();
  expect(server.adopted).toBe(true);
  const ended = new Promise<string>((resolve) => server.onExit(resolve));
  process.kill(server.pid, "SIGKILL");
  expect(await ended).toContain("ended");
});

test("refuses a folder in which another node works, and lets a second program connect", async () => {
  const node = await startElsewhere();
  try {
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ fault: "in-use" });
    const found = await findEmbedded({ dataDir });
    expect(found && (await ask(found, "select 'hello'"))).toBe("hello");
  } finally {
    await node.kill();
    await start(); // adopts, so that afterEach stops it
  }
});

test("ends with the process that asked for it, even when that is killed", async () => {
  const node = spawnStart({ endsWithProcess: true });
  await node.up;
  expect(await findEmbedded({ dataDir })).toBeDefined();
  await node.kill();
  while (await findEmbedded({ dataDir })) await sleep(20);
  expect((await start()).adopted).toBe(false);
});

test("makes the cluster anew when the node was killed while it was being made", async () => {
  const node = spawnStart();
  // Once initdb has written this, most of its work is still to come.
  while (globSync(join(dataDir, "pg.tmp-*", "PG_VERSION")).length === 0) await sleep(5);
  await node.kill();
  expect(existsSync(join(dataDir, "pg"))).toBe(false);
  const server = await start();
  expect(await ask(server, "select 'hello'")).toBe("hello");
});

test("is not fooled by a pid file whose process is another program", async () => {
  await (await start()).stop();
  const stale = [process.pid, realpathSync(join(dataDir, "pg")), 1, 5432, "/nowhere", "", "1 1", "ready", ""];
  writeFileSync(join(dataDir, "pg", "postmaster.pid"), stale.join("\n"));
  expect(await findEmbedded({ dataDir })).toBeUndefined();
  expect((await start()).adopted).toBe(false);
});

test("names the version that wrote the data when it cannot read them", async () => {
  mkdirSync(join(dataDir, "pg"), { recursive: true });
  writeFileSync(join(dataDir, "pg", "PG_VERSION"), "16\n");
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ fault: "version" });
});

test("starts again within five seconds and stops within five", async () => {
  await (await start()).stop();
  const begun = performance.now();
  await (await start()).stop();
  expect(performance.now() - begun).toBeLessThan(FIVE_SECONDS_MS);
});

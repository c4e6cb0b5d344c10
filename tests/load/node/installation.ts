import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type DatabaseAddress, embeddedAddress, migrate } from "#kernel";
import { findEmbedded, startEmbedded } from "../../../src/kernel/db/embedded.ts";
import { migrationSets } from "../../../src/migrations.ts";
import { APP, type Company, makeCompanies } from "./companies.ts";
import { knowledgeStamp, seedKnowledge } from "./knowledge.ts";
import { freePort, type NodeProcess, startNode } from "./node-process.ts";
import { preload } from "./preload.ts";
import { aimAtSimulators, seedCompanies } from "./seed.ts";
import { type RunningSimulator, startSimulator } from "./simulator.ts";

/** A data folder with companies in it, the node that runs on it, and the simulated providers. */
export interface Installation {
  dataDir: string;
  companies: readonly Company[];
  node: NodeProcess;
  simulator: RunningSimulator;
  /** The database's superuser, for looking in from outside. */
  sql: pg.Pool;
  /** Starts the node again after it was killed, on the same port. */
  revive(): Promise<void>;
  /** Finds PostgreSQL again after it was killed. */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/** Empty: companies and knowledge. Loaded: ten million messages on top. */
export type Kind = "empty" | "loaded";

const ROOT = join(import.meta.dirname, "../../..");
/** Prepared data folders are kept here between runs; delete it to begin anew. */
const CACHE = join(ROOT, "build/bench-data");
const STAMP = "bench-stamp";
/** What the node removes after a time must not be gone from a kept folder. */
const CACHE_DAYS = 6;

/** Rises when the preparation itself changes. */
const PREPARATION = 3;

/** Hash of each migration, by file. */
function migrationHashes(): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const { room, directory } of migrationSets)
    for (const name of readdirSync(directory).filter((file) => file.endsWith(".sql")))
      hashes[`${room}/${name}`] = createHash("sha256")
        .update(readFileSync(join(directory, name)))
        .digest("hex");
  return hashes;
}

/** Added migrations are applied by the node; changed ones make a kept folder worthless. */
function areTablesFresh(stamp: Stamp | null): boolean {
  if (!stamp || stamp.preparation !== PREPARATION || Date.now() - stamp.atMs > CACHE_DAYS * 86_400_000)
    return false;
  const now = migrationHashes();
  return Object.entries(stamp.migrations).every(([name, hash]) => now[name] === hash);
}

interface Stamp {
  preparation: number;
  migrations: Record<string, string>;
  knowledge: string;
  atMs: number;
}

function stampOf(folder: string): Stamp | null {
  try {
    return JSON.parse(readFileSync(join(folder, STAMP), "utf8")) as Stamp;
  } catch {
    return null;
  }
}

/** Makes the kept folder of a kind unless it is there. The loaded one grows from a copy of the empty one. */
async function prepare(kind: Kind, say: (sentence: string) => void): Promise<string> {
  const folder = join(CACHE, kind);
  const stamp = stampOf(folder);
  const isFresh = areTablesFresh(stamp);
  if (isFresh && stamp?.knowledge === knowledgeStamp()) return folder;
  if (!isFresh) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    if (kind === "loaded") copyFolder(await prepare("empty", say), folder);
  }
  say(`Preparing the ${kind} data folder (kept in build/bench-data).`);
  const begun = performance.now();
  const now: Stamp = {
    preparation: PREPARATION,
    migrations: isFresh && stamp ? stamp.migrations : migrationHashes(),
    knowledge: knowledgeStamp(),
    atMs: isFresh && stamp ? stamp.atMs : Date.now(),
  };
  await withServer(folder, (client, address) => fill(client, { kind, isFresh, address, say }));
  writeFileSync(join(folder, STAMP), JSON.stringify(now));
  say(`The ${kind} data folder is ready after ${Math.round((performance.now() - begun) / 1000)} s.`);
  return folder;
}

/** The folder's PostgreSQL without a node. */
async function withServer(
  dataDir: string,
  work: (client: pg.Client, address: DatabaseAddress) => Promise<void>,
): Promise<void> {
  const settings = {
    shared_buffers: "1GB",
    max_wal_size: "16GB",
    // The list of the node's last cache stays as the node left it.
    "pg_prewarm.autoprewarm": "off",
  };
  const server = await startEmbedded({ dataDir, endsWithProcess: true, settings });
  const client = new pg.Client(server.connection());
  try {
    await client.connect();
    await work(client, embeddedAddress(server.connection()));
  } finally {
    await client.end();
    await server.stop();
  }
}

interface Filling {
  kind: Kind;
  isFresh: boolean;
  address: DatabaseAddress;
  say: (sentence: string) => void;
}

async function fill(client: pg.Client, { kind, isFresh, address, say }: Filling): Promise<void> {
  const companies = makeCompanies();
  if (!isFresh && kind === "loaded") return preload(client, companies, { until: Date.now() - 60_000, say });
  await migrate(address, migrationSets, Date.now());
  if (!isFresh) await seedCompanies(client, companies, new Date());
  await seedKnowledge(client, { address, modelFolder: join(CACHE, "models"), say });
}

/** With owners, because PostgreSQL runs as a user of its own where we are root. */
function copyFolder(from: string, to: string): void {
  const { status, stderr } = spawnSync("cp", ["-a", from, to], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The data folder could not be copied: ${stderr.slice(0, 300)}`);
}

/**
 * Opens an installation and starts its node.
 * @param kind empty: on a copy in a temporary folder that is removed; loaded: on the kept folder itself, which
 * grows by what the run sends (copying it would take longer than the run)
 */
export async function openInstallation(
  kind: Kind,
  parts: {
    say: (sentence: string) => void;
    environment?: Readonly<Record<string, string>>;
    nodeOptions?: string;
  },
): Promise<Installation> {
  const prepared = await prepare(kind, parts.say);
  const isTemporary = kind === "empty";
  const temporary = isTemporary ? mkdtempSync(join(tmpdir(), "ah-bench-")) : null;
  const dataDir = temporary ? join(temporary, "data") : prepared;
  if (temporary) copyFolder(prepared, dataDir);
  const simulator = await startSimulator(APP.secret);
  await aim(dataDir, simulator);
  const port = await freePort();
  const start = () =>
    startNode({
      dataDir,
      port,
      environment: { LOG_LEVEL: "warn", ...parts.environment },
      nodeOptions: parts.nodeOptions,
    });
  let node = await start();
  await simulator.aim(`${node.url}/hooks/${APP.id}`);
  let sql = await openSql(dataDir);
  return {
    dataDir,
    companies: makeCompanies(),
    simulator,
    get node() {
      return node;
    },
    get sql() {
      return sql;
    },
    async revive() {
      await node.gone;
      node = await start();
    },
    async reconnect() {
      await sql.end().catch(() => {});
      sql = await openSql(dataDir);
    },
    async close() {
      await sql.end().catch(() => {});
      await node.stop();
      await simulator.stop();
      if (temporary) rmSync(temporary, { recursive: true, force: true });
    },
  };
}

/** Before the node starts: where its providers are, and nothing left over from the run before. */
async function aim(dataDir: string, urls: { whatsapp: string; telegram: string }): Promise<void> {
  await withServer(dataDir, async (client) => {
    await aimAtSimulators(client, urls);
    await client.query("delete from kernel.outbox");
    await client.query("delete from kernel.inbox_queue");
    await client.query(
      "update kernel.conversation set state = 'bot', assignee_id = null, department_id = null where state <> 'bot'",
    );
  });
}

async function openSql(dataDir: string): Promise<pg.Pool> {
  const server = await findEmbedded({ dataDir });
  if (!server) throw new Error("PostgreSQL does not answer.");
  const pool = new pg.Pool({ ...server.connection(), max: 2 });
  // It is killed in some figures; the next query opens a new connection.
  pool.on("error", () => {});
  return pool;
}

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { findEmbedded } from "#kernel";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { DialogueLoad } from "../dialogue/load.ts";
import { countEffort } from "../dialogue/parties.ts";
import { machineNote } from "../machine/effort.ts";
import { cpuSecondsOfTree } from "../machine/processes.ts";
import { makeCompanies } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { PAIRS, preload } from "../node/preload.ts";
import { openLoop } from "../traffic/open-loop.ts";

const USUAL_MESSAGES = 1_000_000;
const MILLION = 1_000_000;
/** The goal is for ten million messages. */
const GOAL_SECONDS = 600;
const GOAL_MILLIONS = 10;
/** A busy hour of a middle-sized company: 180,000 messages a day. */
const PER_SECOND = 20;
const QUIET_SECONDS = 20;
const COMPANIES = 1_600;

/** @param messages stored before the measurement; memory and disk are not scaled down with them */
export function backupFigure(messages: number = USUAL_MESSAGES): Figure {
  return {
    name: "backup",
    title: `backup, restore and drill of ${(messages / MILLION).toLocaleString("en")} million messages while ${PER_SECOND}/s are answered`,
    goal: `<= ${GOAL_SECONDS / GOAL_MILLIONS} s a million each`,
    measure: (bench) => measure(bench, messages),
  };
}

async function measure(bench: Bench, messages: number): Promise<Reading> {
  const installation = await bench.installation("empty", { SHARED_BUFFERS_MEGABYTES: "512" });
  await fill(installation, messages, bench.say);
  const folder = mkdtempSync(join(installation.dataDir, "bench-backup-"));
  try {
    return await measureIn(folder, installation, { bench, messages });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIn(
  folder: string,
  installation: Installation,
  { bench, messages }: { bench: Bench; messages: number },
): Promise<Reading> {
  const key = join(folder, "key");
  const place = join(folder, "place");
  await program(["backup", "key", "--out", key]);
  const plain = await plainCopy(installation);
  bench.say(`Plain COPY of every table to /dev/null: ${plain.toFixed(1)} s.`);
  const load = new DialogueLoad(installation);
  await load.start();
  const stop = countEffort(installation);
  const common = ["--data", installation.dataDir, "--key-file", key, "--json"];
  const quiet = await answering(load, () => {}, QUIET_SECONDS);
  const server = () => cpuSecondsOfTree(installation.node.pids.postgres);
  const before = server();
  const backup = await beside(load, ["backup", "--to", place, ...common]);
  const serverCpu = server() - before;
  bench.say(`Backup: ${shown(backup.run)}, and ${serverCpu.toFixed(1)} s of the server.`);
  const drilled = await beside(load, ["restore", "--drill", place, ...common]);
  bench.say(`Drill: ${shown(drilled.run)}.`);
  await load.settle(20_000);
  await load.close();
  const restored = await program(["restore", place, "--into", join(folder, "into"), ...common.slice(2)]);
  bench.say(`Restore: ${shown(restored)}.`);
  const effort = stop();
  const millions = messages / MILLION;
  const each = {
    backup: backup.run.seconds / millions,
    restore: restored.seconds / millions,
    drill: drilled.run.seconds / millions,
  };
  const parts = (restored.answer as { seconds: { rows: number; indexes: number } }).seconds;
  const { bytes, rows } = backup.run.answer as { bytes: number; rows: number };
  const database = await sizeOf(installation);
  return {
    measured: `backup ${each.backup.toFixed(1)} s, restore ${each.restore.toFixed(1)} s, drill ${each.drill.toFixed(1)} s a million`,
    meets: Math.max(...Object.values(each)) <= GOAL_SECONDS / GOAL_MILLIONS && load.errors === 0,
    values: {
      each,
      plain,
      serverCpu,
      parts,
      bytes,
      rows,
      database,
      quiet,
      backup,
      drilled,
      restored,
      errors: load.errors,
      effort,
    },
    notes: [
      `plain COPY to /dev/null ${plain.toFixed(1)} s, so the backup takes ${(backup.run.seconds / plain).toFixed(1)} times as long; ${rows.toLocaleString("en")} rows, ${(bytes / 2 ** 20).toFixed(0)} MB of ${(database / 2 ** 20).toFixed(0)} MB in the database`,
      `CPU seconds, which strangers on the machine do not change: backup ${backup.run.cpu.toFixed(1)} and ${serverCpu.toFixed(1)} of the server with its answers, drill ${drilled.run.cpu.toFixed(1)}, restore ${restored.cpu.toFixed(1)}, with their servers`,
      `the restore: rows ${parts.rows.toFixed(1)} s, indexes ${parts.indexes.toFixed(1)} s, the rest start, checks and syncing`,
      `answers p50/p99: ${quiet.p50}/${quiet.p99} ms without, ${backup.answered.p50}/${backup.answered.p99} ms beside the backup, ${drilled.answered.p50}/${drilled.answered.p99} ms beside the drill`,
      machineNote(effort),
    ],
  };
}

const shown = ({ seconds, cpu }: Run): string => `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU`;

/** Companies and knowledge are there; customers and their past come on top, and the words that a search finds. */
async function fill(
  installation: Installation,
  messages: number,
  say: (sentence: string) => void,
): Promise<void> {
  const client = new pg.Client((await findEmbedded(installation))?.connection());
  await client.connect();
  try {
    const companies = makeCompanies(COMPANIES, messages / (2 * PAIRS));
    await preload(client, companies, { until: Date.now() - 60_000, say });
    await client.query(
      `insert into kernel.message_words (tenant_id, conversation_id, message_id, words)
        select tenant_id, conversation_id, id, kernel.search_vector(tenant_id, content ->> 'text') from kernel.message
        where author in ('customer', 'agent') on conflict do nothing`,
    );
    await client.query(
      "insert into kernel.search_mark (tenant_id, seq) select tenant_id, last_seq from kernel.tenant_seq on conflict (tenant_id) do update set seq = excluded.seq",
    );
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}

/** What the server alone needs to read every row, one table after the other. @returns seconds */
async function plainCopy({ sql }: Installation): Promise<number> {
  const { rows } = await sql.query<{ name: string }>(
    "select schemaname || '.' || quote_ident(tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const begun = performance.now();
  for (const { name } of rows) await sql.query(`copy (select * from ${name}) to '/dev/null' (format binary)`);
  return (performance.now() - begun) / 1000;
}

async function sizeOf({ sql }: Installation): Promise<number> {
  const { rows } = await sql.query<{ bytes: number }>(
    "select pg_database_size(current_database())::float8 as bytes",
  );
  return rows[0]?.bytes ?? 0;
}

interface Answered {
  p50: number;
  p99: number;
  count: number;
}

/** Customers write at a steady pace until the work is done. */
async function answering(
  load: DialogueLoad,
  work: (done: () => void) => void,
  seconds: number,
): Promise<Answered> {
  load.beginMeasuring();
  let isDone = false;
  work(() => {
    isDone = true;
  });
  await openLoop(
    { perSecond: PER_SECOND, seconds },
    (_, dueAt) => load.write(dueAt),
    () => isDone,
  );
  await load.settle(20_000);
  const { p50, p99, count } = load.answered.summary();
  return { p50, p99, count };
}

const LONGEST_SECONDS = 1_800;

async function beside(
  load: DialogueLoad,
  args: readonly string[],
): Promise<{ run: Run; answered: Answered }> {
  const running = Promise.withResolvers<Run>();
  const answered = await answering(
    load,
    (done) => {
      program(args).then(running.resolve, running.reject).finally(done);
    },
    LONGEST_SECONDS,
  );
  return { run: await running.promise, answered };
}

const CLI = join(import.meta.dirname, "../../../src/cli/main.ts");
const SAMPLE_MS = 250;

interface Run {
  seconds: number;
  /** Of the program and of what it starts. */
  cpu: number;
  /** Its JSON, or null. */
  answer: unknown;
}

/** As the node's own schedule runs it. */
function program(args: readonly string[]): Promise<Run> {
  const begun = performance.now();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", CLI, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid ?? 0;
  if (pid) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let cpu = 0;
  const sampling = setInterval(() => {
    cpu = Math.max(cpu, cpuSecondsOfTree(pid));
  }, SAMPLE_MS);
  let out = "";
  let words = "";
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (words += part.toString()));
  return new Promise((done, fail) => {
    child.once("close", (code) => {
      clearInterval(sampling);
      const seconds = (performance.now() - begun) / 1000;
      if (code === 0) done({ seconds, cpu, answer: out.startsWith("{") ? JSON.parse(out) : null });
      else fail(new Error(`${args[0]} ended with ${code}: ${words.slice(-500)} ${out.slice(-1500)}`));
    });
  });
}

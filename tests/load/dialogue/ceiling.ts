import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inboxIdAt } from "../../../src/kernel/ids.ts";
import { machineNote } from "../machine/effort.ts";
import { median } from "../machine/latencies.ts";
import { APP, CUSTOMERS, numberOf, waIdOf } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { testQuestions } from "../node/knowledge.ts";
import { Poster, type Webhook } from "../traffic/poster.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { insertLoop } from "./insert-loop.ts";
import { countEffort } from "./parties.ts";

const RATIO = 0.9;
/** Webhooks under way at once; enough for full group commits. */
const IN_FLIGHT = 256;
const BODIES = 2_000;
export const PGBENCH_CLIENTS = 8;

/** Webhooks over HTTP, verified and committed, against PostgreSQL's own load tool inserting the same rows one by one. */
export const ceiling: Figure = {
  name: "ceiling",
  title: "ceiling of webhooks/s against pgbench inserting the same row (8 clients), same run",
  goal: `>= ${RATIO}`,
  measure,
};

interface Round {
  ours: number;
  peer: number;
}

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(10);
  const installation = await bench.installation("empty", { SHARED_BUFFERS_MEGABYTES: "1024" });
  const webhooks = makeWebhooks(installation);
  const peer = hasPgbench() ? "pgbench" : "own loop of prepared inserts over 8 connections (no pgbench here)";
  const runPeer = hasPgbench() ? pgbench : insertLoop;
  // Both sides insert; the pump, which pgbench does not have, stands still meanwhile.
  const worker = installation.node.workerPid();
  process.kill(worker, "SIGSTOP");
  const rounds: Round[] = [];
  const stop = countEffort(installation);
  try {
    await closedLoop(installation, webhooks, 4);
    await runPeer(installation, { seconds: 4, body: String(webhooks[0]?.body), round: 0 });
    for (let round = 1; round <= bench.times(3); round++) {
      await emptyQueue(installation);
      const ours = await closedLoop(installation, webhooks, seconds);
      await emptyQueue(installation);
      const theirs = await runPeer(installation, { seconds, body: String(webhooks[0]?.body), round });
      rounds.push({ ours, peer: theirs });
      bench.say(`ceiling: ${Math.round(ours)} webhooks/s, ${peer} ${Math.round(theirs)}/s`);
    }
  } finally {
    await emptyQueue(installation);
    process.kill(worker, "SIGCONT");
  }
  const effort = stop();
  const ratio = median(rounds.map((round) => round.ours / round.peer));
  return {
    measured: `${ratio.toFixed(2)} (${Math.round(median(rounds.map((r) => r.ours)))} against ${Math.round(median(rounds.map((r) => r.peer)))}/s)`,
    meets: ratio >= RATIO,
    values: { ratio, rounds, peer, seconds, effort },
    notes: [
      `peer: ${peer}; medians of ${rounds.length} alternating rounds of ${seconds} s; the pump stands still in both`,
      machineNote(effort),
    ],
  };
}

/** Signed beforehand, so that the generator costs as little as it can. */
function makeWebhooks({ companies }: Installation): Webhook[] {
  const sign = signer(APP);
  const questions = testQuestions();
  return Array.from({ length: BODIES }, (_, n) => {
    const customer = (n * 7_919) % CUSTOMERS;
    return sign.message({
      phoneNumberId: numberOf(companies, customer),
      customer: { waId: waIdOf(customer), name: `Kundin ${customer}` },
      wamid: wamidOf(`ceiling.${n}`),
      sentAtMs: Date.now(),
      text: questions[n % questions.length] as string,
    });
  });
}

/** @returns webhooks a second that were answered with 200 */
async function closedLoop(
  { node }: Installation,
  webhooks: readonly Webhook[],
  seconds: number,
): Promise<number> {
  const poster = new Poster(node.url, IN_FLIGHT);
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let n = 0;
  let good = 0;
  const next = (): void => {
    if (performance.now() >= until) return;
    poster.post(webhooks[n++ % webhooks.length] as Webhook, (status) => {
      if (status === 200) good += 1;
      next();
    });
  };
  for (let k = 0; k < IN_FLIGHT; k++) next();
  await sleep(seconds * 1000);
  const took = (performance.now() - begun) / 1000;
  const rate = good / took;
  await poster.drain(10_000);
  await poster.close();
  return rate;
}

async function emptyQueue({ sql }: Installation): Promise<void> {
  await sql.query("truncate kernel.inbox_queue");
  await sql.query("checkpoint");
}

export function hasPgbench(): boolean {
  return spawnSync("pgbench", ["--version"]).status === 0;
}

/** What the peer inserts: as many clients as given, one transaction a row, prepared. */
export interface PeerOrder {
  seconds: number;
  body: string;
  /** Ids of each round lie apart. */
  round: number;
}

/** @returns transactions a second */
function pgbench({ sql }: Installation, { seconds, body, round }: PeerOrder): number {
  const folder = mkdtempSync(join(tmpdir(), "ah-pgbench-"));
  const script = join(folder, "insert.sql");
  writeFileSync(
    script,
    `\\set n :n + 1
\\set id ${inboxIdAt(Date.now())} + ${round} * 100000000 + :client_id * 10000000 + :n
\\set tenant random(1, 1600)
with i as (insert into kernel.inbox (id, app_id, channel_id, tenant_id, received_at, body)
  values (:id, 'bench-whatsapp', 1, :tenant, '2026-01-01T00:00:00Z', convert_to(:body, 'UTF8')))
insert into kernel.inbox_queue (id, tenant_id, size) values (:id, :tenant, octet_length(:body));\n`,
  );
  const { host, port, database } = sql.options;
  try {
    const out = execFileSync(
      "pgbench",
      [
        "-n",
        "-M",
        "prepared",
        "-c",
        String(PGBENCH_CLIENTS),
        "-j",
        "1",
        "-T",
        String(seconds),
        "-f",
        script,
        "-D",
        "n=0",
        "-D",
        `body=${body}`,
        "-h",
        String(host),
        "-p",
        String(port),
        "-U",
        "ah_node",
        String(database),
      ],
      { encoding: "utf8" },
    );
    return Number(/tps = ([\d.]+)/.exec(out)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

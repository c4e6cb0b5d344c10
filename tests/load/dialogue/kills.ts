import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Latencies } from "../machine/latencies.ts";
import { seeded } from "../machine/random.ts";
import type { Installation } from "../node/installation.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { judge, sumOf, type Verdict } from "./kill-checks.ts";
import { KillTraffic } from "./kill-traffic.ts";
import { backlog } from "./parties.ts";
import { findSureQuestions } from "./sure-questions.ts";

const PER_SECOND = 100;
const KILLS = 20;
/** A kill that is not over by then is a failure. */
const RECOVERY_LIMIT_MS = 60_000;
/** A doubtful send waits this long for its receipt (DOUBTFUL_WAIT_SECONDS). */
const WAIT_SECONDS = 20;
const DRAIN_LIMIT_MS = 300_000;
/** Longest of the simulator's receipt delays; with `shuffle` they come at random within it, each twice. */
const RECEIPTS = { delayMs: [20, 300, 900], shuffle: true, double: true };

type Victim = "worker" | "node" | "postgres";

interface Kill {
  victim: Victim;
  /** Time of day, UTC. */
  at: string;
  /** From the kill to the next webhook answered with 200. */
  ackMs: number;
  /** From the kill to the next answer the provider accepted, after that. */
  answerMs: number;
}

export const killNode: Figure = {
  name: "kill-node",
  title: "kill -9 of the node under load, 10 % replayed, 10 % shuffled",
  goal: "0 lost, 0 double rows, order kept; WhatsApp <= 1 double send per kill; Telegram never",
  measure: (bench) => measure(bench, (n) => (n % 2 === 0 ? "worker" : "node")),
};

export const killPostgres: Figure = {
  name: "kill-postgres",
  title: "kill -9 of PostgreSQL under load, 10 % replayed, 10 % shuffled",
  goal: "as above",
  measure: (bench) => measure(bench, () => "postgres"),
};

async function measure(bench: Bench, victimOf: (n: number) => Victim): Promise<Reading> {
  const kills = bench.times(KILLS);
  const installation = await bench.installation("empty", {
    DOUBTFUL_WAIT_SECONDS: String(WAIT_SECONDS),
  });
  await installation.simulator.receipts(RECEIPTS);
  const questions = await findSureQuestions(installation);
  if (questions.length < 20)
    throw new Error(`Only ${questions.length} questions are answered for sure; is the knowledge trained?`);
  const random = seeded(20261122);
  const traffic = new KillTraffic(installation, questions, random);
  const running = traffic.run(PER_SECOND);
  await sleep(5_000);
  const done: Kill[] = [];
  try {
    for (let n = 0; n < kills; n++) {
      done.push(await killOnce(installation, traffic, victimOf(n)));
      bench.say(`kill ${n + 1}: ${JSON.stringify(done.at(-1))}`);
      await sleep(2_000 + random() * 4_000);
    }
  } finally {
    traffic.stop();
    await running;
  }
  const isTaken = await traffic.allTaken(DRAIN_LIMIT_MS);
  await quiet(installation, bench.say);
  await traffic.close();
  const verdict = await judge(installation, traffic.ledger);
  return reading(verdict, done, { isTaken, refusals: traffic.refusals });
}

async function killOnce(installation: Installation, traffic: KillTraffic, victim: Victim): Promise<Kill> {
  const { node } = installation;
  const at = performance.now();
  const atMs = Date.now();
  if (victim === "worker") process.kill(node.workerPid(), "SIGKILL");
  else if (victim === "postgres") process.kill(postmasterPid(installation), "SIGKILL");
  else {
    const worker = node.workerPid();
    process.kill(node.pids.web, "SIGKILL");
    if (worker) process.kill(worker, "SIGKILL");
    await installation.revive();
  }
  const within = async (hasHappened: () => boolean): Promise<number> => {
    while (!hasHappened()) {
      if (performance.now() - at > RECOVERY_LIMIT_MS)
        throw new Error(`Not back ${RECOVERY_LIMIT_MS / 1000} s after a kill of ${victim}.`);
      await sleep(10);
    }
    return Math.round(performance.now() - at);
  };
  const ackMs = await within(() => traffic.lastAckedPostAt > at);
  const answerMs = await within(() => traffic.lastAnswerAtMs > atMs + ackMs);
  return { victim, at: new Date(atMs).toISOString().slice(11, 23), ackMs, answerMs };
}

function postmasterPid({ dataDir }: Installation): number {
  return Number.parseInt(readFileSync(join(dataDir, "pg/postmaster.pid"), "utf8"), 10);
}

/** Until nothing waits: the inbox is empty and the outbox holds only what is parked. */
async function quiet(installation: Installation, say: Bench["say"]): Promise<void> {
  const until = performance.now() + DRAIN_LIMIT_MS;
  await installation.reconnect();
  for (let look = 0; performance.now() < until; look++) {
    const { inbox } = await backlog(installation);
    const { rows } = await installation.sql.query<{ n: number }>(
      "select count(*)::int as n from kernel.outbox where state <> 'uncertain'",
    );
    const outbox = rows[0]?.n ?? 0;
    if (inbox === 0 && outbox === 0) break;
    if (look % 40 === 0) say(`waiting: ${inbox} rows in the inbox, ${outbox} in the outbox`);
    await sleep(250);
  }
  // Receipts of the last answers.
  await sleep(2_000);
}

function reading(
  verdict: Verdict,
  done: readonly Kill[],
  run: { isTaken: boolean; refusals: number },
): Reading {
  const { offences, doubts } = verdict;
  const times = (pick: (kill: Kill) => number): Record<string, number> => {
    const latencies = new Latencies();
    for (const kill of done) latencies.add(pick(kill));
    return { median: latencies.quantile(0.5), max: latencies.quantile(1) };
  };
  const ack = times((kill) => kill.ackMs);
  const answer = times((kill) => kill.answerMs);
  const bad = Object.entries(offences).filter(([, count]) => count !== 0);
  return {
    measured: `${done.length} kills, ${verdict.messages.toLocaleString("en")} messages: ${bad.length === 0 ? "0 lost, 0 doubled rows, order kept" : bad.map(([name, count]) => `${count} ${name}`).join(", ")}; double sends WhatsApp ${doubts.whatsappDoubled}, Telegram ${offences.telegramDoubled} (${doubts.telegramParked} parked)`,
    meets: sumOf(offences) === 0 && doubts.whatsappDoubled <= done.length && run.isTaken,
    values: {
      ...verdict,
      kills: done,
      ack,
      answer,
      ...run,
      doubtfulWaitSeconds: WAIT_SECONDS,
      perSecond: PER_SECOND,
    },
    notes: [
      `webhooks taken again after ${ack.median} ms (median, at most ${ack.max}), answers after ${answer.median} ms (at most ${answer.max}); a doubtful send waits ${WAIT_SECONDS} s for its receipt`,
      `of ${doubts.telegramParked} parked on Telegram ${doubts.telegramParkedButSent} had been accepted; ${run.refusals} webhooks had to be posted again`,
      ...verdict.examples,
    ],
  };
}

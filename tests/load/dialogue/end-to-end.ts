import { machineNote, perThing } from "../machine/effort.ts";
import { openLoop } from "../traffic/open-loop.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { DialogueLoad } from "./load.ts";
import { countEffort, drained } from "./parties.ts";

const PER_SECOND = 1_040;
const P50_MS = 50;
const P99_MS = 250;
const WARM_UP = { perSecond: 700, seconds: 20 };
/** Sent, delivered and read come this long after the send. */
export const RECEIPTS = { delayMs: [20, 300, 900], shuffle: false, double: false, off: false };
export const LOADED = { SHARED_BUFFERS_MEGABYTES: "1024" };

/** A busy hour: every message is answered by the classifier, every answer is acknowledged by three receipts. */
export const endToEnd: Figure = {
  name: "end-to-end",
  title: "webhook to the bot's answer accepted by the provider, 10 million messages stored, 1,040/s",
  goal: `p50 <= ${P50_MS} ms, p99 <= ${P99_MS} ms`,
  measure,
};

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(300);
  const installation = await bench.installation("loaded", LOADED);
  await installation.simulator.receipts(RECEIPTS);
  const load = new DialogueLoad(installation);
  await load.start();
  await openLoop(WARM_UP, (_, dueAt) => load.write(dueAt));
  await load.settle(20_000);
  load.beginMeasuring();
  const stop = countEffort(installation);
  const loop = await openLoop({ perSecond: PER_SECOND, seconds }, (_, dueAt) => load.write(dueAt));
  const effort = stop();
  await load.settle(60_000);
  const drainedMs = await drained(installation, 60_000);
  await load.close();
  const answer = load.answered.summary();
  const { rows } = await installation.sql.query<{ n: string }>(
    "select reltuples::bigint as n from pg_class where oid = 'kernel.message'::regclass",
  );
  return {
    measured: `p50 ${answer.p50} ms, p99 ${answer.p99} ms, ${answer.count.toLocaleString("en")} of ${load.written.toLocaleString("en")} answered`,
    meets: answer.p50 <= P50_MS && answer.p99 <= P99_MS && load.errors === 0 && load.unanswered === 0,
    values: {
      answer,
      ack: load.acked.summary(),
      errors: load.errors,
      written: load.written,
      unanswered: load.unanswered,
      drainedMs,
      storedMessages: Number(rows[0]?.n),
      generatorLatestMs: Math.round(loop.latestMs),
      seconds,
      effort,
      perAnswer: perThing(effort, load.written),
    },
    notes: [
      `acknowledged: p50 ${load.acked.quantile(0.5).toFixed(1)} ms, p99 ${load.acked.quantile(0.99).toFixed(1)} ms; CPU per answered message (4 webhooks, 1 send), us: ${JSON.stringify(perThing(effort, load.written))}`,
      machineNote(effort),
    ],
  };
}

import { machineNote, perThing } from "../machine/effort.ts";
import { Latencies } from "../machine/latencies.ts";
import type { Answer } from "../traffic/answers.ts";
import { epochMs, openLoop } from "../traffic/open-loop.ts";
import type { Receipt } from "../traffic/whatsapp.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { DialogueLoad } from "./load.ts";
import { countEffort, drained } from "./parties.ts";

const PER_SECOND = 4_200;
const RECEIPTS = ["sent", "delivered", "read"] as const;
const WARM_UP = { perSecond: 2_000, seconds: 10 };
const P50_MS = 7;
const P99_MS = 20;

/** 4,200 webhooks a second: a customer's message to three receipts, every one of them on schedule. */
export const acknowledge: Figure = {
  name: "ack",
  title: "webhook acknowledged after commit, open loop 4,200/s",
  goal: `p50 <= ${P50_MS} ms, p99 <= ${P99_MS} ms, 0 errors`,
  measure,
};

/** Receipts that the provider owes for answers it accepted, oldest first. */
class OwedReceipts {
  readonly #list: Omit<Receipt, "atMs">[] = [];
  #next = 0;

  add(answer: Answer, phoneNumberId: string): void {
    const correlation = String(answer.body.biz_opaque_callback_data);
    for (const status of RECEIPTS) this.#list.push({ phoneNumberId, waId: answer.to, correlation, status });
  }

  /** When none is owed the last one comes once more, as Meta does. @returns undefined before the first answer */
  take(): Omit<Receipt, "atMs"> | undefined {
    const owed = this.#list[this.#next];
    if (!owed) return this.#list[this.#next - 1];
    this.#next += 1;
    return owed;
  }
}

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(60);
  const installation = await bench.installation("loaded");
  await installation.simulator.receipts({ off: true });
  const owed = new OwedReceipts();
  const load = new DialogueLoad(installation, { onAnswer: (answer, number) => owed.add(answer, number) });
  let latencies = new Latencies();
  let errors = 0;
  const postReceipt = (receipt: Omit<Receipt, "atMs">, dueAt: number): void => {
    const into = latencies;
    load.poster.post(load.sign.receipt({ ...receipt, atMs: epochMs(dueAt) }), (status) => {
      if (status === 200) into.add(performance.now() - dueAt);
      else errors += 1;
    });
  };
  const emit = (n: number, dueAt: number): void => {
    const receipt = n % 4 === 0 ? undefined : owed.take();
    if (receipt) postReceipt(receipt, dueAt);
    else load.write(dueAt);
  };
  await load.start();
  await openLoop(WARM_UP, emit);
  await load.settle(20_000);
  load.beginMeasuring();
  load.acked = latencies = new Latencies();
  errors = 0;
  const stop = countEffort(installation);
  const loop = await openLoop({ perSecond: PER_SECOND, seconds }, emit);
  const effort = stop();
  await load.settle(60_000);
  const drainedMs = await drained(installation, 60_000);
  await load.close();
  const ack = latencies.summary();
  errors += load.errors;
  return {
    measured: `p50 ${ack.p50} ms, p99 ${ack.p99} ms, ${errors} errors of ${loop.emitted.toLocaleString("en")}`,
    meets: ack.p50 <= P50_MS && ack.p99 <= P99_MS && errors === 0 && ack.count === loop.emitted,
    values: {
      ack,
      errors,
      webhooks: loop.emitted,
      messages: load.written,
      unanswered: load.unanswered,
      drainedMs,
      generatorLatestMs: Math.round(loop.latestMs),
      effort,
      perWebhook: perThing(effort, loop.emitted),
    },
    notes: [
      `${load.written.toLocaleString("en")} messages among them, all but ${load.unanswered} answered; the pump works at the same time`,
      machineNote(effort),
    ],
  };
}

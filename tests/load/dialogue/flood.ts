import { setTimeout as sleep } from "node:timers/promises";
import { machineNote } from "../machine/effort.ts";
import { median } from "../machine/latencies.ts";
import { APP, phoneNumberId } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { testQuestions } from "../node/knowledge.ts";
import { openLoop } from "../traffic/open-loop.ts";
import { Poster } from "../traffic/poster.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";
import { RECEIPTS } from "./end-to-end.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { DialogueLoad } from "./load.ts";
import { backlog, countEffort, drained } from "./parties.ts";

const PER_SECOND = 208;
const FLOOD = 10_000;
const FLOOD_CONNECTIONS = 32;
/** A company of middling size. */
const FLOODED_RANK = 40;
const RATIO = 2;

/** One company gets 10,000 messages at once while all the others go on as on an average day. */
export const flood: Figure = {
  name: "flood",
  title: "a flooding tenant (10,000 messages at once) and the others' p99",
  goal: `<= ${RATIO} x`,
  measure,
};

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(30);
  const installation = await bench.installation("empty");
  await installation.simulator.receipts(RECEIPTS);
  const load = new DialogueLoad(installation, { leaveOut: FLOODED_RANK });
  await load.start();
  await openLoop({ perSecond: PER_SECOND, seconds: 10 }, (_, dueAt) => load.write(dueAt));
  const stop = countEffort(installation);
  const rounds: { quiet: number; flooded: number; floodMs: number; floodErrors: number }[] = [];
  for (let round = 0; round < bench.times(3); round++) {
    const quiet = await others(load, seconds);
    const pouring = pour(installation, round);
    const flooded = await others(load, seconds);
    const poured = await pouring;
    await drained(installation, 120_000);
    await emptied(installation);
    rounds.push({ quiet, flooded, ...poured });
    bench.say(
      `flood: others' p99 ${quiet} ms without, ${flooded} ms with; poured in ${Math.round(poured.floodMs)} ms`,
    );
  }
  const effort = stop();
  await load.close();
  const ratio = median(rounds.map((round) => round.flooded / round.quiet));
  const errors = rounds.reduce((sum, round) => sum + round.floodErrors, 0);
  return {
    measured: `${ratio.toFixed(2)} x (p99 ${median(rounds.map((r) => r.quiet))} -> ${median(rounds.map((r) => r.flooded))} ms)`,
    meets: ratio <= RATIO && errors === 0,
    values: { ratio, rounds, seconds, perSecond: PER_SECOND, effort },
    notes: [
      `others: ${PER_SECOND}/s; p99 over the ${seconds} s that begin with the flood; medians of ${rounds.length} rounds; ${errors} of the flood's webhooks refused`,
      machineNote(effort),
    ],
  };
}

/** @returns p99 in ms from webhook to accepted answer */
async function others(load: DialogueLoad, seconds: number): Promise<number> {
  load.beginMeasuring();
  await openLoop({ perSecond: PER_SECOND, seconds }, (_, dueAt) => load.write(dueAt));
  await load.settle(30_000);
  return load.answered.summary().p99;
}

async function pour(
  installation: Installation,
  round: number,
): Promise<{ floodMs: number; floodErrors: number }> {
  const poster = new Poster(installation.node.url, FLOOD_CONNECTIONS);
  const sign = signer(APP);
  const questions = testQuestions();
  const begun = performance.now();
  let errors = 0;
  for (let n = 0; n < FLOOD; n++) {
    const webhook = sign.message({
      phoneNumberId: phoneNumberId({ rank: FLOODED_RANK }, 0),
      customer: { waId: `49179${String(round)}${String(n).padStart(7, "0")}`, name: `Flut ${n}` },
      wamid: wamidOf(`flood.${round}.${n}`),
      sentAtMs: Date.now(),
      text: questions[n % questions.length] as string,
    });
    poster.post(webhook, (status) => {
      if (status !== 200) errors += 1;
    });
    // The generator must not stand in its own way: it is one process for both.
    if (n % 50 === 49) await sleep(0);
  }
  await poster.drain(60_000);
  const floodMs = performance.now() - begun;
  await poster.close();
  return { floodMs, floodErrors: errors };
}

/** The flooded number's answers leave at 80 a second; the next round begins without them. */
async function emptied(installation: Installation): Promise<void> {
  for (let waited = 0; waited < 240 && (await backlog(installation)).outbox > 0; waited++) await sleep(1_000);
}

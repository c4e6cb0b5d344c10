import { machineNote, perThing } from "../machine/effort.ts";
import { openLoop } from "../traffic/open-loop.ts";
import { LOADED, RECEIPTS } from "./end-to-end.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { DialogueLoad } from "./load.ts";
import { backlog, countEffort } from "./parties.ts";

const GOAL = 1_500;
const STEPS = [500, 700, 900, 1_100, 1_300, 1_500, 1_700, 1_900];
/** A step holds when it keeps up and nothing piles up: half a second of messages may be under way. */
const UNDER_WAY_SECONDS = 0.5;
const P99_MS = 1_000;

/** Raises the rate step by step until the node falls behind. */
export const highestRate: Figure = {
  name: "highest-rate",
  title: "end to end, highest sustained rate",
  goal: `>= ${GOAL}/s`,
  measure,
};

interface Step {
  perSecond: number;
  p50: number;
  p99: number;
  behind: number;
  holds: boolean;
  micros: Record<string, number>;
}

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(40);
  const installation = await bench.installation("loaded", LOADED);
  await installation.simulator.receipts(RECEIPTS);
  const load = new DialogueLoad(installation);
  await load.start();
  const steps: Step[] = [];
  const stop = countEffort(installation);
  for (const perSecond of STEPS) {
    // The first seconds of a step fill the pipe and are not judged.
    await openLoop({ perSecond, seconds: 5 }, (_, dueAt) => load.write(dueAt));
    load.beginMeasuring();
    const stopStep = countEffort(installation);
    await openLoop({ perSecond, seconds }, (_, dueAt) => load.write(dueAt));
    const effort = stopStep();
    const behind = load.unanswered;
    const { inbox } = await backlog(installation);
    await load.settle(30_000);
    const { p50, p99 } = load.answered.summary();
    const holds = behind <= perSecond * UNDER_WAY_SECONDS && p99 <= P99_MS && load.errors === 0;
    steps.push({ perSecond, p50, p99, behind, holds, micros: perThing(effort, load.written) });
    bench.say(
      `${perSecond}/s: p50 ${p50} ms, p99 ${p99} ms, ${behind} unanswered and ${inbox} rows waiting at the end; ${machineNote(effort)}`,
    );
    if (!holds) break;
  }
  const effort = stop();
  await load.close();
  const held = steps.filter((step) => step.holds).map((step) => step.perSecond);
  const best = Math.max(0, ...held);
  return {
    measured: best === STEPS.at(-1) ? `>= ${best}/s` : `${best}/s`,
    meets: best >= GOAL,
    values: { best, steps, seconds, effort },
    notes: [
      `held ${seconds} s each: ${held.join(", ")}/s; a step holds with p99 <= 1 s and less than half a second of messages under way at its end`,
      machineNote(effort),
    ],
  };
}

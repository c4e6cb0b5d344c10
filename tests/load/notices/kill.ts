import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";
import { AnswerFeed } from "../traffic/answers.ts";
import { makeAudience, publish } from "./audience.ts";

const KILLS = 20;
const PERSONS = 4_800;
const DRAIN_LIMIT_MS = 300_000;
const WAIT_SECONDS = 5;

/** kill -9 of the worker while a notice runs; counted at the provider. */
export const killInTheMiddle: Figure = {
  name: "kill",
  title: `kill -9 in the middle of a notice, ${KILLS} times`,
  goal: "0 doubled, 0 lost",
  measure,
};

async function measure(bench: Bench): Promise<Reading> {
  const kills = bench.times(KILLS);
  const installation = await bench.installation("empty", { DOUBTFUL_WAIT_SECONDS: String(WAIT_SECONDS) });
  await installation.simulator.receipts({
    delayMs: [20, 200, 600],
    shuffle: false,
    double: false,
    off: false,
  });
  const audience = await makeAudience(installation, { persons: PERSONS, alerted: PERSONS });
  const got = new Map<string, number>();
  const feed = new AnswerFeed(installation.simulator.whatsapp, ({ to }) =>
    got.set(to, (got.get(to) ?? 0) + 1),
  );
  await feed.start();
  const random = seeded(20261123);
  const id = await publish(audience);
  let done = 0;
  for (; done < kills && got.size < PERSONS; done++) {
    await sleep(1_000 + random() * 2_000);
    const pid = installation.node.workerPid();
    if (pid) process.kill(pid, "SIGKILL");
  }
  const state = await untilDone(audience.api, id);
  await sleep(2_000);
  await feed.stop();
  const doubled = [...got.values()].filter((count) => count > 1).length;
  const lost = PERSONS - got.size;
  return {
    measured: `${done} kills, ${PERSONS.toLocaleString("en")} persons: ${doubled} doubled, ${lost} lost`,
    meets: done === kills && doubled === 0 && lost === 0,
    values: { kills: done, persons: PERSONS, doubled, lost, state },
    notes: [
      `a send in doubt waits ${WAIT_SECONDS} s for its receipt; at the end the notice is ${String(state.state)} with ${JSON.stringify(state.counts)}`,
    ],
  };
}

async function untilDone(
  api: (method: string, path: string) => Promise<Record<string, unknown>>,
  id: number,
): Promise<Record<string, unknown>> {
  const until = performance.now() + DRAIN_LIMIT_MS;
  for (;;) {
    const progress = await api("GET", `/api/v1/notices/${id}/progress`);
    if (progress.state === "done" || performance.now() > until) return progress;
    await sleep(1_000);
  }
}

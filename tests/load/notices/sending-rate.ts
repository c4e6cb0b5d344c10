import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { Latencies } from "../machine/latencies.ts";
import { APP } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { AnswerFeed } from "../traffic/answers.ts";
import { Poster } from "../traffic/poster.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";
import { type Audience, makeAudience, publish } from "./audience.ts";

const LIMITS = [80, 1_000] as const;
const SHARE = 0.98;
const ANSWER_MS = 200;
/** Between two questions of customers while the notice runs. */
const QUESTION_EVERY_MS = 250;
/** The first ones fill the pipe. */
const WARM_MS = 2_000;

/** A notice at the number's limit, while customers ask. */
export const sendingRate: Figure = {
  name: "rate",
  title: "sending to the simulator at a number's limit (80/s, 1,000/s); an answer behind a running notice",
  goal: `>= ${SHARE * 100} % used, never exceeded in any sliding second; <= ${ANSWER_MS} ms`,
  measure,
};

interface Run {
  limit: number;
  perSecond: number;
  used: number;
  fullest: number;
  answers: { count: number; p50: number; p99: number; max: number };
}

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(30);
  const runs: Run[] = [];
  for (const limit of LIMITS) {
    const installation = await bench.installation("empty", { BENCH_LIMIT: String(limit) });
    await installation.simulator.receipts({ off: true });
    const persons = Math.ceil(limit * (seconds + WARM_MS / 1000 + 1));
    const audience = await makeAudience(installation, { persons, alerted: persons, perSecond: limit });
    runs.push(await runAt(installation, audience, { limit, seconds }));
    bench.say(`rate: ${JSON.stringify(runs.at(-1))}`);
  }
  return {
    measured: runs
      .map(
        (run) =>
          `${run.limit}/s: ${(run.used * 100).toFixed(1)} % used, fullest second ${run.fullest}, answers p99 ${run.answers.p99} ms`,
      )
      .join("; "),
    meets: runs.every((run) => run.used >= SHARE && run.fullest <= run.limit && run.answers.max <= ANSWER_MS),
    values: { runs, seconds },
    notes: [
      `counted at the provider, notices and answers together; ${runs.map((run) => `${run.answers.count} questions at ${run.limit}/s, from the webhook to the accepted answer p50 ${run.answers.p50}, at most ${run.answers.max} ms`).join("; ")}`,
    ],
  };
}

async function runAt(
  installation: Installation,
  audience: Audience,
  { limit, seconds }: { limit: number; seconds: number },
): Promise<Run> {
  const times: number[] = [];
  const asked = new Map<string, number>();
  const answers = new Latencies();
  const feed = new AnswerFeed(installation.simulator.whatsapp, ({ at, to, type }) => {
    times.push(at);
    const since = type === "template" ? undefined : asked.get(to);
    if (since === undefined) return;
    asked.delete(to);
    answers.add(at - since);
  });
  await feed.start();
  const poster = new Poster(installation.node.url, 4);
  const sign = signer(APP);
  const { rows } = await installation.sql.query<{ address: string }>(
    "select address from kernel.channel where id = $1",
    [audience.channelId],
  );
  const phoneNumberId = rows[0]?.address ?? "";
  await publish(audience);
  const until = performance.now() + WARM_MS + seconds * 1000;
  for (let n = 0; performance.now() < until; n++) {
    const waId = `491709${String(limit).padStart(4, "0")}${String(n).padStart(4, "0")}`;
    const sentAtMs = Date.now();
    if (performance.now() > until - seconds * 1000) asked.set(waId, sentAtMs);
    poster.post(
      sign.message({
        phoneNumberId,
        customer: { waId, name: `Frage ${n}` },
        wamid: wamidOf(`rate.${limit}.${n}`),
        sentAtMs,
        text: "Abos",
      }),
      () => {},
    );
    await sleep(QUESTION_EVERY_MS);
  }
  await poster.drain(5_000);
  await sleep(1_000);
  await feed.stop();
  await poster.close();
  const { p50, p99, max, count } = answers.summary();
  return { limit, ...usageOf(times, limit, seconds), answers: { count, p50, p99, max } };
}

/** Of the stretch after the warm-up. */
function usageOf(
  times: number[],
  limit: number,
  seconds: number,
): Pick<Run, "perSecond" | "used" | "fullest"> {
  times.sort((a, b) => a - b);
  const from = (times[0] ?? 0) + WARM_MS;
  const to = from + (seconds - 2) * 1000;
  const sent = times.filter((at) => at >= from && at < to).length;
  const perSecond = sent / (seconds - 2);
  let fullest = 0;
  for (let first = 0, last = 0; first < times.length; first++) {
    while (last < times.length && (times[last] as number) < (times[first] as number) + 1_000) last += 1;
    fullest = Math.max(fullest, last - first);
  }
  return { perSecond: Math.round(perSecond * 10) / 10, used: perSecond / limit, fullest };
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { median } from "../machine/latencies.ts";
import type { Installation } from "../node/installation.ts";
import { AnswerFeed } from "../traffic/answers.ts";
import { makeAudience, publish } from "./audience.ts";

const SUBSCRIPTIONS = 1_000_000;
const ALERTED = 40_000;
const QUEUED_MS = 2_000;
const FIRST_MS = 500;
const LIMIT_MS = 60_000;
const ROUNDS = 5;

/** One alert, found among a million subscriptions; timed from the call of the API. */
export const matchAndQueue: Figure = {
  name: "match",
  title: `${SUBSCRIPTIONS.toLocaleString("en")} subscriptions, ${ALERTED.toLocaleString("en")} match one alert: matched, checked by the gate and queued; first message out`,
  goal: `<= ${QUEUED_MS / 1000} s; <= ${FIRST_MS} ms`,
  measure,
};

interface Round {
  queuedMs: number;
  firstMs: number;
}

async function measure(bench: Bench): Promise<Reading> {
  const installation = await bench.installation("empty");
  await installation.simulator.receipts({ off: true });
  bench.say(`match: making ${SUBSCRIPTIONS} subscriptions`);
  const audience = await makeAudience(installation, { persons: SUBSCRIPTIONS, alerted: ALERTED });
  const rounds: Round[] = [];
  for (let n = 0; n < bench.times(ROUNDS); n++) {
    rounds.push(await once(installation, () => publish(audience), audience.api));
    bench.say(`match: ${JSON.stringify(rounds.at(-1))}`);
  }
  const queued = median(rounds.map((round) => round.queuedMs));
  const first = median(rounds.map((round) => round.firstMs));
  return {
    measured: `${Math.round(queued)} ms; ${Math.round(first)} ms`,
    meets: queued <= QUEUED_MS && first <= FIRST_MS,
    values: { rounds },
    notes: [
      `medians of ${rounds.length} alerts, from the API call to the last delivery row and to the provider's clock; slowest ${Math.round(Math.max(...rounds.map((r) => r.queuedMs)))} and ${Math.round(Math.max(...rounds.map((r) => r.firstMs)))} ms`,
    ],
  };
}

async function once(
  { sql, simulator }: Installation,
  alert: () => Promise<number>,
  api: (method: string, path: string) => Promise<unknown>,
): Promise<Round> {
  let firstAt = 0;
  const feed = new AnswerFeed(simulator.whatsapp, ({ at }) => {
    firstAt ||= at;
  });
  await feed.start();
  const begun = Date.now();
  const id = await alert();
  let matchedAt = 0;
  while (Date.now() - begun < LIMIT_MS && (matchedAt === 0 || firstAt === 0)) {
    const { rows } = await sql.query<{ is_matched: boolean; persons: number }>(
      `select n.matched_at is not null as is_matched, case when n.matched_at is null then 0
        else (select count(*)::int from notices.delivery d where d.tenant_id = n.tenant_id and d.notice_id = n.id) end as persons
        from notices.notice n where n.id = $1`,
      [id],
    );
    if (matchedAt === 0 && rows[0]?.is_matched) {
      matchedAt = Date.now();
      if (rows[0].persons !== ALERTED)
        throw new Error(`${rows[0].persons} persons were found, not ${ALERTED}.`);
    }
    await sleep(5);
  }
  await feed.stop();
  await api("POST", `/api/v1/notices/${id}/stop`);
  await sleep(1_500);
  if (matchedAt === 0 || firstAt === 0) throw new Error("The alert did not go out within a minute.");
  return { queuedMs: matchedAt - begun, firstMs: firstAt - begun };
}

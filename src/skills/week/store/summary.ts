import { sql } from "kysely";
import type { House, TenantProfile } from "#kernel";
import type { FirstLevel, Hours, Unanswered } from "../ports.ts";
import { maySpeedBeShown, spreadOf, type WeekCounts } from "../rules/figures.ts";
import { daysOf, type Week } from "../rules/weeks.ts";
import {
  countBilled,
  countMessages,
  type PersonAnswer,
  readAnswerTimes,
  readPersonAnswers,
  sampleOf,
} from "./count.ts";
import { inTenant, type WeekTx } from "./tx.ts";

/** Counts of weeks that are over: made once, kept, and read by page and mail alike. */

export interface CountPorts {
  firstLevel: FirstLevel;
  hours: Hours;
}

const HOUR_MS = 3_600_000;
/** A case is settled when nobody came back within 72 hours (skills/service); an hour more for what is written late. */
const FINAL_AFTER_MS = 73 * HOUR_MS;
/** What is not final yet moves a little: whoever looks again gets it anew after this. */
const FRESH_MS = 6 * HOUR_MS;
/** Turns whose times are looked at; a median needs no more. */
const MOST_TIMES = 2_000;

/**
 * The counts of a week that is over, from the table where they stand already.
 * @throws Error when the week is not over: half a week would be kept as a whole one
 */
export async function countsOf(
  house: House,
  ports: CountPorts,
  { tenantId, week }: { tenantId: number; week: Week },
): Promise<WeekCounts> {
  const now = house.clock.now();
  if (now < week.to) throw new Error(`The week of ${week.monday} is not over.`);
  const kept = await readKept(house, tenantId, week.monday);
  if (kept && (kept.isFinal || now - kept.at < FRESH_MS)) return kept.counts;
  const counts = await count(house, ports, { tenantId, week, now });
  await keep(house, { tenantId, monday: week.monday, counts, now, isFinal: now >= week.to + FINAL_AFTER_MS });
  return counts;
}

async function readKept(house: House, tenantId: number, monday: string) {
  const { rows } = await inTenant(house, tenantId, (tx) =>
    sql<{ counts: WeekCounts; is_final: boolean; counted_at: Date }>`
      select counts, is_final, counted_at from week.summary where tenant_id = ${tenantId} and monday = ${monday}::date`.execute(
      tx,
    ),
  );
  const [row] = rows;
  return row && { counts: row.counts, isFinal: row.is_final, at: row.counted_at.getTime() };
}

async function keep(
  house: House,
  made: { tenantId: number; monday: string; counts: WeekCounts; isFinal: boolean; now: number },
): Promise<void> {
  const values = {
    counts: JSON.stringify(made.counts),
    is_final: made.isFinal,
    counted_at: new Date(made.now),
  };
  await inTenant(house, made.tenantId, (tx) =>
    tx
      .insertInto("week.summary")
      .values({ tenant_id: made.tenantId, monday: made.monday, ...values })
      .onConflict((conflict) => conflict.columns(["tenant_id", "monday"]).doUpdateSet(values))
      .execute(),
  );
}

/** Beside the counts, so that whoever looks next need not group them again. */
export async function keepQuestions(
  tx: WeekTx,
  at: { tenantId: number; monday: string },
  questions: Unanswered,
): Promise<void> {
  await sql`update week.summary set counts = counts || ${JSON.stringify({ questions })}::jsonb
    where tenant_id = ${at.tenantId} and monday = ${at.monday}::date`.execute(tx);
}

interface Task {
  tenantId: number;
  week: Week;
  now: number;
}

/** Several short transactions: none holds back vacuum or a connection for as long as a big week takes. */
async function count(house: House, ports: CountPorts, task: Task): Promise<WeekCounts> {
  const { tenantId, week, now } = task;
  const { firstLevel } = ports;
  const profile = await house.profile(tenantId);
  const turns = await inTenant(house, tenantId, (tx) => firstLevel.turns(tx, tenantId, week));
  const taken = turns.answer + turns.choose + turns.handover;
  const every = await inTenant(house, tenantId, (tx) =>
    sampleOf(tx, tenantId, { monday: week.monday, turns: taken }),
  );
  const cases = await inTenant(house, tenantId, (tx) =>
    firstLevel.cases(tx, tenantId, { ...week, now, every }),
  );
  const messages = await inTenant(house, tenantId, (tx) => countMessages(tx, tenantId, { week, every }));
  const person = await personTimes(house, ports, { ...task, profile, handedOver: turns.handedOver });
  return {
    every,
    zones: { answer: turns.answer, choose: turns.choose, handover: turns.handover },
    cases: cases.map((row) => ({ ...row, cases: row.cases * every })),
    messages: {
      received: messages.received * every,
      service: messages.service * every,
      notice: messages.notice * every,
    },
    firstLevel: await automaticTimes(house, ports, { ...task, answered: turns.answered }),
    ...person,
    billed: await billedOf(house, { ...task, timeZone: profile.timeZone }),
  };
}

async function automaticTimes(house: House, { firstLevel }: CountPorts, task: Task & { answered: number }) {
  const { tenantId, week, answered } = task;
  const every = Math.max(1, Math.ceil(answered / MOST_TIMES));
  return inTenant(house, tenantId, async (tx) => {
    const span = { ...week, outcome: "answered" as const, every, limit: 2 * MOST_TIMES };
    const places = await firstLevel.places(tx, tenantId, span);
    return spreadOf(await readAnswerTimes(tx, tenantId, places));
  });
}

async function personTimes(
  house: House,
  { firstLevel, hours }: CountPorts,
  task: Task & { profile: TenantProfile; handedOver: number },
): Promise<Pick<WeekCounts, "person" | "personHidden" | "unanswered">> {
  const { tenantId, week, profile, handedOver } = task;
  const every = Math.max(1, Math.ceil(handedOver / MOST_TIMES));
  const answers = await inTenant(house, tenantId, async (tx) => {
    const span = { ...week, outcome: "handed_over" as const, every, limit: 2 * MOST_TIMES };
    return readPersonAnswers(tx, tenantId, await firstLevel.places(tx, tenantId, span));
  });
  const first = firstOfEach(answers);
  const spread = spreadOf(
    first.map(({ since, answered }) => hours.openMs(profile, since, answered?.at ?? since)),
  );
  const answerers = first.flatMap(({ answered, isOwner }) =>
    answered?.by ? [{ id: answered.by, isOwner }] : [],
  );
  const open = new Set(
    answers.filter(({ answered }) => !answered).map(({ conversationId }) => conversationId),
  );
  const tooNear = maySpeedBeShown(answerers) ? null : "few_persons";
  const personHidden = spread === null ? "few_cases" : tooNear;
  return { person: personHidden === null ? spread : null, personHidden, unanswered: open.size * every };
}

/** Who writes twice before somebody answers waits since the first time. */
function firstOfEach(answers: readonly PersonAnswer[]): PersonAnswer[] {
  const byAnswer = new Map<string, PersonAnswer>();
  for (const one of answers) {
    if (!one.answered) continue;
    const known = byAnswer.get(one.answered.id);
    if (!known || one.since < known.since) byAnswer.set(one.answered.id, one);
  }
  return [...byAnswer.values()];
}

/** Day by day: where answers are billed too, a week is a million rows. */
async function billedOf(house: House, task: Task & { timeZone: string }): Promise<WeekCounts["billed"]> {
  const sums = new Map<string, { category: string; place: string; count: number }>();
  for (const day of daysOf(task.timeZone, task.week)) {
    const rows = await inTenant(house, task.tenantId, (tx) => countBilled(tx, task.tenantId, day));
    for (const { category, place, count: more } of rows) {
      const key = `${category} ${place}`;
      sums.set(key, { category, place, count: (sums.get(key)?.count ?? 0) + more });
    }
  }
  return [...sums.values()];
}

import { sql } from "kysely";
import type { House, PersonNumber, Tx } from "#kernel";
import { DAY_MS, SETTLED_KEEP_MS } from "../rules/limits.ts";
import { CALLS, CALLS_DAYS, MISSED, MISSED_DAYS } from "../rules/purposes.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import { endAbandoned } from "./imports.ts";
import { inTenant, schedule } from "./tx.ts";

/** What this skill holds about persons, by their contact and by their numbers. */

export const personNumbers: readonly PersonNumber[] = [
  {
    column: "telephone.call.seconds",
    origin: "told",
    purpose: CALLS,
    inputs: [CALLS],
    consequence: "colleagues read how long a call took",
    owner: "telephone",
    keepDays: CALLS_DAYS,
  },
  {
    column: "telephone.missed.times",
    origin: "told",
    purpose: MISSED,
    inputs: [MISSED],
    consequence: "who calls back sees how urgent it is",
    owner: "telephone",
    keepDays: MISSED_DAYS,
  },
  {
    column: "telephone.missed.tries",
    origin: "told",
    purpose: MISSED,
    inputs: [MISSED],
    consequence: "colleagues see that calling back was tried",
    owner: "telephone",
    keepDays: MISSED_DAYS,
  },
];

/** Numbers that belong to these contacts; erasing asks while they still stand. */
const NUMBERS_OF = (
  ids: ReturnType<typeof sql>,
) => sql`(select case when kind = 'phone' then value else '+' || value end
  from kernel.identity where contact_id = any(${ids}) and kind in ('phone', 'wa_id'))`;

export async function exportCalls(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const calls = await sql`
    select direction, outcome, at, seconds, phone, note, topic, source from telephone.call
    where undone_at is null and (contact_id = any(${ids}) or (phone <> '' and phone in ${NUMBERS_OF(ids)})) order by at, id`.execute(
    tx,
  );
  const missed = await sql`
    select phone, state, times, first_at as "firstAt", last_at as "lastAt", has_voicemail as "hasVoicemail", tries from telephone.missed
    where contact_id = any(${ids}) or phone in ${NUMBERS_OF(ids)} order by id`.execute(tx);
  return { calls: calls.rows, missedCalls: missed.rows };
}

export async function eraseCalls(tx: Tx, contactIds: readonly number[]): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const numbers = NUMBERS_OF(ids);
  await sql`delete from telephone.call where contact_id = any(${ids}) or (phone <> '' and phone in ${numbers})`.execute(
    tx,
  );
  await sql`delete from telephone.missed where contact_id = any(${ids}) or phone in ${numbers}`.execute(tx);
  await sql`delete from telephone.ringing where phone <> '' and phone in ${numbers}`.execute(tx);
  await sql`delete from telephone.import_row where phone <> '' and phone in ${numbers}`.execute(tx);
}

/** Removes what is older than promised; comes again as long as something is kept. */
export async function forgetOld(house: House, tenantId: number): Promise<void> {
  const now = house.clock.now();
  const before = (days: number) => new Date(now - days * DAY_MS);
  await inTenant(house, tenantId, async (tx) => {
    const own = sql`tenant_id = ${tenantId}`;
    await sql`delete from telephone.missed where ${own} and last_at < ${before(MISSED_DAYS)}`.execute(tx);
    await sql`delete from telephone.call where ${own} and contact_id is null and at < ${before(MISSED_DAYS)}`.execute(
      tx,
    );
    await sql`delete from telephone.call where ${own} and at < ${before(CALLS_DAYS)}`.execute(tx);
    await sql`delete from telephone.suppressed where ${own} and at < ${before(MISSED_DAYS)}`.execute(tx);
    await sql`delete from telephone.ringing where ${own} and settled_at < ${new Date(now - SETTLED_KEEP_MS)}`.execute(
      tx,
    );
    await endAbandoned(tx, tenantId, now);
    await sql`delete from telephone.import where ${own} and state <> 'running' and done_at < ${before(MISSED_DAYS)}`.execute(
      tx,
    );
    const { rows } = await sql`select 1 where exists (select from telephone.call where ${own})
      or exists (select from telephone.missed where ${own}) or exists (select from telephone.suppressed where ${own})
      or exists (select from telephone.ringing where ${own}) or exists (select from telephone.import where ${own})`.execute(
      tx,
    );
    if (rows.length > 0) await schedule(tx, { tenantId, kind: FORGET, key: "all", dueAt: now + DAY_MS });
  });
}

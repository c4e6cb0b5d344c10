import { sql } from "kysely";
import { jsonText, type NewEvent, type Tx } from "#kernel";
import { DAY_MS, LOGGED_AFTER_MS, SAME_CALL_MS } from "../rules/limits.ts";
import { nextStanding } from "../rules/missed.ts";
import { MISSED_DAYS } from "../rules/purposes.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import { writeEntries } from "./entry.ts";
import { type KnownPerson, personsByPhone } from "./persons.ts";
import { standings, writeStandings } from "./standings.ts";
import { scheduleIfNone } from "./tx.ts";

/** Calls that a telephone system or a list tells of: set-wise into histories, and into the list of calls in vain. */

export interface HeardCall {
  /** The same call has the same key. */
  readonly key: string;
  readonly direction: "in" | "out";
  readonly outcome: "reached" | "not_reached" | "voicemail" | "missed";
  /** ms */
  readonly at: number;
  readonly seconds: number | null;
  /** E.164 */
  readonly phone: string;
}

export interface Recorded {
  /** How many became what. */
  counts: { kept: number; missed: number; repeated: number; unknown: number; old: number };
  /** What everybody is told, with the transaction's last statement. */
  events: NewEvent[];
}

interface Recording {
  readonly tenantId: number;
  readonly source: "line" | "file";
  readonly now: number;
}

/** No customer hears of it; nothing is sent because somebody called. As many statements for many calls as for one. */
export async function recordCalls(
  tx: Tx,
  { tenantId, source, now }: Recording,
  heard: readonly HeardCall[],
): Promise<Recorded> {
  const fresh = await newOnes(tx, { tenantId, source, now }, heard);
  const persons = await personsByPhone(
    tx,
    tenantId,
    fresh.map(({ phone }) => phone),
  );
  const counts: Recorded["counts"] = {
    kept: 0,
    missed: 0,
    repeated: heard.length - fresh.length,
    unknown: 0,
    old: 0,
  };
  const border = now - MISSED_DAYS * DAY_MS;
  const kept = fresh.filter((call) => {
    if (persons.has(call.phone)) return true;
    // Of a number that nobody knows only stands what somebody should answer, and not for long.
    if (!isInVain(call)) counts.unknown += 1;
    else if (call.at < border) counts.old += 1;
    else return true;
    return false;
  });
  counts.kept = kept.length;
  const events = await insertCalls(tx, { tenantId, source, now }, kept, persons);
  const recent = fresh.filter(({ at }) => at >= border);
  const byPhone = Map.groupBy(recent, ({ phone }) => phone);
  const known = await standings(tx, tenantId, [...byPhone.keys()]);
  const standing = [...byPhone].map(([phone, calls]) => {
    const { contactId = null, conversationId = null } = persons.get(phone) ?? {};
    const next = nextStanding(known.get(phone) ?? { open: null, settledUntil: null }, calls);
    return { phone, contactId, conversationId, next };
  });
  for (const { next } of standing) counts.missed += next.added;
  events.push(...(await writeStandings(tx, tenantId, standing, now)));
  if (kept.length > 0) await forgetLater(tx, tenantId, now);
  return { counts, events };
}

const isInVain = ({ direction, outcome }: HeardCall): boolean =>
  direction === "in" && (outcome === "missed" || outcome === "voicemail");

/** Those that nobody told of yet: neither by this key, nor another way at the same moment. */
async function newOnes(
  tx: Tx,
  { tenantId, source }: Recording,
  heard: readonly HeardCall[],
): Promise<HeardCall[]> {
  const byKey = [...new Map(heard.map((call) => [call.key, call])).values()];
  if (byKey.length === 0) return [];
  const rows = jsonText(
    byKey.map(({ key, phone, direction, outcome, at }) => ({
      ...{ key, phone, direction, outcome },
      at: new Date(at),
      from: new Date(at - SAME_CALL_MS),
      to: new Date(at + SAME_CALL_MS),
      // A colleague logs a call at its end, or a while later.
      logged: new Date(at + LOGGED_AFTER_MS),
    })),
  );
  const found = await sql<{ key: string }>`
    select w.key from jsonb_to_recordset(${rows}::jsonb) w(key text, phone text, direction text, outcome text, at timestamptz,
      "from" timestamptz, "to" timestamptz, logged timestamptz)
    where exists (select from telephone.call c where c.tenant_id = ${tenantId} and c.key = w.key)
      or exists (select from telephone.call c where c.tenant_id = ${tenantId} and c.phone = w.phone and c.phone <> ''
        and c.direction = w.direction and c.undone_at is null
        and case when c.source = 'desk' then w.outcome = 'reached' and c.outcome in ('reached', 'promised') and c.at between w."from" and w.logged
          else c.source <> ${source} and c.at between w."from" and w."to" end)`.execute(tx);
  const told = new Set(found.rows.map(({ key }) => key));
  return byKey.filter(({ key }) => !told.has(key));
}

async function insertCalls(
  tx: Tx,
  { tenantId, source, now }: Recording,
  calls: readonly HeardCall[],
  persons: ReadonlyMap<string, KnownPerson>,
): Promise<NewEvent[]> {
  if (calls.length === 0) return [];
  const rows = jsonText(
    calls.map(({ at, ...call }) => ({
      ...call,
      at: new Date(at),
      contact_id: persons.get(call.phone)?.contactId ?? null,
      conversation_id: persons.get(call.phone)?.conversationId ?? null,
    })),
  );
  const made = await sql<{ id: number; key: string; conversation_id: number | null }>`
    insert into telephone.call (tenant_id, key, source, direction, outcome, at, seconds, phone, contact_id, conversation_id, created_at)
    select ${tenantId}, w.key, ${source}, w.direction, w.outcome, w.at, w.seconds, w.phone, w.contact_id, w.conversation_id, ${new Date(now)}
    from jsonb_to_recordset(${rows}::jsonb) w(key text, direction text, outcome text, at timestamptz, seconds int, phone text,
      contact_id bigint, conversation_id bigint) order by w.key
    on conflict (tenant_id, key) do nothing returning id, key, conversation_id`.execute(tx);
  const byKey = new Map(calls.map((call) => [call.key, call]));
  const entries = made.rows.flatMap(({ id, key, conversation_id: conversationId }) => {
    const call = byKey.get(key);
    if (!call || conversationId === null) return [];
    return [{ ...call, conversationId, callId: id, note: "", topic: null, staffId: null }];
  });
  return writeEntries(tx, tenantId, entries, now);
}

/** What is kept is removed in time. */
export function forgetLater(tx: Tx, tenantId: number, now: number): Promise<void> {
  return scheduleIfNone(tx, { tenantId, kind: FORGET, key: "all", dueAt: now + DAY_MS });
}

/** A suppressed number is nobody: that somebody called is counted, and nothing else stands of it. */
export async function countSuppressed(
  tx: Tx,
  tenantId: number,
  calls: readonly Pick<HeardCall, "at" | "outcome" | "direction">[],
  now: number,
): Promise<void> {
  const rows = calls
    .filter(({ direction, outcome }) => direction === "in" && outcome !== "not_reached")
    .map(({ at, outcome }) => ({ at: new Date(Math.floor(at / 60_000) * 60_000), outcome }));
  if (rows.length === 0) return;
  await forgetLater(tx, tenantId, now);
  await sql`insert into telephone.suppressed (tenant_id, at, outcome)
    select distinct ${tenantId}::int, w.at, w.outcome from jsonb_to_recordset(${jsonText(rows)}::jsonb) w(at timestamptz, outcome text)
    on conflict (tenant_id, at, outcome) do nothing`.execute(tx);
}

/** Calls in vain with a suppressed number since a moment. */
export async function suppressedSince(tx: Tx, tenantId: number, since: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from telephone.suppressed
    where tenant_id = ${tenantId} and at >= ${new Date(since)} and outcome <> 'reached'`.execute(tx);
  return rows[0]?.n ?? 0;
}

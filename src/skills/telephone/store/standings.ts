import { sql } from "kysely";
import { jsonText, type NewEvent, type Tx } from "#kernel";
import type { Next, Standing } from "../rules/missed.ts";
import { missedChanged } from "./tx.ts";

/** How the cases of numbers stand, and what became of them: set-wise, however many called. */

/** How each number stands; one that never called in vain is missing. */
export async function standings(
  tx: Tx,
  tenantId: number,
  phones: readonly string[],
): Promise<Map<string, Standing>> {
  const { rows } = await sql<{
    phone: string;
    times: number | null;
    first_at: Date | null;
    last_at: Date | null;
    settled_until: Date | null;
  }>`
    select phone, max(times) filter (where state = 'open') as times, min(first_at) filter (where state = 'open') as first_at,
      max(last_at) filter (where state = 'open') as last_at, max(settled_until) as settled_until
    from telephone.missed where tenant_id = ${tenantId} and phone = any(${[...phones]}::text[]) group by phone`.execute(
    tx,
  );
  return new Map(
    rows.map(({ phone, times, first_at, last_at, settled_until }) => [
      phone,
      {
        open:
          times === null || !first_at || !last_at
            ? null
            : { times, firstAt: first_at.getTime(), lastAt: last_at.getTime() },
        settledUntil: settled_until?.getTime() ?? null,
      },
    ]),
  );
}

export interface NewStanding {
  readonly phone: string;
  readonly contactId: number | null;
  readonly conversationId: number | null;
  readonly next: Next;
}

/** Writes what became of the numbers' cases, each number once. @returns what everybody is told */
export async function writeStandings(
  tx: Tx,
  tenantId: number,
  standing: readonly NewStanding[],
  now: number,
): Promise<NewEvent[]> {
  const settled = await settle(tx, tenantId, standing, now);
  return [...settled, ...(await open(tx, tenantId, standing))].map(missedChanged);
}

async function settle(
  tx: Tx,
  tenantId: number,
  standing: readonly NewStanding[],
  now: number,
): Promise<number[]> {
  const over = standing.flatMap(({ phone, next: { settledAt } }) =>
    settledAt === null ? [] : [{ phone, settled_until: new Date(settledAt) }],
  );
  if (over.length === 0) return [];
  // In the order of the numbers, so that two recordings never wait for each other.
  await sql`select id from telephone.missed where tenant_id = ${tenantId} and state = 'open'
    and phone = any(${over.map(({ phone }) => phone)}::text[]) order by phone for update`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    update telephone.missed m set state = 'done', done_how = 'called', done_at = ${new Date(now)}, settled_until = w.settled_until,
      taken_by = null, taken_at = null
    from jsonb_to_recordset(${jsonText(over)}::jsonb) w(phone text, settled_until timestamptz)
    where m.tenant_id = ${tenantId} and m.phone = w.phone and m.state = 'open' returning m.id`.execute(tx);
  return rows.map(({ id }) => id);
}

async function open(tx: Tx, tenantId: number, standing: readonly NewStanding[]): Promise<number[]> {
  const waiting = standing.flatMap(({ phone, contactId, conversationId, next }) =>
    next.added === 0 || !next.open
      ? []
      : [
          {
            phone,
            contact_id: contactId,
            conversation_id: conversationId,
            times: next.added,
            first_at: new Date(next.open.firstAt),
            last_at: new Date(next.open.lastAt),
            has_voicemail: next.hasVoicemail,
          },
        ],
  );
  if (waiting.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    insert into telephone.missed as m (tenant_id, phone, contact_id, conversation_id, times, first_at, last_at, has_voicemail)
    select ${tenantId}::int, w.phone, w.contact_id, w.conversation_id, w.times, w.first_at, w.last_at, w.has_voicemail
    from jsonb_to_recordset(${jsonText(waiting)}::jsonb) w(phone text, contact_id bigint, conversation_id bigint, times int,
      first_at timestamptz, last_at timestamptz, has_voicemail boolean) order by w.phone
    on conflict (tenant_id, phone) where state = 'open' do update set times = m.times + excluded.times,
      first_at = least(m.first_at, excluded.first_at), last_at = greatest(m.last_at, excluded.last_at),
      has_voicemail = m.has_voicemail or excluded.has_voicemail,
      contact_id = coalesce(excluded.contact_id, m.contact_id), conversation_id = coalesce(excluded.conversation_id, m.conversation_id)
    returning m.id`.execute(tx);
  return rows.map(({ id }) => id);
}

import { sql } from "kysely";
import { ARRIVAL } from "../rules/purposes.ts";
import type { DeliveryState, Outcome } from "../tables.ts";
import type { DeliveryTx } from "./tx.ts";

/** What a simulation needs beside the room's own ways: a mailbox that nobody reads, and how an evening came out. */

export async function addMailChannel(tx: DeliveryTx, tenantId: number, now: number): Promise<void> {
  await sql`insert into kernel.channel (tenant_id, kind, address, name, api_base, token, settings, created_at)
    values (${tenantId}, 'email', 'post@simulation.example', 'Post', '', '', '{}', ${new Date(now)})`.execute(
    tx,
  );
}

/** @returns courier -> their round */
export async function readShiftIds(
  tx: DeliveryTx,
  tenantId: number,
  eveningId: number,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; courier_id: number }>`select id, courier_id from delivery.shift
    where tenant_id = ${tenantId} and evening_id = ${eveningId} and courier_id is not null`.execute(tx);
  return new Map(rows.map((row) => [row.courier_id, row.id]));
}

/** Deliveries of a round that are still to come, in the order that its courier's page shows. */
export async function readToCome(tx: DeliveryTx, tenantId: number, shiftId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select d.id from delivery.shift s
      cross join lateral unnest(s.route) with ordinality r(id, n)
      join delivery.delivery d on d.tenant_id = s.tenant_id and d.id = r.id and d.state in ('booked', 'loaded', 'under_way')
    where s.tenant_id = ${tenantId} and s.id = ${shiftId} order by r.n`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Everybody who holds or has booked a window of an evening. */
export async function readPromised(tx: DeliveryTx, tenantId: number, eveningId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from delivery.delivery
    where tenant_id = ${tenantId} and evening_id = ${eveningId} and state in ('held', 'booked') order by id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

export interface FirstTold {
  readonly from: number;
  readonly expectedAt: number;
}

/** What the customer of a delivery was told first; null before. Times are ms. */
export async function readFirstTold(tx: DeliveryTx, tenantId: number, id: number): Promise<FirstTold | null> {
  const { rows } = await sql<{ from: Date | null; expected: Date | null }>`
    select told_first_from as "from", told_first_expected_at as expected from delivery.delivery
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row?.from || !row.expected) return null;
  return { from: row.from.getTime(), expectedAt: row.expected.getTime() };
}

/** Live pages of these customers who were told that somebody comes and have chosen nothing. */
export async function readOpenPages(
  tx: DeliveryTx,
  tenantId: number,
  ids: readonly number[],
): Promise<{ id: number; liveKey: string }[]> {
  const { rows } = await sql<{
    id: number;
    liveKey: string;
  }>`select id, live_key as "liveKey" from delivery.delivery
    where tenant_id = ${tenantId} and id = any(${[...ids]}::bigint[]) and told_at is not null and live_key is not null
      and choice is null and arrived_at is null order by id`.execute(tx);
  return rows;
}

export async function readEveningState(tx: DeliveryTx, tenantId: number, id: number): Promise<string> {
  const { rows } = await sql<{ state: string }>`select state from delivery.evening
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  return rows[0]?.state ?? "";
}

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;

export interface PromiseRow {
  readonly id: number;
  readonly shiftId: number | null;
  readonly state: DeliveryState;
  readonly outcome: Outcome | null;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly dueAt: number;
  readonly arrivedAt: number | null;
  readonly endedAt: number | null;
  readonly toldFirstExpectedAt: number | null;
  readonly toldExpectedAt: number | null;
  readonly brokenAt: number | null;
  readonly untoldReason: string | null;
}

/** Every promise that stood when the evening began. */
export async function readPromises(
  tx: DeliveryTx,
  tenantId: number,
  eveningId: number,
): Promise<PromiseRow[]> {
  const { rows } =
    await sql<PromiseRow>`select id, shift_id as "shiftId", state, outcome, ${ms("earliest_at")} as "earliestAt",
      ${ms("latest_at")} as "latestAt", ${ms("due_at")} as "dueAt", ${ms("arrived_at")} as "arrivedAt", ${ms("ended_at")} as "endedAt",
      ${ms("told_first_expected_at")} as "toldFirstExpectedAt", ${ms("told_expected_at")} as "toldExpectedAt",
      ${ms("broken_at")} as "brokenAt", untold_reason as "untoldReason"
    from delivery.delivery where tenant_id = ${tenantId} and evening_id = ${eveningId}
      and state not in ('held', 'cancelled', 'expired') order by id`.execute(tx);
  return rows;
}

export interface RoundRow {
  readonly id: number;
  readonly state: string;
  readonly earliestAt: number;
  readonly leftAt: number | null;
  readonly backAt: number | null;
  readonly distance_m: number | null;
  /** So often its order was changed on the way. */
  readonly replans: number;
}

export async function readRounds(tx: DeliveryTx, tenantId: number, eveningId: number): Promise<RoundRow[]> {
  const { rows } =
    await sql<RoundRow>`select id, state, ${ms("earliest_at")} as "earliestAt", ${ms("left_at")} as "leftAt",
      ${ms("back_at")} as "backAt", distance_m,
      (select count(*)::int from delivery.happened h where h.tenant_id = s.tenant_id and h.evening_id = s.evening_id
        and h.shift_id = s.id and h.kind = 'replanned') as replans
    from delivery.shift s where tenant_id = ${tenantId} and evening_id = ${eveningId} order by id`.execute(
      tx,
    );
  return rows;
}

export interface SaidRow {
  readonly deliveryId: number;
  readonly kind: "told" | "late_said";
  readonly at: number;
  /** The half-hour as the log has it: two moments with a stroke between them. */
  readonly words: string;
}

/**
 * The half-hours that customers of an evening were told, in their order: only where a message was queued for the very customer at that
 * moment, so nothing is believed of the log alone.
 */
export async function readSaid(tx: DeliveryTx, tenantId: number, eveningId: number): Promise<SaidRow[]> {
  const { rows } = await sql<SaidRow>`
    select h.delivery_id as "deliveryId", h.kind, ${ms("h.at")} as at, h.words
    from delivery.happened h join delivery.delivery d on d.tenant_id = h.tenant_id and d.id = h.delivery_id
    where h.tenant_id = ${tenantId} and h.evening_id = ${eveningId} and h.kind in ('told', 'late_said')
      and exists (select from kernel.conversation v join kernel.message m on m.tenant_id = v.tenant_id and m.conversation_id = v.id
        join kernel.outbox o on o.tenant_id = m.tenant_id and o.id = m.id
        where v.tenant_id = d.tenant_id and v.contact_id = d.contact_id and m.author = 'bot' and m.purpose = ${ARRIVAL} and m.sent_at = h.at)
    order by h.id`.execute(tx);
  return rows;
}

/** Messages that wait to be sent to customers, of this purpose and queued in this time. */
export async function countQueued(
  tx: DeliveryTx,
  tenantId: number,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel.outbox
    where tenant_id = ${tenantId} and purpose = ${ARRIVAL} and due_at >= ${new Date(from)} and due_at < ${new Date(until)}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

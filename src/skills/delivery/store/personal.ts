import { type RawBuilder, sql } from "kysely";
import { type House, type PersonNumber, setTimer, type Tx } from "#kernel";
import { LivePlan } from "../plan/live-plan.ts";
import { isOpen } from "../plan/promises.ts";
import { PLACE_DAYS, PROMISES, PROMISES_DAYS, ROUNDS, ROUNDS_DAYS } from "../rules/purposes.ts";
import { FORGET } from "../rules/timer-kinds.ts";
import type { DeliveryState } from "../tables.ts";
import { forgetTiles } from "./city-maps.ts";
import { erasePhotos, forgetPhotos } from "./courier-photos.ts";
import { lockEvening, readStoredEvening, writeRounds } from "./plan-rows.ts";
import { forgetSent } from "./sent.ts";
import { type DeliveryTx, inTenant, tell } from "./tx.ts";
import { MESSAGE_DAYS } from "./webhook-messages.ts";

/** What this skill holds about persons: what was promised to whom and where, and who drives. */

const DAY_MS = 86_400_000;
/** Keys of actions: a client that repeats a call does so within days. */
const ACTION_DAYS = 14;

const told = (column: string, consequence: string): PersonNumber => ({
  column: `delivery.delivery.${column}`,
  origin: "told",
  purpose: PROMISES,
  inputs: [PROMISES],
  consequence,
  owner: "delivery",
  keepDays: PROMISES_DAYS,
});
const ofCourier = (column: string, consequence: string): PersonNumber => ({
  column: `delivery.courier.${column}`,
  origin: "told",
  purpose: ROUNDS,
  inputs: [ROUNDS],
  consequence,
  owner: "delivery",
  keepDays: ROUNDS_DAYS,
});

export const personNumbers: readonly PersonNumber[] = [
  told("latitude", "the courier finds the door; after 90 days only the quarter is kept"),
  told("longitude", "the courier finds the door; after 90 days only the quarter is kept"),
  told("service_s", "the plan leaves so much time at the door"),
  told("demand", "the plan gives the parcel to a round that has room for it"),
  told("skills", "the parcel goes with a courier who may carry it"),
  told("price_minor", "what was agreed for this window is what is asked for"),
  told("pays_percent", "the sender's statement has its share of the price"),
  told("parcels", "the courier scans and hands over so many"),
  told("attempt", "after the last attempt that was agreed the parcel goes back"),
  told("compensation_minor", "what is owed for a broken promise is paid or credited"),
  told("pickup_latitude", "the courier fetches the parcel at its sender's counter"),
  told("pickup_longitude", "the courier fetches the parcel at its sender's counter"),
  told("pickup_from_minute", "the courier comes while its sender's counter is open"),
  told("pickup_to_minute", "the courier comes while its sender's counter is open"),
  told("pickup_service_s", "the plan leaves so much time at its sender's counter"),
  ofCourier("capacity", "a new shift begins with so much room"),
  ofCourier("skills", "a new shift carries what this courier may carry"),
];

export async function exportDeliveries(
  tx: Tx,
  contactIds: readonly number[],
): Promise<Record<string, unknown>> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const deliveries = await sql`
    select sender_ref as reference, state, earliest_at as "from", latest_at as "until", address, door_note as "doorNote",
      latitude, longitude, service_s as "secondsAtTheDoor", demand, skills, price_minor as "priceMinor", currency,
      created_at as "askedAt", arrived_at as "arrivedAt", parcels, attempt, outcome, outcome_words as "outcomeWords", ended_at as "endedAt",
      told_at as "toldAt", told_from as "toldFrom", told_until as "toldUntil", late_said_at as "lateSaidAt",
      compensation_minor as "compensationMinor", choice, answer, answer_words as "answerWords", proof, code, signature,
      (select coalesce(json_agg(json_build_object('file', p.file_id, 'at', p.at) order by p.at), '[]') from delivery.photo p
        where p.tenant_id = delivery.tenant_id and p.delivery_id = delivery.id) as pictures,
      take_back as "givenBack", take_back_state as "givenBackState", take_back_why as "notTakenBecause"
    from delivery.delivery where ${isTheirs(contactIds)} order by id`.execute(tx);
  const courier = await sql`
    select c.name, c.phone, c.vehicle, c.capacity, c.skills, c.created_at as "since",
      coalesce((select json_agg(json_build_object('from', s.earliest_at, 'until', s.latest_at) order by s.earliest_at)
        from delivery.shift s where s.tenant_id = c.tenant_id and s.courier_id = c.id), '[]') as shifts,
      coalesce((select json_agg(json_build_object('weekdays', o.weekdays, 'fromMinute', o.from_minute, 'toMinute', o.to_minute,
        'from', o.from_day, 'until', o.until_day) order by o.id)
        from delivery.other_work o where o.tenant_id = c.tenant_id and o.courier_id = c.id), '[]') as "otherWork"
    from delivery.courier c where c.contact_id = any(${ids}) order by c.id`.execute(tx);
  const brought = await sql`
    select s.carrier_tenant_id as "companyId", s.delivery_id as "deliveryId", s.recipient, s.created_at as "askedAt" from delivery.sent s
    where s.contact_id = any(${ids}) order by s.created_at`.execute(tx);
  return { deliveries: deliveries.rows, broughtByOthers: brought.rows, courier: courier.rows };
}

/** By the contact, or by the conversation where an older call named nothing else. */
function isTheirs(contactIds: readonly number[]) {
  const ids = sql`${[...contactIds]}::bigint[]`;
  return sql<boolean>`(contact_id = any(${ids}) or (contact_id is null and (tenant_id, conversation_id) in
    (select v.tenant_id, v.id from kernel.conversation v where v.contact_id = any(${ids}))))`;
}

/** What remains is that a parcel was brought or not, to nobody and nowhere. What is still to come is taken back. */
export async function eraseDeliveries(tx: Tx, contactIds: readonly number[], now: number): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  // First, as whoever holds a window does: what is held meanwhile is seen below, what comes later is refused.
  await sql`select id from kernel.contact where id = any(${ids}) order by id for update`.execute(tx);
  await makeNameless(tx as DeliveryTx, isTheirs(contactIds), now);
  await forgetSent(tx as DeliveryTx, contactIds);
  await sql`delete from delivery.courier_place p using delivery.shift s, delivery.courier c where c.contact_id = any(${ids})
    and s.tenant_id = c.tenant_id and s.courier_id = c.id and p.tenant_id = s.tenant_id and p.shift_id = s.id`.execute(
    tx,
  );
  await sql`delete from delivery.other_work o using delivery.courier c where c.contact_id = any(${ids})
    and o.tenant_id = c.tenant_id and o.courier_id = c.id`.execute(tx);
  await sql`update delivery.courier set contact_id = null, name = '-', phone = '', active = false where contact_id = any(${ids})`.execute(
    tx,
  );
}

export interface SenderDelivery {
  /** Null: the carrier's own. */
  readonly senderTenantId: number | null;
  /** One of both: how the sender calls it, or its id. */
  readonly senderRef?: string | undefined;
  readonly id?: number | undefined;
}

/**
 * The sender's customer asks to be forgotten: the carrier, who knows them by an address only, forgets that.
 * @param tx in the carrier's tenant
 * @returns ids of what is nameless now
 */
export async function eraseForSender(
  tx: DeliveryTx,
  tenantId: number,
  { senderTenantId, senderRef, id }: SenderDelivery,
  now: number,
): Promise<number[]> {
  if (senderRef === undefined && id === undefined) return [];
  return makeNameless(
    tx,
    sql<boolean>`(tenant_id = ${tenantId} and sender_tenant_id is not distinct from ${senderTenantId}::int
      ${senderRef === undefined ? sql`` : sql`and sender_ref = ${senderRef} and sender_ref <> ''`}
      ${id === undefined ? sql`` : sql`and id = ${id}`})`,
    now,
  );
}

/** What is taken back by it is told as any change is: nobody waits for it. @returns their ids */
async function makeNameless(tx: DeliveryTx, which: RawBuilder<boolean>, now: number): Promise<number[]> {
  const { rows } = await sql<{ tenant_id: number; id: number; evening_id: number; state: DeliveryState }>`
    select tenant_id, id, evening_id, state from delivery.delivery where ${which} order by evening_id, id`.execute(
    tx,
  );
  const needed: number[] = [];
  for (const { tenant_id: tenantId, id, evening_id: eveningId } of rows)
    if (!(await takeOutOfRound(tx, { tenantId, id, eveningId }))) needed.push(id);
  const all = rows.map(({ id }) => id);
  const ids = sql`${all}::bigint[]`;
  await erasePhotos(tx as Tx, all);
  await sql`update delivery.delivery set contact_id = null, conversation_id = null, address = '', door_note = '', sender_ref = '',
      hold_until = null, state = case when state in ('held', 'booked', 'loaded', 'under_way') then 'cancelled' else state end,
      code = null, wrong_codes = '{}', live_key = null, choice = null, signature = null, proof_file_id = null, outcome_words = '', answer_words = '', take_back = '', take_back_why = '', grant_id = null
    where id = any(${ids})`.execute(tx);
  await sql`update delivery.happened set words = '', said_by = '' where delivery_id = any(${ids}) and words || said_by <> ''`.execute(
    tx,
  );
  await sql`update delivery.webhook_message set body = jsonb_set(body::jsonb, '{data,reference}', '""')::text
    where delivery_id = any(${ids}) and body::jsonb #>> '{data,reference}' <> ''`.execute(tx);
  // A digest of few possible addresses is nearly one.
  await sql`update delivery.action set digest = '' where delivery_id = any(${ids})`.execute(tx);
  const coarse = all.filter((id) => !needed.includes(id));
  await sql`update delivery.delivery set latitude = round(latitude::numeric, 1), longitude = round(longitude::numeric, 1)
    where id = any(${coarse}::bigint[])`.execute(tx);
  const [first] = rows;
  if (!first) return all;
  const deliveries = rows.filter(isOpen).map(({ id }) => id);
  const unannounced = all.filter((id) => !deliveries.includes(id));
  await tell(tx, first.tenant_id, { deliveries, unannounced }, now);
  return all;
}

/**
 * Without it the others come sooner, and every process reads the new version.
 * @returns false where the others' plan needs the way by it, or it is frozen: then the place stays, nobody's, until it is old
 */
async function takeOutOfRound(
  tx: DeliveryTx,
  { tenantId, id, eveningId }: { tenantId: number; id: number; eveningId: number },
): Promise<boolean> {
  const { version, state } = await lockEvening(tx, { tenantId, id: eveningId });
  const stored = await readStoredEvening(tx, tenantId, eveningId);
  const isIn = stored.deliveries.some((one) => one.id === id);
  const round = isIn && state !== "over" ? (LivePlan.of(stored)?.remove(id) ?? null) : null;
  await writeRounds(tx, { tenantId, id: eveningId, version }, round ? [round] : []);
  if (isIn && !round) return state === "over";
  await sql`update delivery.delivery set shift_id = null where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  return true;
}

/** Removes what is older than promised; comes again every day as long as something is kept. */
export async function forgetOld(house: House, tenantId: number): Promise<void> {
  const now = house.clock.now();
  const before = (days: number) => new Date(now - days * DAY_MS);
  await inTenant(house, tenantId, async (tx: DeliveryTx) => {
    const own = sql`tenant_id = ${tenantId}`;
    await sql`delete from delivery.action where ${own} and at < ${before(ACTION_DAYS)}`.execute(tx);
    await sql`delete from delivery.said_across where ${own} and at < ${before(ACTION_DAYS)}`.execute(tx);
    await sql`delete from delivery.sent where ${own} and created_at < ${before(PROMISES_DAYS)}`.execute(tx);
    await sql`update delivery.sent set recipient = '' where ${own} and recipient <> '' and created_at < ${before(PLACE_DAYS)}`.execute(
      tx,
    );
    // As long as a delivery may still change, its last message says what is news.
    await sql`delete from delivery.webhook_message m where ${own} and at < ${before(MESSAGE_DAYS)}
      and not exists (select from delivery.delivery d where d.tenant_id = m.tenant_id and d.id = m.delivery_id
        and d.latest_at >= ${before(MESSAGE_DAYS)})`.execute(tx);
    await sql`update delivery.delivery set address = '', door_note = '', outcome_words = '', take_back = '', take_back_why = '', signature = null, proof_file_id = null, coarse_at = ${new Date(now)},
        latitude = round(latitude::numeric, 2), longitude = round(longitude::numeric, 2)
      where ${own} and coarse_at is null and latest_at < ${before(PLACE_DAYS)}`.execute(tx);
    await forgetPhotos(tx, tenantId, { kept: before(PLACE_DAYS), lost: before(1) });
    await forgetTiles(tx, tenantId, before(1));
    await sql`delete from delivery.courier_place where ${own} and at < ${before(1)}`.execute(tx);
    await sql`update delivery.happened set words = '', said_by = '' where ${own} and words || said_by <> '' and heard_at < ${before(PLACE_DAYS)}`.execute(
      tx,
    );
    await sql`delete from delivery.happened where ${own} and heard_at < ${before(PROMISES_DAYS)}`.execute(tx);
    await sql`delete from delivery.delivery where ${own} and latest_at < ${before(PROMISES_DAYS)}`.execute(
      tx,
    );
    await sql`delete from delivery.evening e where ${own} and service_date < ${dateOf(now - PROMISES_DAYS * DAY_MS)}::date
      and not exists (select from delivery.delivery d where d.tenant_id = e.tenant_id and d.evening_id = e.id)`.execute(
      tx,
    );
    await sql`delete from delivery.courier c where ${own} and left_at < ${before(ROUNDS_DAYS)}
      and not exists (select from delivery.shift s where s.tenant_id = c.tenant_id and s.courier_id = c.id)`.execute(
      tx,
    );
    if (await keepsSomething(tx, own))
      await setTimer(tx, { tenantId, kind: FORGET, key: "all", dueAt: now + DAY_MS });
  });
}

/** A company that only sends keeps something too: whom it was for. */
async function keepsSomething(tx: DeliveryTx, own: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql`select 1 where exists (select from delivery.delivery where ${own})
    or exists (select from delivery.action where ${own}) or exists (select from delivery.courier where ${own} and left_at is not null)
    or exists (select from delivery.sent where ${own}) or exists (select from delivery.said_across where ${own})
    or exists (select from delivery.webhook_message where ${own})`.execute(tx);
  return rows.length > 0;
}

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

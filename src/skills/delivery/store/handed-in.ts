import { sql } from "kysely";
import { AppError } from "#kernel";
import type { SentReply } from "../api/sent.ts";
import type { Asking } from "../plan/asking.ts";
import { namesOf } from "../rules/skill-bits.ts";
import type { DeliveryState, TakeBackState } from "../tables.ts";
import { type DeliveryTx, tell } from "./tx.ts";

/** What was handed in, as whoever handed it in sees it. */

/** What a hold alone does not say. How the hand-over is proved is the sender's rule, or else the city's. */
export async function noteParcel(
  tx: DeliveryTx,
  { tenantId, id, now }: { readonly tenantId: number; readonly id: number; readonly now: number },
  { parcels, grantId }: { readonly parcels: number; readonly grantId: number | null },
): Promise<void> {
  await sql`update delivery.delivery d set parcels = ${parcels}, grant_id = coalesce(${grantId}::bigint, d.grant_id),
      proof = coalesce((select r.proof from delivery.sender_rule r where r.tenant_id = d.tenant_id
          and r.sender_tenant_id = d.sender_tenant_id), c.proof), changed_at = ${new Date(now)}
    from delivery.evening e join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    where d.tenant_id = ${tenantId} and d.id = ${id} and e.tenant_id = d.tenant_id and e.id = d.evening_id
      and d.state in ('held', 'booked')`.execute(tx);
}

/** What an earlier call made of a line. */
export interface Earlier {
  readonly id: number;
  readonly state: DeliveryState;
  readonly eveningId: number;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
  /** That it was held with; "" where it is forgotten. */
  readonly key: string;
}

const EARLIER = sql`select d.id, d.state, d.evening_id as "eveningId", (extract(epoch from d.earliest_at) * 1000)::float8 as "earliestAt",
    (extract(epoch from d.latest_at) * 1000)::float8 as "latestAt", coalesce(a.key, '') as key
  from delivery.delivery d
  left join delivery.action a on a.tenant_id = d.tenant_id and a.delivery_id = d.id and a.kind = 'hold'`;

/** What is promised or brought goes first, then the newest. @param reference not "" */
export async function earlierByReference(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  reference: string,
): Promise<Earlier | null> {
  const { rows } =
    await sql<Earlier>`${EARLIER} where d.tenant_id = ${tenantId} and d.sender_ref = ${reference}
      and d.sender_tenant_id is not distinct from ${senderTenantId ?? null}::int
    order by d.state in ('booked', 'loaded', 'under_way', 'done', 'failed') desc, d.id desc limit 1`.execute(
      tx,
    );
  return rows[0] ?? null;
}

export async function earlierByKey(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  key: string,
): Promise<Earlier | null> {
  const { rows } = await sql<Earlier>`${EARLIER} where d.tenant_id = ${tenantId} and a.key = ${key}
      and d.sender_tenant_id is not distinct from ${senderTenantId ?? null}::int`.execute(tx);
  return rows[0] ?? null;
}

const STATES: Readonly<Record<string, readonly DeliveryState[]>> = {
  open: ["held", "booked", "loaded", "under_way"],
  done: ["done"],
  failed: ["failed"],
  cancelled: ["cancelled", "expired"],
};

interface SentFilter {
  readonly q?: string | undefined;
  /** Found by what only the sender knows: whom it is for. */
  readonly named?: readonly number[] | undefined;
  readonly state?: keyof typeof STATES | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

interface Row {
  id: number;
  city_id: number;
  evening_id: number;
  sender_tenant_id: number | null;
  sender_ref: string;
  recipient: string | null;
  contact_id: number | null;
  conversation_id: number | null;
  address: string;
  door_note: string;
  skills: number;
  parcels: number;
  time_zone: string;
  earliest_at: Date;
  latest_at: Date;
  state: DeliveryState;
  hold_until: Date | null;
  told_from: Date | null;
  told_until: Date | null;
  outcome: SentReply["outcome"];
  outcome_words: string;
  ended_at: Date | null;
  price_minor: number;
  compensation_minor: number;
  currency: string;
  take_back: string;
  take_back_state: TakeBackState | null;
  take_back_why: string;
}

type Sent = Omit<SentReply, "senderName"> & { readonly senderTenantId: number | null };

/** As of `ilike`: contains this text. */
export const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The newest first. */
export async function listSent(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  { q, named = [], state, before, limit }: SentFilter,
): Promise<Sent[]> {
  const like = q && likeOf(q);
  const { rows } = await sql<Row>`
    select d.id, e.city_id, d.evening_id, d.sender_tenant_id, d.sender_ref, k.name as recipient, d.contact_id, d.conversation_id, d.address,
      d.door_note, d.skills, d.parcels, c.time_zone, d.earliest_at, d.latest_at, d.state, d.hold_until, d.told_from, d.told_until,
      d.outcome, d.outcome_words, d.ended_at, d.price_minor, d.compensation_minor, d.currency, d.take_back,
      d.take_back_state, d.take_back_why
    from delivery.delivery d
    join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
    join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
    left join kernel.contact k on k.tenant_id = d.tenant_id and k.id = d.contact_id
    where d.tenant_id = ${tenantId}
      ${senderTenantId === undefined ? sql`` : sql`and d.sender_tenant_id = ${senderTenantId}`}
      ${state === undefined ? sql`` : sql`and d.state = any(${[...(STATES[state] ?? [])]}::text[])`}
      ${before === undefined ? sql`` : sql`and d.id < ${before}`}
      ${like ? sql`and (d.sender_ref ilike ${like} or d.address ilike ${like} or k.name ilike ${like} or d.id = any(${[...named]}::bigint[]))` : sql``}
    order by d.id desc limit ${limit}`.execute(tx);
  return rows.map(toSent);
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function toSent(row: Row): Sent {
  return {
    id: row.id,
    cityId: row.city_id,
    eveningId: row.evening_id,
    senderTenantId: row.sender_tenant_id,
    senderReference: row.sender_ref,
    recipient: row.recipient ?? "",
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    address: row.address,
    doorNote: row.door_note,
    skills: namesOf(row.skills),
    parcels: row.parcels,
    timeZone: row.time_zone,
    earliestAt: row.earliest_at.toISOString(),
    latestAt: row.latest_at.toISOString(),
    state: row.state,
    holdUntil: iso(row.hold_until),
    toldFrom: iso(row.told_from),
    toldUntil: iso(row.told_until),
    outcome: row.outcome,
    outcomeWords: row.outcome_words,
    endedAt: iso(row.ended_at),
    priceMinor: row.price_minor,
    compensationMinor: row.compensation_minor,
    currency: row.currency,
    takeBack:
      row.take_back_state === null
        ? null
        : { what: row.take_back, state: row.take_back_state, why: row.take_back_why },
  };
}

/** It is with its sender. @throws AppError not_found; rule_broken: no courier brought it to the depot */
export async function markReturned(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  { id, now }: { readonly id: number; readonly now: number },
): Promise<void> {
  const { rows } = await sql<{
    state: TakeBackState | null;
  }>`select take_back_state as state from delivery.delivery
    where tenant_id = ${tenantId} and id = ${id}
      ${senderTenantId === undefined ? sql`` : sql`and sender_tenant_id = ${senderTenantId}`} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such delivery.");
  if (row.state === "returned") return;
  if (row.state !== "at_depot" && row.state !== "taken")
    throw new AppError("rule_broken", "Nothing was taken along from this door.");
  await sql`update delivery.delivery set take_back_state = 'returned', changed_at = ${new Date(now)}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await tell(tx, tenantId, { deliveries: [id] }, now);
}

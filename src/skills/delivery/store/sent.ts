import { sql } from "kysely";
import { samePartyAs } from "#kernel";
import { ARRIVAL } from "../rules/purposes.ts";
import { FORGET_ACROSS } from "../rules/timer-kinds.ts";
import type { Reach } from "./reach.ts";
import { forgetDaily } from "./timers.ts";
import type { DeliveryTx } from "./tx.ts";

/** What a sender keeps of deliveries that another company brings. Every transaction is the sender's. */

export interface SentTo {
  readonly senderId: number;
  readonly carrierId: number;
  /** At the carrier. */
  readonly deliveryId: number;
}

interface Whom {
  readonly contactId: number | null;
  readonly conversationId: number | null;
  /** As it stands on the parcel; "" where the contact's name does. */
  readonly recipient?: string;
  readonly now: number;
}

/** Whom it is for; the same again changes nothing. */
export async function keepSent(
  tx: DeliveryTx,
  { senderId, carrierId, deliveryId }: SentTo,
  { contactId, conversationId, recipient = "", now }: Whom,
): Promise<void> {
  await sql`insert into delivery.sent (tenant_id, carrier_tenant_id, delivery_id, contact_id, conversation_id, recipient, created_at)
    values (${senderId}, ${carrierId}, ${deliveryId}, ${contactId}, ${conversationId}, ${recipient}, ${new Date(now)})
    on conflict do nothing`.execute(tx);
  await forgetDaily(tx, senderId, now);
}

/** The next attempt is for whom the one before was. */
export async function sendOn(
  tx: DeliveryTx,
  { senderId, carrierId, deliveryId }: SentTo,
  nextId: number,
): Promise<void> {
  await sql`insert into delivery.sent (tenant_id, carrier_tenant_id, delivery_id, contact_id, conversation_id, recipient, created_at)
    select tenant_id, carrier_tenant_id, ${nextId}, contact_id, conversation_id, recipient, created_at from delivery.sent
    where tenant_id = ${senderId} and carrier_tenant_id = ${carrierId} and delivery_id = ${deliveryId}
    on conflict do nothing`.execute(tx);
}

/** How the sender's customer is reached; as `reachOf`, by the sender's own rows. @returns null where nobody is kept for it */
export async function reachOfSent(
  tx: DeliveryTx,
  { senderId, carrierId, deliveryId }: SentTo,
  now: number,
): Promise<Reach | null> {
  const { rows } = await sql<Reach>`
    select s.delivery_id as "deliveryId", v.id as "conversationId", h.kind as "channelKind", coalesce(v.language, c.language) as language,
      g.id as "grantId", m.id as "messageId"
    from delivery.sent s
    left join kernel.conversation v on v.tenant_id = s.tenant_id and v.id = s.conversation_id
    left join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    left join kernel.contact c on c.tenant_id = s.tenant_id and c.id = coalesce(v.contact_id, s.contact_id)
    left join lateral (select k.id from kernel.consent_grant k
      where k.tenant_id = s.tenant_id and k.contact_id = c.id and k.purpose = ${ARRIVAL} and k.withdrawn_at is null
        and (k.expires_at is null or k.expires_at > ${new Date(now)})
      order by (k.channel_id = v.channel_id) desc nulls last, k.id desc limit 1) g on true
    left join lateral (select k.id from kernel.message k
      where k.tenant_id = v.tenant_id and k.conversation_id = v.id and k.author = 'customer' order by k.sent_at desc, k.id desc limit 1) m on true
    where s.tenant_id = ${senderId} and s.carrier_tenant_id = ${carrierId} and s.delivery_id = ${deliveryId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** @returns false where it was said before */
export async function sayOnce(
  tx: DeliveryTx,
  { senderId, reference, now }: { senderId: number; reference: string; now: number },
): Promise<boolean> {
  const { rows } = await sql`insert into delivery.said_across (tenant_id, reference, at)
    values (${senderId}, ${reference}, ${new Date(now)}) on conflict do nothing returning reference`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Whether a delivery is for this person of the sender, or for who is the same person. */
export async function isSentTo(tx: DeliveryTx, sent: SentTo, contactId: number): Promise<boolean> {
  const person = await samePartyAs(tx, sent.senderId, contactId);
  const { rows } = await sql`select 1 from delivery.sent where tenant_id = ${sent.senderId}
    and carrier_tenant_id = ${sent.carrierId} and delivery_id = ${sent.deliveryId} and contact_id = any(${person}::bigint[])`.execute(
    tx,
  );
  return rows.length > 0;
}

const OF_A_PERSON_MOST = 200;

/** The last ones that this carrier brought to a person. */
export async function idsSentTo(
  tx: DeliveryTx,
  { senderId, carrierId }: Omit<SentTo, "deliveryId">,
  person: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select delivery_id as id from delivery.sent
    where tenant_id = ${senderId} and carrier_tenant_id = ${carrierId} and contact_id = any(${[...person]}::bigint[])
    order by delivery_id desc limit ${OF_A_PERSON_MOST}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** The last ones of a conversation. */
export async function idsSentBy(
  tx: DeliveryTx,
  { senderId, carrierId }: Omit<SentTo, "deliveryId">,
  conversationId: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select delivery_id as id from delivery.sent
    where tenant_id = ${senderId} and carrier_tenant_id = ${carrierId} and conversation_id = ${conversationId}
    order by delivery_id desc limit 20`.execute(tx);
  return rows.map(({ id }) => id);
}

type OfCarrier = Omit<SentTo, "deliveryId">;

/** Names for labels and lists; the carrier has none of them. */
export async function recipientsOf(
  tx: DeliveryTx,
  { senderId, carrierId }: OfCarrier,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select s.delivery_id as id, coalesce(nullif(s.recipient, ''), k.name, '') as name from delivery.sent s
    left join kernel.contact k on k.tenant_id = s.tenant_id and k.id = s.contact_id
    where s.tenant_id = ${senderId} and s.carrier_tenant_id = ${carrierId} and s.delivery_id = any(${[...ids]}::bigint[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const NAMED_MOST = 500;

/** The last ones for a person of this name. @param like a pattern, as of `ilike` */
export async function idsNamed(
  tx: DeliveryTx,
  { senderId, carrierId }: OfCarrier,
  like: string,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select s.delivery_id as id from delivery.sent s
    left join kernel.contact k on k.tenant_id = s.tenant_id and k.id = s.contact_id
    where s.tenant_id = ${senderId} and s.carrier_tenant_id = ${carrierId} and (s.recipient ilike ${like} or k.name ilike ${like})
    order by s.delivery_id desc limit ${NAMED_MOST}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Whom these were for is forgotten here as the carrier has forgotten where. */
export async function forgetWhom(
  tx: DeliveryTx,
  { senderId, carrierId }: OfCarrier,
  ids: readonly number[],
): Promise<void> {
  await sql`delete from delivery.sent where tenant_id = ${senderId} and carrier_tenant_id = ${carrierId}
    and delivery_id = any(${[...ids]}::bigint[])`.execute(tx);
}

/** @param tx the carrier's. @returns those of them that are held and not booked */
export async function heldOf(tx: DeliveryTx, carrierId: number, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from delivery.delivery
    where tenant_id = ${carrierId} and id = any(${[...ids]}::bigint[]) and state = 'held'`.execute(tx);
  return rows.map(({ id }) => id);
}

/** @param tx the carrier's. @returns how many of them are booked and still to come */
export async function bookedOf(
  tx: DeliveryTx,
  carrierId: number,
  { ids, now }: { readonly ids: readonly number[]; readonly now: number },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from delivery.delivery
    where tenant_id = ${carrierId} and id = any(${[...ids]}::bigint[]) and state in ('booked', 'loaded', 'under_way')
      and latest_at > ${new Date(now)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Who is erased here is forgotten by who drove, too: a timer asks each carrier, as soon as the caller's transaction stands. */
export async function forgetSent(tx: DeliveryTx, contactIds: readonly number[]): Promise<void> {
  await sql`with gone as (delete from delivery.sent where contact_id = any(${[...contactIds]}::bigint[])
      returning tenant_id, carrier_tenant_id, delivery_id)
    insert into kernel.timer (tenant_id, kind, key, due_at, payload)
      select tenant_id, ${FORGET_ACROSS}, carrier_tenant_id || ' ' || delivery_id, '-infinity',
        jsonb_build_object('carrierId', carrier_tenant_id, 'deliveryId', delivery_id) from gone
    on conflict (tenant_id, kind, key) do nothing`.execute(tx);
}

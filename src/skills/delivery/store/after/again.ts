import { sql } from "kysely";
import { AppError, type House } from "#kernel";
import type { ChosenWindow, Delivery, Offers, Promises } from "../../plan/promises.ts";
import { nextStep } from "../../rules/hand-over.ts";
import { readDelivery } from "../deliveries.ts";
import { type LiveDelivery, readLive } from "../live.ts";
import { sendOn } from "../sent.ts";
import { type DeliveryTx, inTenant } from "../tx.ts";

/** Another attempt after a vain one: a new promise that counts as the next of the same parcel. */

/** What an attempt is about, to look for windows with. */
const wishOf = ({ cityId, place, service_s, demand, skills, pickup }: LiveDelivery) => ({
  cityId,
  place,
  service_s,
  demand,
  skills,
  // What nobody fetched still lies at its sender's counter.
  ...(pickup !== null && { pickup }),
});

/** May the customer choose another window, after how this attempt ended? */
export function mayTryAgain(one: LiveDelivery): boolean {
  return one.state === "failed" && nextStep(one, one.rule) === "another_window";
}

export async function windowsAgain(promises: Promises, tenantId: number, one: LiveDelivery): Promise<Offers> {
  return promises.windows(tenantId, wishOf(one));
}

export type Again =
  | { readonly booked: Delivery }
  | { readonly gone: Offers }
  /** It did not end so that another attempt follows. */
  | { readonly impossible: true };

interface Wanted {
  readonly tenantId: number;
  readonly deliveryId: number;
  readonly window: ChosenWindow;
}

/**
 * Holds and books the window for the next attempt; chosen once more, that attempt is moved. May be repeated, also after it was
 * cut off anywhere: its key is the attempt before.
 */
export async function tryAgain(house: House, promises: Promises, wanted: Wanted): Promise<Again> {
  const { tenantId, deliveryId, window } = wanted;
  const former = await inTenant(house, tenantId, (tx) => readLive(tx, tenantId, deliveryId));
  if (!former || !mayTryAgain(former)) return { impossible: true };
  const standing = former.nextId;
  if (standing !== null) {
    const moved = await promises.change(tenantId, standing, window);
    if ("gone" in moved) return moved;
    return "changed" in moved ? { booked: moved.changed } : { impossible: true };
  }
  const tries = await inTenant(house, tenantId, (tx) => attemptsAfter(tx, tenantId, deliveryId));
  const held = await promises.hold(tenantId, wishOf(former), window, {
    key: `again ${deliveryId} ${tries} ${window.eveningId} ${window.earliestAt}`,
    address: former.address,
    doorNote: former.doorNote,
    ...(former.senderTenantId !== null && { senderTenantId: former.senderTenantId }),
    ...(former.contactId !== null && { contactId: former.contactId }),
    ...(former.conversationId !== null && { conversationId: former.conversationId }),
    senderRef: former.senderRef,
  });
  if ("gone" in held) return held;
  const next = heldOf(held);
  if (!next) return { impossible: true };
  await inTenant(house, tenantId, (tx) => followOn(tx, tenantId, { formerId: deliveryId, id: next.id }));
  const { senderTenantId: senderId } = former;
  if (senderId !== null) {
    const sent = { senderId, carrierId: tenantId, deliveryId };
    await inTenant(house, senderId, (tx) => sendOn(tx, sent, next.id));
  }
  const booked = await promises.book(tenantId, next.id);
  if ("gone" in booked) return booked;
  if (!("booked" in booked)) return { impossible: true };
  return { booked: await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, next.id)) };
}

const heldOf = (answer: object): Delivery | null => {
  const { held, booked } = answer as { held?: Delivery; booked?: Delivery };
  return held ?? booked ?? null;
};

/** Attempts after this one that came to nothing: each has a key of its own. */
async function attemptsAfter(tx: DeliveryTx, tenantId: number, id: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from delivery.delivery
    where tenant_id = ${tenantId} and former_id = ${id}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/**
 * The next attempt is of the same parcel and the same customer, and the customer's page goes on with it.
 * @throws AppError conflict when another attempt was quicker
 */
async function followOn(
  tx: DeliveryTx,
  tenantId: number,
  { formerId, id }: { formerId: number; id: number },
): Promise<void> {
  const locked = await sql<{ live_key: string | null }>`select live_key from delivery.delivery
    where tenant_id = ${tenantId} and id = ${formerId} for update`.execute(tx);
  const others =
    await sql`select 1 from delivery.delivery where tenant_id = ${tenantId} and former_id = ${formerId}
    and id <> ${id} and state not in ('cancelled', 'expired')`.execute(tx);
  if (others.rows.length > 0) throw new AppError("conflict", "Another window was chosen meanwhile.");
  const liveKey = locked.rows[0]?.live_key ?? null;
  await sql`update delivery.delivery n set former_id = f.id, attempt = least(5, f.attempt + 1), contact_id = f.contact_id,
      conversation_id = f.conversation_id, grant_id = f.grant_id, parcels = f.parcels, proof = f.proof,
      take_back = case when f.take_back_state = 'asked' then f.take_back else '' end,
      take_back_state = case when f.take_back_state = 'asked' then 'asked' end,
      live_key = coalesce(${liveKey}, n.live_key)
    from delivery.delivery f
    where n.tenant_id = ${tenantId} and n.id = ${id} and f.tenant_id = n.tenant_id and f.id = ${formerId}`.execute(
    tx,
  );
  await sql`update delivery.delivery set live_key = null where tenant_id = ${tenantId} and id = ${formerId}`.execute(
    tx,
  );
}

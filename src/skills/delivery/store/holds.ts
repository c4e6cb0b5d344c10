import { sql } from "kysely";
import { AppError, personOf } from "#kernel";
import type { Delivery } from "../plan/promises.ts";
import { BOOKINGS_A_PERSON_MOST, HOLDS_A_SENDER_MOST } from "../rules/limits.ts";
import { readDelivery } from "./deliveries.ts";
import type { DeliveryTx } from "./tx.ts";

/** Who may hold how much. */

/** The window that a conversation holds and has not booked: there is one at most. */
export async function openHold(
  tx: DeliveryTx,
  tenantId: number,
  conversationId: number,
): Promise<Delivery | null> {
  const { rows } = await sql<{ id: number }>`select id from delivery.delivery
    where tenant_id = ${tenantId} and conversation_id = ${conversationId} and state = 'held'`.execute(tx);
  const [row] = rows;
  return row ? readDelivery(tx, tenantId, row.id) : null;
}

/**
 * Before any evening is locked: whoever erases the contact locks in the same order, and nothing is held for them after it.
 * @throws AppError not_found
 */
export async function lockContact(tx: DeliveryTx, tenantId: number, contactId: number): Promise<void> {
  const { rows } = await sql`select id from kernel.contact
    where tenant_id = ${tenantId} and id = ${contactId} and erased_at is null for key share`.execute(tx);
  if (rows.length === 0) throw new AppError("not_found", "There is no such contact.");
}

interface Asking {
  readonly contactId: number | undefined;
  /** Another company than the carrier. */
  readonly senderTenantId: number | undefined;
  /** The delivery whose place the new one takes. */
  readonly insteadOf: number | undefined;
  readonly now: number;
}

/** @throws AppError rule_broken */
export async function refuseTooMany(
  tx: DeliveryTx,
  tenantId: number,
  { contactId, senderTenantId, insteadOf = 0, now }: Asking,
): Promise<void> {
  if (contactId !== undefined) {
    const person = await personOf(tx, tenantId, contactId);
    const { rows } = await sql`select 1 from delivery.delivery
      where tenant_id = ${tenantId} and contact_id = any(${person}::bigint[]) and id <> ${insteadOf}
        and state in ('held', 'booked', 'loaded', 'under_way') and latest_at > ${new Date(now)}
      limit ${BOOKINGS_A_PERSON_MOST}`.execute(tx);
    if (rows.length >= BOOKINGS_A_PERSON_MOST)
      throw new AppError("rule_broken", `This contact has ${rows.length} open deliveries; no more are held.`);
  }
  if (senderTenantId === undefined) return;
  const { rows } = await sql`select 1 from delivery.delivery
    where tenant_id = ${tenantId} and sender_tenant_id = ${senderTenantId} and state = 'held'
    limit ${HOLDS_A_SENDER_MOST}`.execute(tx);
  if (rows.length >= HOLDS_A_SENDER_MOST)
    throw new AppError(
      "rule_broken",
      `You hold ${rows.length} windows; book some of them or give them back.`,
    );
}

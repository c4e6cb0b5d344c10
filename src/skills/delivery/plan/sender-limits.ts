import { AppError, type House, samePartyAs } from "#kernel";
import { BOOKINGS_A_PERSON_MOST } from "../rules/limits.ts";
import { bookedOf, idsSentTo } from "../store/sent.ts";
import { inTenant } from "../store/tx.ts";

/**
 * How much one person of a sender may have open: who it is knows the sender alone, so it is counted before the carrier is asked.
 * What the person holds and has not booked does not count: the next hold takes its place.
 * @throws AppError rule_broken
 */
export async function refuseTooManySent(
  house: House,
  of: { readonly senderId: number; readonly carrierId: number },
  contactId: number,
): Promise<void> {
  const { senderId, carrierId } = of;
  const ids = await inTenant(house, senderId, async (tx) =>
    idsSentTo(tx, of, await samePartyAs(tx, senderId, contactId)),
  );
  const now = house.clock.now();
  const open = await inTenant(house, carrierId, (tx) => bookedOf(tx, carrierId, { ids, now }));
  if (open >= BOOKINGS_A_PERSON_MOST)
    throw new AppError("rule_broken", `This contact has ${open} open deliveries; no more are held.`);
}

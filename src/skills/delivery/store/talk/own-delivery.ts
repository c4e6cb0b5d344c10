import { AppError, type House, samePartyAs, type Turn } from "#kernel";
import type { Outcome } from "../../flows/outcome.ts";
import type { Talk, TalkCall } from "../../flows/talk.ts";
import type { Delivery } from "../../plan/promises.ts";
import { readDelivery } from "../deliveries.ts";
import { isSentTo } from "../sent.ts";
import { inTenant } from "../tx.ts";
import type { TalkOutside } from "./outside.ts";
import type { Served } from "./served.ts";

/** What a turn's work is done with, and for whom. */

export interface Acting {
  readonly house: House;
  readonly outside: TalkOutside;
  readonly served: Served;
  readonly turn: Turn;
  readonly call: TalkCall;
}

export interface Acted {
  readonly outcome: Outcome;
  /** With what was found out. */
  readonly talk: Talk;
}

/**
 * By the contact, with who is the same person and writes in the same name; where another company drives, by what the sender keeps.
 * @returns null for one of somebody else, or none
 */
export async function ownDelivery({ house, served, turn }: Acting, id: number): Promise<Delivery | null> {
  const { carrierId, senderId } = served;
  if (senderId !== null) {
    const isTheirs = await inTenant(house, senderId, (tx) =>
      isSentTo(tx, { senderId, carrierId, deliveryId: id }, turn.contact.id),
    );
    return isTheirs ? known(house, carrierId, id) : null;
  }
  const delivery = await known(house, carrierId, id);
  if (!delivery || delivery.contactId === null) return null;
  const person = await inTenant(house, carrierId, (tx) => samePartyAs(tx, carrierId, turn.contact.id));
  return person.includes(delivery.contactId) ? delivery : null;
}

function known(house: House, carrierId: number, id: number): Promise<Delivery | null> {
  return inTenant(house, carrierId, (tx) => readDelivery(tx, carrierId, id)).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
}

import { type Actor, AppError, type House } from "#kernel";
import { customerFor, grantArrival, type NamedCustomer } from "../store/customers.ts";
import { needCustomer } from "../store/deliveries.ts";
import { noteParcel } from "../store/handed-in.ts";
import { keepSent } from "../store/sent.ts";
import { inTenant } from "../store/tx.ts";
import { type Asking, asking, keyOf } from "./asking.ts";
import { type ChosenWindow, type Coordinates, heldDelivery, type Promises } from "./promises.ts";
import type { Room } from "./room.ts";
import { refuseTooManySent } from "./sender-limits.ts";

/** Staff hand a parcel in: who it is for, what it is, and a window that is held. */

export interface HandedIn {
  readonly key: string;
  readonly carrierId?: number | undefined;
  readonly cityId: number;
  readonly place: Coordinates;
  readonly address: string;
  readonly window: ChosenWindow;
  readonly senderReference: string;
  readonly parcels: number;
  readonly demand?: number | undefined;
  /** Bits. */
  readonly skills: number;
  readonly doorNote: string;
  readonly conversationId?: number | undefined;
  readonly customer?: NamedCustomer | undefined;
  readonly consent?: { readonly evidence: string } | undefined;
}

/** A call that is repeated is answered by what became of it: booked since, or taken back. */
type Answer = Awaited<ReturnType<Promises["hold"]>> & {
  readonly contactId: number | null;
  readonly isToldOf: boolean;
};

/**
 * May be repeated with its key: then nothing is made a second time. A sender's customer stays the sender's: of a parcel that
 * another company brings, the name for its label is kept with the sender. Of an own parcel a name without number and address
 * stands before the address, since there is no contact to have it.
 * @throws AppError as `Promises.hold`
 */
export async function handIn({ house, room }: In, actor: Actor, given: HandedIn): Promise<Answer> {
  const who = await asking(house, actor, given.carrierId);
  const isOwn = who.senderTenantId === undefined;
  const person = await whoIsIt(house, actor, given);
  if (who.senderTenantId !== undefined && person.contactId !== null)
    await refuseTooManySent(
      house,
      { senderId: who.senderTenantId, carrierId: who.tenantId },
      person.contactId,
    );
  const { cityId, place, parcels, skills, window, doorNote } = given;
  const wish = { cityId, place, demand: given.demand ?? parcels, skills };
  const name = given.customer?.name ?? "";
  const hasNobody = isOwn && person.contactId === null;
  const answer = await room.promises.hold(who.tenantId, wish, window, {
    key: keyOf(actor, given.key),
    address: hasNobody && name !== "" ? `${name}, ${given.address}`.slice(0, 300) : given.address,
    doorNote,
    senderRef: given.senderReference,
    contactId: isOwn ? (person.contactId ?? undefined) : undefined,
    conversationId: isOwn ? given.conversationId : undefined,
    senderTenantId: who.senderTenantId,
  });
  if ("gone" in answer) return { ...answer, contactId: person.contactId, isToldOf: false };
  const { id } = heldDelivery(answer);
  await note(house, who, { id, parcels, grantId: isOwn ? person.grantId : null });
  if (who.senderTenantId !== undefined) {
    const { contactId } = person;
    const sent = { senderId: who.senderTenantId, carrierId: who.tenantId, deliveryId: id };
    const { conversationId = null } = given;
    const whom = { contactId, conversationId, recipient: name, now: house.clock.now() };
    await inTenant(house, sent.senderId, (tx) => keepSent(tx, sent, whom));
  }
  return { ...answer, contactId: person.contactId, isToldOf: person.grantId !== null };
}

export interface In {
  readonly house: House;
  readonly room: Room;
}

function note(
  house: House,
  { tenantId }: Asking,
  { id, parcels, grantId }: { id: number; parcels: number; grantId: number | null },
): Promise<void> {
  const now = house.clock.now();
  return inTenant(house, tenantId, (tx) => noteParcel(tx, { tenantId, id, now }, { parcels, grantId }));
}

interface Person {
  readonly contactId: number | null;
  readonly grantId: number | null;
}

/** In the company that hands in: its customer, and what that customer agreed to. */
async function whoIsIt(
  house: House,
  { tenantId, staffId, name: staffName }: Actor,
  given: HandedIn,
): Promise<Person> {
  const { customer, conversationId, consent } = given;
  const now = house.clock.now();
  const { language } = await house.profile(tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const contactId =
      conversationId === undefined
        ? customer
          ? await customerFor(tx, tenantId, customer, now)
          : null
        : ((await needCustomer(tx, tenantId, { conversationId })) ?? null);
    if (!consent) return { contactId, grantId: null };
    if (contactId === null)
      throw new AppError("bad_request", undefined, [
        { path: "consent", message: "Nobody can be told: give a number, a mail address or a conversation." },
      ]);
    const agreed = {
      contactId,
      conversationId,
      language: customer?.language ?? language,
      evidence: { by: staffId, name: staffName, where: consent.evidence, reference: given.senderReference },
    };
    return { contactId, grantId: await grantArrival(tx, tenantId, agreed, now) };
  });
}

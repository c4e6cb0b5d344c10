import type { AnswerReply, DeliveryReply, OffersReply } from "../api/deliveries.ts";
import type { Delivery, Gone, OfferedWindow, Offers, PickUp, Refusal, TooLate } from "../plan/promises.ts";
import { namesOf } from "../rules/skill-bits.ts";

/** What the rooms say, in the words of the contracts. */

const iso = (ms: number): string => new Date(ms).toISOString();

export function shownDelivery(one: Delivery): DeliveryReply {
  return {
    id: one.id,
    senderReference: one.senderRef,
    contactId: one.contactId,
    conversationId: one.conversationId,
    cityId: one.cityId,
    eveningId: one.eveningId,
    earliestAt: iso(one.earliestAt),
    latestAt: iso(one.latestAt),
    place: one.place,
    address: one.address,
    doorNote: one.doorNote,
    serviceSeconds: one.service_s,
    demand: one.demand,
    skills: namesOf(one.skills),
    pickup: one.pickup && shownPickUp(one.pickup),
    state: one.state,
    holdUntil: one.holdUntil === null ? null : iso(one.holdUntil),
    shiftId: one.shiftId,
    priceMinor: one.priceMinor,
    currency: one.currency,
  };
}

const shownPickUp = ({ service_s, ...rest }: PickUp) => ({ ...rest, serviceSeconds: service_s });

const shownWindow = (one: OfferedWindow): OffersReply["windows"][number] => ({
  eveningId: one.eveningId,
  earliestAt: iso(one.earliestAt),
  latestAt: iso(one.latestAt),
  priceMinor: one.priceMinor,
  currency: one.currency,
  extraSeconds: one.cost_s,
});

function shownRefusal(refusal: Refusal): OffersReply["refusal"] {
  switch (refusal.reason) {
    case "outside": {
      const { reason, nearest, distance_m } = refusal;
      return { reason, nearest, distanceMetres: distance_m };
    }
    case "not_carried":
      return { reason: refusal.reason, missing: [...refusal.missing] };
    default:
      return refusal;
  }
}

export function shownOffers(cityId: number, { windows, refusal }: Offers): OffersReply {
  return { cityId, windows: windows.map(shownWindow), refusal: refusal && shownRefusal(refusal) };
}

type Done =
  | { readonly held: Delivery }
  | { readonly booked: Delivery }
  | { readonly changed: Delivery }
  | { readonly cancelled: Delivery };

/** @param cityId of the windows that are offered instead */
export function shownAnswer(cityId: number, answer: Done | Gone | TooLate): AnswerReply {
  if ("gone" in answer) return { outcome: "gone", delivery: null, instead: shownOffers(cityId, answer.gone) };
  if ("tooLate" in answer)
    return { outcome: "too_late", delivery: shownDelivery(answer.tooLate), instead: null };
  const [[outcome, delivery]] = Object.entries(answer) as [[AnswerReply["outcome"], Delivery]];
  return { outcome, delivery: shownDelivery(delivery), instead: null };
}

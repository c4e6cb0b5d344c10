import type { DeliveryState } from "../tables.ts";

/** What conversation, API and checkout ask of this room: which windows are certain, and to hold, book, change and cancel one. */

/** Degrees, WGS 84. */
export interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

/** Where a parcel lies, if not at the depot: a sender's counter. The round that brings it fetches it before. */
export interface PickUp {
  readonly place: Coordinates;
  /** As the courier knows it, e.g. the shop's name; 1 to 120 characters. */
  readonly name: string;
  /** When the counter is open: minutes of the city's clock on the evening's day; 1440 and more is the next morning. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Seconds at the counter. */
  readonly service_s: number;
}

/** What shall be brought. */
export interface Wish {
  readonly cityId: number;
  readonly place: Coordinates;
  /** Seconds at the door; without it the city's. */
  readonly service_s?: number | undefined;
  /** Of a courier's capacity; without it 1. */
  readonly demand?: number | undefined;
  /** Bits: 1 cold, 2 age check, 4 fragile; without it 0. */
  readonly skills?: number | undefined;
  /** Without it the parcel lies at the depot. */
  readonly pickup?: PickUp | undefined;
  /** Days from today on, 1 to 61; without it 7. */
  readonly days?: number | undefined;
}

/** A window of an evening. Times are ms. */
export interface ChosenWindow {
  readonly eveningId: number;
  readonly earliestAt: number;
  readonly latestAt: number;
}

/** Certain at this moment: the plan has a place for it. */
export interface OfferedWindow extends ChosenWindow {
  readonly priceMinor: number;
  readonly currency: string;
  /** Seconds under way that it adds to the plan: the cheapest is the one that drives least. */
  readonly cost_s: number;
}

/** Why there is no window, and what would work. */
export type Refusal =
  | { readonly reason: "outside"; readonly nearest: Coordinates; readonly distance_m: number }
  | { readonly reason: "too_much"; readonly most: number }
  | { readonly reason: "not_carried"; readonly missing: readonly ("cold" | "age_check" | "fragile")[] }
  /** No round is planned in these days; the next one is, or null. */
  | { readonly reason: "no_round"; readonly nextDate: string | null }
  /** Every window up to this day is taken: the last evening that was looked at. */
  | { readonly reason: "full"; readonly untilDate: string };

export interface Offers {
  /** In order of time. */
  readonly windows: readonly OfferedWindow[];
  /** The last day with rounds whose windows may still be chosen, however far ahead and whether they are free or not. */
  readonly lastDate: string | null;
  /** Null when there are windows. */
  readonly refusal: Refusal | null;
}

export interface Delivery {
  readonly id: number;
  readonly senderTenantId: number | null;
  readonly senderRef: string;
  readonly contactId: number | null;
  readonly conversationId: number | null;
  readonly cityId: number;
  readonly eveningId: number;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly place: Coordinates;
  readonly address: string;
  readonly doorNote: string;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  readonly pickup: PickUp | null;
  readonly state: DeliveryState;
  readonly holdUntil: number | null;
  readonly shiftId: number | null;
  readonly priceMinor: number;
  readonly currency: string;
}

const OPEN: readonly DeliveryState[] = ["held", "booked", "loaded", "under_way"];
/** Still to come: held, promised or on its way. */
export const isOpen = ({ state }: Pick<Delivery, "state">): boolean => OPEN.includes(state);

export interface HoldDetail {
  /** Whoever asks twice with the same key gets one delivery; 1 to 200 characters. */
  readonly key: string;
  readonly address: string;
  readonly doorNote?: string | undefined;
  readonly contactId?: number | undefined;
  readonly conversationId?: number | undefined;
  /** Needs a standing agreement with the carrier. */
  readonly senderTenantId?: number | undefined;
  readonly senderRef?: string | undefined;
}

/** The window was free no more; nothing was changed, and these are free now. */
export interface Gone {
  readonly gone: Offers;
}

/** The courier is near, it is done, or it was taken back before; nothing was changed. */
export interface TooLate {
  readonly tooLate: Delivery;
}

/**
 * Every call is one transaction of the carrier (`tenantId`), and may be repeated: with the key it was made with, and booking
 * or cancelling also without one, because done is done.
 */
export interface Promises {
  /** Out of memory: no word with the database as long as nothing changed. @throws AppError not_found: there is no such city */
  windows(tenantId: number, wish: Wish): Promise<Offers>;
  /**
   * Puts the window into the plan until it is booked or `holdUntil` is over; what the same conversation held goes out of it. The
   * same call again is answered by what became of it: booked since, over, or held anew where its time had run out.
   * @throws AppError not_found, forbidden, conflict (the key belongs to something else), rule_broken (so many are open already)
   */
  hold(
    tenantId: number,
    wish: Wish,
    window: ChosenWindow,
    detail: HoldDetail,
  ): Promise<{ readonly held: Delivery } | { readonly booked: Delivery } | Gone | TooLate>;
  /** A hold that has expired is booked all the same as long as its window is free. @throws AppError not_found, conflict */
  book(
    tenantId: number,
    deliveryId: number,
    key?: string,
  ): Promise<{ readonly booked: Delivery } | Gone | TooLate>;
  /** Another window, of the same evening or another; its old one is kept where the new one is gone. @throws AppError not_found, conflict */
  change(
    tenantId: number,
    deliveryId: number,
    window: ChosenWindow,
    key?: string,
  ): Promise<{ readonly changed: Delivery } | Gone | TooLate>;
  /** @throws AppError not_found, conflict */
  cancel(
    tenantId: number,
    deliveryId: number,
    key?: string,
  ): Promise<{ readonly cancelled: Delivery } | TooLate>;
  /** Ends a hold; what is booked meanwhile, or over, stays as it is. Repeatable. @throws AppError not_found */
  giveBack(tenantId: number, deliveryId: number): Promise<void>;
  /** Free windows for a delivery that exists, as if it were not there; out of memory. @param days as in a wish. @throws AppError not_found */
  windowsFor(tenantId: number, deliveryId: number, days?: number): Promise<Offers>;
}

/** Which delivery it is, whatever became of it since the call was made first. */
export function heldDelivery(answer: Exclude<Awaited<ReturnType<Promises["hold"]>>, Gone>): Delivery {
  if ("held" in answer) return answer.held;
  return "booked" in answer ? answer.booked : answer.tooLate;
}

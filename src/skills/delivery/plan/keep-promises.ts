import type { House } from "#kernel";
import { type Asked, digestOf, findAction, noteAction } from "../store/actions.ts";
import { giveProof, newProof } from "../store/after/hand-over-proof.ts";
import { readDelivery, updateDelivery } from "../store/deliveries.ts";
import { expireNoMore } from "../store/timers.ts";
import { type DeliveryTx, inTenant, tell } from "../store/tx.ts";
import { changeWindow } from "./change-window.ts";
import { holdAgain } from "./hold-again.ts";
import { holdWindow } from "./hold-window.ts";
import { choiceOf, offersOf, wishOf } from "./offers.ts";
import type { OpenPlans } from "./open-plans.ts";
import type { PlanBook } from "./plan-book.ts";
import type { Delivery, Promises } from "./promises.ts";
import { isFrozen, takeOut, type Within, withDelivery } from "./with-delivery.ts";

/** The promises of this process: everything that changes a plan goes through here. */
export interface PromiseKeeper extends Promises {
  /** A hold is over; nothing happens when it was booked meanwhile. Repeatable. */
  expire(tenantId: number, deliveryId: number): Promise<void>;
}

export function keepPromises(house: House, book: PlanBook): PromiseKeeper {
  const now = () => house.clock.now();
  const within = { house, book };
  return {
    async windows(tenantId, wish) {
      return offersOf(await book.city(tenantId, wish.cityId), wish, { now: now() });
    },
    hold: (tenantId, wish, window, detail) =>
      holdWindow(within, { tenantId, wish, window, detail }, (id) =>
        endHold(within, { tenantId, id }, "cancelled"),
      ),
    book: (tenantId, id, key) =>
      withDelivery(within, { tenantId, id }, (tx, plans, delivery) =>
        bookIn(tx, plans, { delivery, tenantId, key, now: now() }),
      ),
    change: (tenantId, id, window, key) => changeWindow(within, { tenantId, id, window, key }),
    cancel: (tenantId, id, key) => cancelOne(within, { tenantId, id, key }),
    async windowsFor(tenantId, id, days) {
      const moving = await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, id));
      const city = await book.city(tenantId, moving.cityId);
      return offersOf(city, { ...wishOf(moving), days }, { now: now(), moving });
    },
    giveBack: (tenantId, id) => endHold(within, { tenantId, id }, "cancelled"),
    expire: (tenantId, id) => endHold(within, { tenantId, id }, "expired"),
  };
}

interface OfOne {
  readonly tenantId: number;
  readonly id: number;
  readonly key?: string | undefined;
}

/** Of a hold and of nothing else: it may have been booked since somebody looked. It expires only once its time is over. */
function endHold(within: Within, { tenantId, id }: OfOne, state: "cancelled" | "expired"): Promise<void> {
  const now = within.house.clock.now();
  return withDelivery(within, { tenantId, id }, async (tx, plans, delivery) => {
    if (delivery.state !== "held" || (state === "expired" && (delivery.holdUntil ?? 0) > now)) return;
    await takeOut(tx, plans, { tenantId, delivery, state, now });
    await tell(tx, tenantId, { deliveries: [id], evenings: [delivery.eveningId] }, now);
  });
}

/** Taken back is taken back: the same call again changes nothing, so its key only must not be somebody else's. */
function cancelOne(within: Within, { tenantId, id, key }: OfOne): ReturnType<Promises["cancel"]> {
  const now = within.house.clock.now();
  return withDelivery(within, { tenantId, id }, async (tx, plans, delivery) => {
    const ask = askOf("cancel", { tenantId, id, key });
    const isKnown = ask !== null && (await findAction(tx, ask, id)) !== null;
    const { state, eveningId } = delivery;
    if (state === "cancelled" || state === "expired") return { cancelled: delivery };
    const isOpen = state === "held" || state === "booked" || state === "loaded";
    if (!isOpen || (await isFrozen(tx, plans, { tenantId, delivery }))) return { tooLate: delivery };
    await takeOut(tx, plans, { tenantId, delivery, state: "cancelled", now });
    if (ask && !isKnown) await noteAction(tx, ask, id, now);
    await tell(tx, tenantId, { deliveries: [id], evenings: [eveningId] }, now);
    return { cancelled: await readDelivery(tx, tenantId, id) };
  });
}

const askOf = (kind: "book" | "cancel", { tenantId, id, key }: OfOne): Asked | null =>
  key === undefined ? null : { tenantId, key, kind, digest: digestOf([id]) };

interface Booked {
  readonly delivery: Delivery;
  readonly tenantId: number;
  readonly key: string | undefined;
  readonly now: number;
}

async function bookIn(
  tx: DeliveryTx,
  plans: OpenPlans,
  { delivery, tenantId, key, now }: Booked,
): Promise<Awaited<ReturnType<Promises["book"]>>> {
  const { id, state, eveningId } = delivery;
  const ask = askOf("book", { tenantId, id, key });
  const isKnown = ask !== null && (await findAction(tx, ask, id)) !== null;
  if (state === "booked" || state === "loaded" || state === "under_way") return { booked: delivery };
  if (state !== "held" && state !== "expired") return { tooLate: delivery };
  const gone = () => ({ gone: offersOf(plans.city, wishOf(delivery), { now }) });
  if (state === "held" && !isStillHeld(plans, delivery, now)) return gone();
  let shiftId = delivery.shiftId;
  if (state === "expired") {
    shiftId = await holdAgain(tx, plans, { delivery, tenantId, now });
    if (shiftId === null) return gone();
  }
  await updateDelivery(tx, { tenantId, id, now }, { state: "booked", holdUntil: null, shiftId });
  await giveProof(tx, { tenantId, id, ...newProof() });
  await expireNoMore(tx, tenantId, id);
  if (ask && !isKnown) await noteAction(tx, ask, id, now);
  const booked = await readDelivery(tx, tenantId, id);
  await tell(tx, tenantId, { deliveries: [id], evenings: [eveningId] }, now);
  return { booked };
}

/** A hold that should be over (its timer is late) keeps its place in the plan, but counts only while its window may be chosen. */
function isStillHeld(plans: OpenPlans, delivery: Delivery, now: number): boolean {
  const evening = plans.of(delivery.eveningId);
  const isInTime = (delivery.holdUntil ?? 0) > now && now < evening.live.beginsAt;
  return isInTime || choiceOf(plans.city, evening, delivery.place, { window: delivery, now }) !== null;
}

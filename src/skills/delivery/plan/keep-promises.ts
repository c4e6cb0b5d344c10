import { AppError, type House } from "#kernel";
import { giveProof, newProof } from "../store/after/hand-over-proof.ts";
import {
  type Asked,
  findAction,
  insertHeld,
  noteAction,
  readDelivery,
  updateDelivery,
} from "../store/deliveries.ts";
import { writeRounds } from "../store/plan-rows.ts";
import { expireAt, expireNoMore, forgetDaily, improveSoon } from "../store/timers.ts";
import { type DeliveryTx, inTenant, tell } from "../store/tx.ts";
import { crossed } from "./agreement.ts";
import { changeWindow } from "./change-window.ts";
import type { CityState } from "./city-state.ts";
import { choiceOf, offersOf, parcelOf, wishOf } from "./offers.ts";
import type { OpenPlans } from "./open-plans.ts";
import type { PlanBook } from "./plan-book.ts";
import type { ChosenWindow, Delivery, HoldDetail, Promises, Wish } from "./promises.ts";
import { isFrozen, takeOut, withDelivery } from "./with-delivery.ts";

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
    async hold(tenantId, wish, window, detail) {
      const city = await book.city(tenantId, wish.cityId);
      const ask = { tenantId, key: detail.key, kind: "hold" } as const;
      const place = { tenantId, cityId: wish.cityId, eveningIds: [window.eveningId] };
      try {
        return await book.change(place, (tx, plans) =>
          holdIn(tx, plans, { ask, wish, window, detail, now: now() }),
        );
      } catch (error) {
        const known = await knownHold(house, ask);
        if (known) return { held: known };
        if (isUnknownEvening(error, city, window)) return { gone: offersOf(city, wish, { now: now() }) };
        throw error;
      }
    },
    book: (tenantId, id, key) =>
      withDelivery(within, { tenantId, id }, (tx, plans, delivery) =>
        bookIn(tx, plans, { delivery, tenantId, key, now: now() }),
      ),
    change: (tenantId, id, window, key) => changeWindow(within, { tenantId, id, window, key }),
    cancel: (tenantId, id, key) =>
      withDelivery(within, { tenantId, id }, async (tx, plans, delivery) => {
        const isRepeated = key !== undefined && (await findAction(tx, { tenantId, key, kind: "cancel" }, id));
        const { state } = delivery;
        if (isRepeated || state === "cancelled" || state === "expired") return { cancelled: delivery };
        const isOpen = state === "held" || state === "booked" || state === "loaded";
        if (!isOpen || (await isFrozen(tx, plans, { tenantId, delivery }))) return { tooLate: delivery };
        await takeOut(tx, plans, { tenantId, delivery, state: "cancelled", now: now() });
        if (key !== undefined) await noteAction(tx, { tenantId, key, kind: "cancel" }, id, now());
        await tell(tx, tenantId, { deliveries: [id], evenings: [delivery.eveningId] }, now());
        return { cancelled: await readDelivery(tx, tenantId, id) };
      }),
    async windowsFor(tenantId, id, days) {
      const moving = await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, id));
      const city = await book.city(tenantId, moving.cityId);
      return offersOf(city, { ...wishOf(moving), days }, { now: now(), moving });
    },
    expire: (tenantId, id) =>
      withDelivery(within, { tenantId, id }, async (tx, plans, delivery) => {
        if (delivery.state !== "held" || (delivery.holdUntil ?? 0) > now()) return;
        await takeOut(tx, plans, { tenantId, delivery, state: "expired", now: now() });
        await tell(tx, tenantId, { deliveries: [id], evenings: [delivery.eveningId] }, now());
      }),
  };
}

interface Holding {
  readonly ask: Asked;
  readonly wish: Wish;
  readonly window: ChosenWindow;
  readonly detail: HoldDetail;
  readonly now: number;
}

async function holdIn(
  tx: DeliveryTx,
  plans: OpenPlans,
  { ask, wish, window, detail: given, now }: Holding,
): Promise<Awaited<ReturnType<Promises["hold"]>>> {
  const { tenantId } = ask;
  const { city } = plans;
  const known = await findAction(tx, ask);
  if (known !== null) return { held: await readDelivery(tx, tenantId, known) };
  const { senderTenantId } = given;
  const isForeign = senderTenantId !== undefined && senderTenantId !== tenantId;
  const parties = { senderTenantId: senderTenantId ?? tenantId, carrierTenantId: tenantId, now };
  const detail = isForeign ? await crossed(tx, parties, given) : given;
  const evening = plans.of(window.eveningId);
  const { row } = evening;
  const parcel = parcelOf(city, wish);
  const choice = choiceOf(city, evening, wish.place, { window, now });
  const stop = choice?.plan.book(parcel, choice.span);
  if (!(choice && stop)) return { gone: offersOf(city, wish, { now }) };
  plans.trying(row.id);
  const holdUntil = Math.min(now + city.city.holdSeconds * 1_000, choice.bookableUntil);
  const id = await insertHeld(tx, tenantId, {
    senderTenantId: isForeign ? senderTenantId : null,
    senderRef: detail.senderRef ?? "",
    contactId: detail.contactId ?? null,
    conversationId: detail.conversationId ?? null,
    eveningId: row.id,
    earliestAt: window.earliestAt,
    latestAt: window.latestAt,
    dueAt: choice.span.dueAt,
    ...parcel,
    address: detail.address,
    doorNote: detail.doorNote ?? "",
    holdUntil,
    shiftId: stop.round().shiftId,
    priceMinor: choice.priceMinor,
    currency: city.city.currency,
    now,
  });
  choice.plan.name(stop.node, id);
  await writeRounds(tx, { tenantId, id: row.id, version: row.version }, [stop.round()]);
  plans.counted(row.id, choice.plan);
  await expireAt(tx, { tenantId, deliveryId: id, at: holdUntil });
  await improveSoon(tx, { tenantId, eveningId: row.id, now });
  await forgetDaily(tx, tenantId, now);
  await noteAction(tx, ask, id, now);
  const held = await readDelivery(tx, tenantId, id);
  await tell(tx, tenantId, { deliveries: [id], evenings: [row.id] }, now);
  return { held };
}

/** The same key was quicker, perhaps on another evening: then that is the answer. */
function knownHold(house: House, ask: Asked): Promise<Delivery | null> {
  return inTenant(house, ask.tenantId, async (tx) => {
    const id = await findAction(tx, ask);
    return id === null ? null : readDelivery(tx, ask.tenantId, id);
  });
}

const isUnknownEvening = (error: unknown, city: CityState, { eveningId }: ChosenWindow): boolean =>
  error instanceof AppError &&
  error.code === "not_found" &&
  !city.evenings.some(({ id }) => id === eveningId);

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
  if (key !== undefined && (await findAction(tx, { tenantId, key, kind: "book" }, id)))
    return { booked: delivery };
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
  if (key !== undefined) await noteAction(tx, { tenantId, key, kind: "book" }, id, now);
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

/** The hold was over, the customer comes back: the same window, if it is still free. @returns the round that takes it */
async function holdAgain(
  tx: DeliveryTx,
  plans: OpenPlans,
  { delivery, tenantId, now }: Omit<Booked, "key">,
): Promise<number | null> {
  const { city } = plans;
  const evening = plans.of(delivery.eveningId);
  const { row } = evening;
  const counted = { tenantId, id: row.id, version: row.version };
  const choice = choiceOf(city, evening, delivery.place, { window: delivery, now });
  if (!choice) return null;
  const { plan, span } = choice;
  if (delivery.shiftId !== null) {
    // It held the others' way together, so it stands there still.
    plan.revive(delivery.id);
    await writeRounds(tx, counted, []);
    plans.counted(row.id, plan);
    return delivery.shiftId;
  }
  const stop = plan.book(parcelOf(city, wishOf(delivery)), span);
  if (!stop) return null;
  plans.trying(row.id);
  plan.name(stop.node, delivery.id);
  const round = stop.round();
  await writeRounds(tx, counted, [round]);
  plans.counted(row.id, plan);
  await updateDelivery(tx, { tenantId, id: delivery.id, now }, { dueAt: span.dueAt });
  await improveSoon(tx, { tenantId, eveningId: row.id, now });
  return round.shiftId;
}

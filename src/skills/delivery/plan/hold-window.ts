import { AppError, type House } from "#kernel";
import { type Asked, digestOf, findAction, noteAction } from "../store/actions.ts";
import { insertHeld, readDelivery, updateDelivery } from "../store/deliveries.ts";
import { lockContact, openHold, refuseTooMany } from "../store/holds.ts";
import { writeRounds } from "../store/plan-rows.ts";
import { expireAt, expireNoMore, forgetDaily, improveSoon } from "../store/timers.ts";
import { type DeliveryTx, inTenant, tell } from "../store/tx.ts";
import { crossed } from "./agreement.ts";
import type { CityState } from "./city-state.ts";
import { holdAgain } from "./hold-again.ts";
import type { ChangedRound } from "./live-plan.ts";
import { type Choice, choiceOf, offersOf, parcelOf, wishOf } from "./offers.ts";
import type { OpenPlans } from "./open-plans.ts";
import type { ChosenWindow, Delivery, HoldDetail, Promises, Wish } from "./promises.ts";
import type { Within } from "./with-delivery.ts";

/** A chosen window goes into the plan; what the same conversation held before goes out of it in the same moment. */

type Answer = Awaited<ReturnType<Promises["hold"]>>;

export interface Wanted {
  readonly tenantId: number;
  readonly wish: Wish;
  readonly window: ChosenWindow;
  readonly detail: HoldDetail;
}

const TRIES = 5;
const MOVED = Symbol("the conversation holds something on another evening since");

/** @param giveBack takes back a hold in another city, whose plans are not held together with this one's */
export async function holdWindow(
  { house, book }: Within,
  wanted: Wanted,
  giveBack: (id: number) => Promise<unknown>,
): Promise<Answer> {
  const { tenantId, wish, window, detail } = wanted;
  const isForeign = detail.senderTenantId !== undefined && detail.senderTenantId !== tenantId;
  // A sender's own contact and conversation are none of the carrier's, whatever their numbers are.
  const { contactId, conversationId } = isForeign ? {} : detail;
  const ask: Asked = { tenantId, key: detail.key, kind: "hold", digest: digestOfHold(wanted) };
  const city = await book.city(tenantId, wish.cityId);
  for (let tries = 1; tries <= TRIES; tries++) {
    const other = await heldBefore(house, ask, conversationId);
    const isHere = other?.cityId === wish.cityId;
    if (other && !isHere) await giveBack(other.id);
    const place = {
      tenantId,
      cityId: wish.cityId,
      eveningIds: other && isHere ? [window.eveningId, other.eveningId] : [window.eveningId],
      ...(contactId !== undefined && { first: (tx: DeliveryTx) => lockContact(tx, tenantId, contactId) }),
    };
    try {
      const now = house.clock.now();
      const result = await book.change(place, (tx, plans) =>
        holdIn(tx, plans, { ...wanted, ask, isForeign, conversationId, now }),
      );
      if (result !== MOVED) return result;
    } catch (error) {
      // The same key or the same conversation was quicker, perhaps on another evening: then that is seen at the next try.
      if (isUniqueViolation(error)) continue;
      if (isUnknownEvening(error, city, window))
        return { gone: offersOf(city, wish, { now: house.clock.now() }) };
      throw error;
    }
  }
  throw new AppError("conflict");
}

function digestOfHold({ wish, window, detail }: Wanted): string {
  const { cityId, place, service_s, demand, skills, pickup } = wish;
  const { eveningId, earliestAt, latestAt } = window;
  const { address, doorNote, contactId, conversationId, senderTenantId, senderRef } = detail;
  return digestOf([
    [cityId, place.lat, place.lon, service_s, demand, skills],
    [eveningId, earliestAt, latestAt],
    [address, doorNote, contactId, conversationId, senderTenantId, senderRef],
    // Keys of calls without one were digested before there were any.
    ...(pickup
      ? [
          [
            pickup.name,
            pickup.place.lat,
            pickup.place.lon,
            pickup.fromMinute,
            pickup.toMinute,
            pickup.service_s,
          ],
        ]
      : []),
  ]);
}

/** What the conversation holds; null where this very call was made before. */
function heldBefore(house: House, ask: Asked, conversationId: number | undefined): Promise<Delivery | null> {
  if (conversationId === undefined) return Promise.resolve(null);
  return inTenant(house, ask.tenantId, async (tx) =>
    (await findAction(tx, ask)) === null ? openHold(tx, ask.tenantId, conversationId) : null,
  );
}

/** PostgreSQL's unique_violation. */
const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "23505";

const isUnknownEvening = (error: unknown, city: CityState, { eveningId }: ChosenWindow): boolean =>
  error instanceof AppError &&
  error.code === "not_found" &&
  !city.evenings.some(({ id }) => id === eveningId);

interface Holding extends Wanted {
  readonly ask: Asked;
  readonly isForeign: boolean;
  readonly conversationId: number | undefined;
  readonly now: number;
}

async function holdIn(tx: DeliveryTx, plans: OpenPlans, holding: Holding): Promise<Answer | typeof MOVED> {
  const { tenantId, ask, wish, window, isForeign, conversationId, now } = holding;
  const { city } = plans;
  const known = await findAction(tx, ask);
  if (known !== null)
    return answerAgain(tx, plans, { holding, delivery: await readDelivery(tx, tenantId, known) });
  const { senderTenantId } = holding.detail;
  const parties = { senderTenantId: senderTenantId ?? tenantId, carrierTenantId: tenantId, now };
  const detail = isForeign ? await crossed(tx, parties, holding.detail) : holding.detail;
  const before = conversationId === undefined ? null : await openHold(tx, tenantId, conversationId);
  if (before && !plans.has(before.eveningId)) return MOVED;
  await refuseTooMany(tx, tenantId, {
    contactId: detail.contactId,
    senderTenantId: isForeign ? senderTenantId : undefined,
    insteadOf: before?.id,
    now,
  });
  // Out first: in one evening it must not stand in its successor's way.
  const left = before && leave(plans, before);
  const { live } = plans.of(window.eveningId);
  const choice =
    wish.pickup && !city.serves(wish.pickup.place)
      ? null
      : choiceOf(city, plans.of(window.eveningId), wish.place, { window, now });
  const stop = choice?.plan.book(parcelOf(city, wish, live.serviceDate), choice.span);
  // Without a place the old one stays: nothing is written yet, and what was tried in memory is read back.
  if (!(choice && stop)) return { gone: offersOf(city, wish, { now }) };
  plans.trying(window.eveningId);
  if (before) await giveUp(tx, { tenantId, before, isOut: left !== null, now });
  const shiftId = stop.round().shiftId;
  const id = await insert(tx, { city, of: live.serviceDate }, { holding, detail, choice, shiftId });
  choice.plan.name(stop.node, id);
  const rounds = changedRounds({ eveningId: window.eveningId, entered: stop.round(), before, left });
  for (const [eveningId, changed] of rounds) {
    const { row, plan } = plans.of(eveningId);
    await writeRounds(tx, { tenantId, id: eveningId, version: row.version }, changed);
    plans.counted(eveningId, plan);
    await improveSoon(tx, { tenantId, eveningId, now });
  }
  await forgetDaily(tx, tenantId, now);
  await noteAction(tx, ask, id, now);
  const held = await readDelivery(tx, tenantId, id);
  const deliveries = before ? [before.id, id] : [id];
  await tell(tx, tenantId, { deliveries, evenings: [...rounds.keys()] }, now);
  return { held };
}

interface Inserting {
  readonly holding: Holding;
  /** As it may cross. */
  readonly detail: HoldDetail;
  readonly choice: Choice;
  readonly shiftId: number;
}

/** @returns its id */
async function insert(
  tx: DeliveryTx,
  { city, of }: Pick<OpenPlans, "city"> & { readonly of: string },
  { holding, detail, choice, shiftId }: Inserting,
): Promise<number> {
  const { tenantId, wish, window, isForeign, now } = holding;
  const holdUntil = Math.min(now + city.city.holdSeconds * 1_000, choice.bookableUntil);
  const id = await insertHeld(tx, tenantId, {
    senderTenantId: isForeign ? (detail.senderTenantId ?? null) : null,
    senderRef: detail.senderRef ?? "",
    contactId: detail.contactId ?? null,
    conversationId: detail.conversationId ?? null,
    eveningId: window.eveningId,
    earliestAt: window.earliestAt,
    latestAt: window.latestAt,
    dueAt: choice.span.dueAt,
    ...parcelOf(city, wish, of),
    pickUp: wish.pickup ?? null,
    address: detail.address,
    doorNote: detail.doorNote ?? "",
    holdUntil,
    shiftId,
    priceMinor: choice.priceMinor,
    currency: city.city.currency,
    now,
  });
  await expireAt(tx, { tenantId, deliveryId: id, at: holdUntil });
  return id;
}

/** In memory. @returns the round without it; null where others need the way by it, so that it stays as a place */
function leave(plans: OpenPlans, { id, eveningId }: Delivery): ChangedRound | null {
  const { plan } = plans.of(eveningId);
  plans.trying(eveningId);
  const round = plan?.remove(id) ?? null;
  if (!round) plan?.markOver(id);
  return round;
}

interface GivingUp {
  readonly tenantId: number;
  readonly before: Delivery;
  /** It stands in no round any more. */
  readonly isOut: boolean;
  readonly now: number;
}

async function giveUp(tx: DeliveryTx, { tenantId, before, isOut, now }: GivingUp): Promise<void> {
  const place = { tenantId, id: before.id, now };
  const out = isOut ? { shiftId: null } : {};
  await updateDelivery(tx, place, { state: "cancelled", holdUntil: null, endedAt: now, ...out });
  await expireNoMore(tx, tenantId, before.id);
}

interface Moved {
  readonly eveningId: number;
  readonly entered: ChangedRound;
  readonly before: Delivery | null;
  readonly left: ChangedRound | null;
}

/** evening -> its rounds that are not as they were; an evening without any is counted on all the same */
function changedRounds({
  eveningId,
  entered,
  before,
  left,
}: Moved): ReadonlyMap<number, readonly ChangedRound[]> {
  const rounds = new Map<number, readonly ChangedRound[]>([[eveningId, [entered]]]);
  if (before && before.eveningId !== eveningId) rounds.set(before.eveningId, left ? [left] : []);
  else if (left && left.shiftId !== entered.shiftId) rounds.set(eveningId, [left, entered]);
  return rounds;
}

/** The same call once more: what it brought about may have gone on since. */
async function answerAgain(
  tx: DeliveryTx,
  plans: OpenPlans,
  { holding, delivery }: { readonly holding: Holding; readonly delivery: Delivery },
): Promise<Answer> {
  const { tenantId, window, conversationId, now } = holding;
  const { id, state, eveningId } = delivery;
  if (state === "booked" || state === "loaded" || state === "under_way") return { booked: delivery };
  if (state === "held" && (delivery.holdUntil ?? 0) > now) return { held: delivery };
  if (state !== "held" && state !== "expired") return { tooLate: delivery };
  const { city } = plans;
  const gone = () => ({ gone: offersOf(city, wishOf(delivery), { now }) });
  // It was moved since: that evening is not held here.
  if (eveningId !== window.eveningId) return gone();
  const other = conversationId === undefined ? null : await openHold(tx, tenantId, conversationId);
  if (other && other.id !== id) return gone();
  const choice = choiceOf(city, plans.of(eveningId), delivery.place, { window: delivery, now });
  if (!choice) return gone();
  const shiftId =
    state === "held" ? delivery.shiftId : await holdAgain(tx, plans, { delivery, tenantId, now });
  if (shiftId === null) return gone();
  const holdUntil = Math.min(now + city.city.holdSeconds * 1_000, choice.bookableUntil);
  await updateDelivery(tx, { tenantId, id, now }, { state: "held", holdUntil, shiftId });
  await expireAt(tx, { tenantId, deliveryId: id, at: holdUntil });
  const held = await readDelivery(tx, tenantId, id);
  await tell(tx, tenantId, { deliveries: [id], evenings: [eveningId] }, now);
  return { held };
}

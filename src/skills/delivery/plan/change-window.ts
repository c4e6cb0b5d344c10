import { AppError, type TenantProfile } from "#kernel";
import { type Asked, digestOf, findAction, noteAction } from "../store/actions.ts";
import { readDelivery, updateDelivery } from "../store/deliveries.ts";
import { leaveRound, readLeaving } from "../store/leave-round.ts";
import { insertDrivenBy, writeRounds } from "../store/plan-rows.ts";
import { expireAt, improveSoon } from "../store/timers.ts";
import { type DeliveryTx, inTenant, tell } from "../store/tx.ts";
import type { ChangedRound } from "./live-plan.ts";
import { type Choice, choiceOf, offersOf, parcelOf, pickUpOn, wishOf } from "./offers.ts";
import type { OpenPlans } from "./open-plans.ts";
import { type ChosenWindow, type Delivery, isOpen, type Promises } from "./promises.ts";
import { isFrozen, type Within, withDelivery } from "./with-delivery.ts";

/** Another window for what is promised: out of one plan and into another, or neither. */

interface Wanted {
  readonly tenantId: number;
  readonly id: number;
  readonly window: ChosenWindow;
  readonly key: string | undefined;
}
type Answer = Awaited<ReturnType<Promises["change"]>>;

export async function changeWindow(within: Within, wanted: Wanted): Promise<Answer> {
  const { tenantId, id, window } = wanted;
  const { house, book } = within;
  try {
    return await withDelivery(
      within,
      { tenantId, id, andEveningId: window.eveningId },
      async (tx, plans, delivery) => {
        const tenant = await house.profile(tenantId);
        return changeIn(tx, plans, { ...wanted, tenant, delivery, now: house.clock.now() });
      },
    );
  } catch (error) {
    // The delivery is there, the evening that was chosen is not (or is another city's).
    const isUnknown = error instanceof AppError && error.code === "not_found";
    if (!isUnknown) throw error;
    const delivery = await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, id));
    const city = await book.city(tenantId, delivery.cityId);
    return { gone: offersOf(city, wishOf(delivery), { now: house.clock.now(), moving: delivery }) };
  }
}

interface Changing extends Wanted {
  readonly tenant: TenantProfile;
  readonly delivery: Delivery;
  readonly now: number;
}

async function changeIn(tx: DeliveryTx, plans: OpenPlans, changing: Changing): Promise<Answer> {
  const { tenantId, id, window, key, tenant, delivery, now } = changing;
  const { city } = plans;
  const ask = key === undefined ? null : askOf({ tenantId, id, window, key });
  // The same call once more: how things stand now.
  if (ask && (await findAction(tx, ask, id)) !== null)
    return isOpen(delivery) ? { changed: delivery } : { tooLate: delivery };
  const { live } = plans.of(delivery.eveningId);
  const mayMove = delivery.state === "held" || delivery.state === "booked";
  // Since the first round has begun it is on board, wherever its stop stands: it may be brought back for another evening.
  const hasBegun = live.state !== "planned" || live.beginsAt <= now;
  const leaving = hasBegun ? await readLeaving(tx, { tenant, delivery, now }) : null;
  if (hasBegun ? !leaving : !mayMove || (await isFrozen(tx, plans, { tenantId, delivery })))
    return { tooLate: delivery };
  if (isSame(delivery, window)) return { changed: delivery };
  const gone = () => ({ gone: offersOf(city, wishOf(delivery), { now, moving: delivery }) });
  const to = plans.of(window.eveningId);
  const choice = choiceOf(city, to, delivery.place, { window, now });
  if (!choice) return gone();
  const moved = leaving
    ? putOff(plans, { ...changing, choice })
    : await move(tx, plans, { ...changing, choice });
  if (!moved) return gone();
  if (leaving) {
    const { version } = plans.of(delivery.eveningId).row;
    plans.trying(delivery.eveningId);
    await leaveRound(tx, { tenant, delivery, version, now }, leaving);
  }
  for (const [eveningId, rounds] of moved.rounds) {
    const { row, plan } = plans.of(eveningId);
    await writeRounds(tx, { tenantId, id: eveningId, version: row.version }, rounds);
    plans.counted(eveningId, plan);
    await improveSoon(tx, { tenantId, eveningId, now });
  }
  const { earliestAt, latestAt, eveningId } = window;
  const { dueAt } = choice.span;
  const { priceMinor } = choice;
  const holdUntil = delivery.holdUntil && Math.min(delivery.holdUntil, choice.bookableUntil);
  await updateDelivery(
    tx,
    { tenantId, id, now },
    {
      eveningId,
      earliestAt,
      latestAt,
      dueAt,
      priceMinor,
      shiftId: moved.shiftId,
      holdUntil,
      ...(delivery.pickup && { pickupSpan: pickUpOn(city, delivery.pickup, to.live.serviceDate) }),
    },
  );
  if (holdUntil !== null) await expireAt(tx, { tenantId, deliveryId: id, at: holdUntil });
  if (ask) await noteAction(tx, ask, id, now);
  const changed = await readDelivery(tx, tenantId, id);
  const evenings = [...new Set([delivery.eveningId, ...moved.rounds.keys()])];
  await tell(tx, tenantId, { deliveries: [id], evenings }, now);
  return { changed };
}

function askOf({ tenantId, id, window, key }: Omit<Wanted, "key"> & { readonly key: string }): Asked {
  const { eveningId, earliestAt, latestAt } = window;
  return { tenantId, key, kind: "change", digest: digestOf([id, eveningId, earliestAt, latestAt]) };
}

const isSame = (delivery: Delivery, window: ChosenWindow): boolean =>
  delivery.eveningId === window.eveningId &&
  delivery.earliestAt === window.earliestAt &&
  delivery.latestAt === window.latestAt;

interface Moved {
  readonly shiftId: number;
  readonly rounds: ReadonlyMap<number, readonly ChangedRound[]>;
}

interface Move extends Changing {
  readonly choice: Choice;
}

/** Into the new place only: a round that is driven is no plan. @returns null when there is no place */
function putOff(plans: OpenPlans, { id, delivery, choice, window }: Move): Moved | null {
  const { live } = plans.of(window.eveningId);
  plans.trying(window.eveningId);
  const stop = choice.plan.book(parcelOf(plans.city, wishOf(delivery), live.serviceDate), choice.span);
  if (!stop) return null;
  choice.plan.name(stop.node, id);
  const entered = stop.round();
  return { shiftId: entered.shiftId, rounds: new Map([[window.eveningId, [entered]]]) };
}

/**
 * Out of its old place and into the new one, in memory. Where the others need the way by the old place, a row of nobody stays
 * there, as for what is taken back.
 * @returns null when there is no place; plans that were touched are read anew then
 */
async function move(tx: DeliveryTx, plans: OpenPlans, wanted: Move): Promise<Moved | null> {
  const { tenantId, id, delivery, choice, window, now } = wanted;
  const { eveningId } = window;
  const before = plans.of(delivery.eveningId).plan;
  if (!before) return null;
  plans.trying(delivery.eveningId);
  plans.trying(eveningId);
  // Out first: in one evening it must not stand in its own way.
  const out = before.remove(id);
  const stop = choice.plan.book(
    parcelOf(plans.city, wishOf(delivery), plans.of(eveningId).live.serviceDate),
    choice.span,
  );
  if (!stop) return null;
  const left = out ?? before.leaveBehind(id, await insertDrivenBy(tx, { tenantId, id, now }));
  choice.plan.name(stop.node, id);
  const entered = stop.round();
  const rounds = new Map<number, readonly ChangedRound[]>([[eveningId, [entered]]]);
  if (eveningId !== delivery.eveningId) rounds.set(delivery.eveningId, [left]);
  else if (left.shiftId !== entered.shiftId) rounds.set(eveningId, [left, entered]);
  return { shiftId: entered.shiftId, rounds };
}

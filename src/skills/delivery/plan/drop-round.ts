import { ApartError, AppError, type House } from "#kernel";
import type { DroppedReply } from "../api/evenings.ts";
import { updateDelivery } from "../store/deliveries.ts";
import { markDropped } from "../store/evenings.ts";
import { lockEvening, readStoredEvening, writeRounds } from "../store/plan-rows.ts";
import { improveSoon } from "../store/timers.ts";
import { type DeliveryTx, inTenant, tell } from "../store/tx.ts";
import { type Optimise, optimiseApart } from "./improve.ts";
import type { ChangedRound, LivePlan } from "./live-plan.ts";
import { isPlaced, rearranged } from "./rearranged.ts";
import type { StoredDelivery, StoredEvening, StoredShift } from "./stored-evening.ts";
import type { Within } from "./with-delivery.ts";

/** Processor time for a plan without the round, where putting its promises in one by one is not enough. */
const REPLAN_CPU_S = 0.5;
const REPLAN_ITERATIONS = 20_000;
/** So often it is tried again because somebody booked meanwhile what then has no place. */
const TRIES = 3;

export interface RoundPlace {
  readonly tenantId: number;
  readonly eveningId: number;
  readonly id: number;
}

/**
 * A courier drops out of an evening that is planned: others take over everything that was promised, or nothing changes and it
 * is named what they cannot. The optimiser works while nobody is held up; what it found is taken over only if it holds
 * everybody who is promised something by then.
 * @throws AppError not_found; rule_broken once the evening has begun: places that others have passed would count as free;
 *   conflict where bookings come faster than it can be planned
 */
export async function dropRound(
  { house, book }: Within,
  place: RoundPlace,
  optimise: Optimise = optimiseApart,
): Promise<DroppedReply> {
  const { tenantId, eveningId } = place;
  for (let tries = 0; tries < TRIES; tries++) {
    const seen = await inTenant(house, tenantId, (tx) => readStoredEvening(tx, tenantId, eveningId));
    const { cityId } = seen;
    roundOf(seen, place.id);
    refuseUnderWay(seen, house.clock.now());
    const rounds = await roundsWithout(seen, place.id, optimise);
    const reply = await inTenant(house, tenantId, (tx) => dropIn(tx, { house, place, seen, rounds }));
    if (reply?.outcome === "dropped") await book.changedEvening(tenantId, { cityId, id: eveningId });
    if (reply) return reply;
  }
  throw new AppError(
    "conflict",
    "Deliveries are being booked on this evening; nothing was changed. Try again.",
  );
}

/** @throws AppError not_found */
function roundOf({ shifts }: StoredEvening, id: number): StoredShift {
  const round = shifts.find((shift) => shift.id === id);
  if (!round) throw new AppError("not_found", "There is no such round.");
  return round;
}

function refuseUnderWay({ shifts, state }: StoredEvening, now: number): void {
  if (state === "planned" && Math.min(...shifts.map(({ earliestAt }) => earliestAt)) > now) return;
  throw new AppError(
    "rule_broken",
    "This evening has begun, and rounds that are under way cannot be given to others here; nothing was changed. Have another courier take over the parcels of this round, and cancel the deliveries that cannot be brought, so that these customers can be told.",
  );
}

interface Dropping {
  readonly house: House;
  readonly place: RoundPlace;
  /** What the rounds were planned from. */
  readonly seen: StoredEvening;
  readonly rounds: readonly ChangedRound[] | null;
}

/** @returns null where the plan has moved and somebody has no place in these rounds */
async function dropIn(
  tx: DeliveryTx,
  { house, place, seen, rounds }: Dropping,
): Promise<DroppedReply | null> {
  const { tenantId, eveningId, id } = place;
  const now = house.clock.now();
  const { version } = await lockEvening(tx, { tenantId, id: eveningId });
  const isSame = version === seen.version;
  const stored = isSame ? seen : await readStoredEvening(tx, tenantId, eveningId);
  const { route } = roundOf(stored, id);
  refuseUnderWay(stored, now);
  const { plan, moved, endangered } = without(stored, id, rounds);
  if (!plan || endangered.length > 0) {
    if (!isSame) return null;
    // The optimiser's order may leave over more than putting them in one by one.
    const { endangered: least } = without(stored, id, null);
    const named = plan && endangered.length < least.length ? endangered : least;
    return { outcome: "endangered", moved: 0, endangered: named.map(shownPromise) };
  }
  for (const over of stored.deliveries.filter((one) => one.isOver && route.includes(one.id)))
    await updateDelivery(tx, { tenantId, id: over.id, now }, { shiftId: null });
  await writeRounds(tx, { tenantId, id: eveningId, version }, plan.rounds(), { hasMoved: true });
  await markDropped(tx, { tenantId, id });
  await improveSoon(tx, { tenantId, eveningId, now });
  await tell(tx, tenantId, { evenings: [eveningId], deliveries: moved }, now);
  return { outcome: "dropped", moved: moved.length, endangered: [] };
}

interface TakenOver {
  /** Without the round; null where the others' rounds break a rule. */
  readonly plan: LivePlan | null;
  /** What others take over. */
  readonly moved: readonly number[];
  readonly endangered: readonly StoredDelivery[];
}

/** The evening without a round: who is left over is put in one by one, the most urgent first. @param rounds of the others; null = as they stand */
function without(stored: StoredEvening, shiftId: number, rounds: readonly ChangedRound[] | null): TakenOver {
  const { others, orphans } = parted(stored, shiftId);
  const moved = orphans.map(({ id }) => id);
  const everybody = { ...others, deliveries: [...others.deliveries, ...orphans] };
  const found = rearranged(
    everybody,
    rounds ?? others.shifts.map(({ id, route }) => ({ shiftId: id, route })),
  );
  if (!found) return { plan: null, moved, endangered: orphans };
  const urgent = found.left.toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id);
  return { plan: found.plan, moved, endangered: urgent.filter((one) => !isPlaced(found.plan, one)) };
}

/** What the others have, and what was promised of this round. */
function parted(stored: StoredEvening, shiftId: number) {
  const route = new Set(roundOf(stored, shiftId).route);
  const others: StoredEvening = {
    ...stored,
    shifts: stored.shifts.filter(({ id }) => id !== shiftId),
    deliveries: stored.deliveries.filter(({ id }) => !route.has(id)),
  };
  return { others, orphans: stored.deliveries.filter(({ id, isOver }) => route.has(id) && !isOver) };
}

/** Where putting them in one by one leaves somebody over, all rounds are looked at anew. @returns null where that is not needed or found nothing */
async function roundsWithout(
  stored: StoredEvening,
  shiftId: number,
  optimise: Optimise,
): Promise<readonly ChangedRound[] | null> {
  const { plan, endangered } = without(stored, shiftId, null);
  const { others, orphans } = parted(stored, shiftId);
  if (!plan || endangered.length === 0 || others.shifts.length === 0) return null;
  const order = {
    evening: others,
    seed: 1,
    iterations: REPLAN_ITERATIONS,
    cpu_s: REPLAN_CPU_S,
    more: orphans,
  };
  try {
    return (await optimise(order)).rounds;
  } catch (error) {
    // An optimiser that was stopped has found nothing; what it failed by otherwise is a fault of ours.
    if (error instanceof ApartError) return null;
    throw error;
  }
}

const shownPromise = ({ id, earliestAt, dueAt, place }: StoredDelivery) => ({
  deliveryId: id,
  earliestAt: new Date(earliestAt).toISOString(),
  latestAt: new Date(dueAt).toISOString(),
  place,
});

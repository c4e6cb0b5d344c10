import { ApartError, AppError } from "#kernel";
import type { DroppedReply } from "../api/evenings.ts";
import { updateDelivery } from "../store/deliveries.ts";
import { markDropped } from "../store/evenings.ts";
import { lockEvening, readStoredEvening, writeRounds } from "../store/plan-rows.ts";
import { improveSoon } from "../store/timers.ts";
import { inTenant, tell } from "../store/tx.ts";
import { type Optimise, optimiseApart } from "./improve.ts";
import type { Improved } from "./improve-process.ts";
import { LivePlan } from "./live-plan.ts";
import type { StoredDelivery, StoredEvening } from "./stored-evening.ts";
import type { Within } from "./with-delivery.ts";

/** Processor time for a plan without the round, where putting its promises in one by one is not enough. */
const REPLAN_CPU_S = 0.5;
const REPLAN_ITERATIONS = 20_000;

export interface RoundPlace {
  readonly tenantId: number;
  readonly eveningId: number;
  readonly id: number;
}

/**
 * A courier drops out: others take over everything that was promised, or nothing changes and it is named what they cannot.
 * @throws AppError not_found; rule_broken once the evening has begun: places that others have passed would count as free
 */
export async function dropRound(
  { house, book }: Within,
  { tenantId, eveningId, id }: RoundPlace,
  optimise: Optimise = optimiseApart,
): Promise<DroppedReply> {
  const now = house.clock.now();
  const reply = await inTenant(house, tenantId, async (tx): Promise<DroppedReply> => {
    const { version } = await lockEvening(tx, { tenantId, id: eveningId });
    const stored = await readStoredEvening(tx, tenantId, eveningId);
    const route = stored.shifts.find((shift) => shift.id === id)?.route;
    if (!route) throw new AppError("not_found", "There is no such round.");
    refuseUnderWay(stored, now);
    const { plan, moved, endangered } = await takeOver(stored, id, optimise);
    if (!plan) return { outcome: "endangered", moved: 0, endangered: endangered.map(shownPromise) };
    for (const over of stored.deliveries.filter((one) => one.isOver && route.includes(one.id)))
      await updateDelivery(tx, { tenantId, id: over.id, now }, { shiftId: null });
    await writeRounds(tx, { tenantId, id: eveningId, version }, plan.rounds(), { hasMoved: true });
    await markDropped(tx, { tenantId, id });
    await improveSoon(tx, { tenantId, eveningId, now });
    await tell(tx, tenantId, { evenings: [eveningId], deliveries: moved }, now);
    return { outcome: "dropped", moved: moved.length, endangered: [] };
  });
  await book.changed(tenantId);
  return reply;
}

function refuseUnderWay({ shifts }: StoredEvening, now: number): void {
  if (Math.min(...shifts.map(({ earliestAt }) => earliestAt)) > now) return;
  throw new AppError(
    "rule_broken",
    "This evening has begun, and rounds that are under way cannot be given to others here; nothing was changed. Have another courier take over the parcels of this round, and cancel the deliveries that cannot be brought, so that these customers can be told.",
  );
}

interface TakenOver {
  /** Without the round, with everything that was promised; null where that was not found. */
  readonly plan: LivePlan | null;
  readonly moved: readonly number[];
  readonly endangered: readonly StoredDelivery[];
}

/** One by one, the most urgent first; where that leaves somebody over, all rounds are looked at anew. */
async function takeOver(stored: StoredEvening, shiftId: number, optimise: Optimise): Promise<TakenOver> {
  const route = new Set(stored.shifts.find(({ id }) => id === shiftId)?.route);
  const orphans = stored.deliveries
    .filter(({ id, isOver }) => route.has(id) && !isOver)
    .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
  const others: StoredEvening = {
    ...stored,
    shifts: stored.shifts.filter(({ id }) => id !== shiftId),
    deliveries: stored.deliveries.filter(({ id }) => !route.has(id)),
  };
  const moved = orphans.map(({ id }) => id);
  const plan = LivePlan.of(others);
  const endangered = plan ? orphans.filter((one) => !isPlaced(plan, one)) : orphans;
  if (plan && endangered.length === 0) return { plan, moved, endangered };
  if (!plan || others.shifts.length === 0) return { plan: null, moved: [], endangered };
  const order = {
    evening: others,
    seed: 1,
    iterations: REPLAN_ITERATIONS,
    cpu_s: REPLAN_CPU_S,
    more: orphans,
  };
  const { rounds, absent } = await optimise(order).catch(noPlan);
  if (!rounds) return { plan: null, moved: [], endangered };
  const left = stored.deliveries.filter(({ id }) => absent.includes(id));
  if (left.length > 0)
    return { plan: null, moved: [], endangered: left.length < endangered.length ? left : endangered };
  const routeOf = new Map(rounds.map((round) => [round.shiftId, round.route]));
  const replanned = LivePlan.of({
    ...others,
    shifts: others.shifts.map((shift) => ({ ...shift, route: routeOf.get(shift.id) ?? [] })),
    deliveries: [...others.deliveries, ...orphans],
  });
  return { plan: replanned, moved, endangered: replanned ? [] : endangered };
}

/** An optimiser that was stopped has found nothing; what it failed by otherwise is a fault of ours. */
function noPlan(error: unknown): Pick<Improved, "rounds" | "absent"> {
  if (error instanceof ApartError) return { rounds: null, absent: [] };
  throw error;
}

function isPlaced(plan: LivePlan, one: StoredDelivery): boolean {
  const stop = plan.book(one, one);
  if (stop) plan.name(stop.node, one.id);
  return stop !== null;
}

const shownPromise = ({ id, earliestAt, dueAt, place }: StoredDelivery) => ({
  deliveryId: id,
  earliestAt: new Date(earliestAt).toISOString(),
  latestAt: new Date(dueAt).toISOString(),
  place,
});

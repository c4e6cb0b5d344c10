import { ApartError, counter, type House, workApart } from "#kernel";
import {
  IMPROVE_CPU_S,
  IMPROVE_HEAP_MB,
  IMPROVE_STOPS_MOST,
  IMPROVE_TIME_LIMIT_MS,
} from "../rules/limits.ts";
import { updateDelivery } from "../store/deliveries.ts";
import { noteImproved, readStoredEvening, writeRounds } from "../store/plan-rows.ts";
import { inTenant, tell } from "../store/tx.ts";
import type { Improved, ImproveOrder } from "./improve-process.ts";
import { type ChangedRound, LivePlan } from "./live-plan.ts";
import type { PlanBook } from "./plan-book.ts";
import { isPlaced, rearranged } from "./rearranged.ts";
import type { StoredEvening } from "./stored-evening.ts";

/** The optimiser behind the bookings: apart, on a copy, and taken over whole or not at all. */

/** Iterations for a stop: short evenings are done in a moment. */
const ITERATIONS_PER_STOP = 400;
const ITERATIONS_LEAST = 2_000;

const checks = counter(
  "ah_delivery_plan_checks_total",
  "Plans judged by the checker that shares no code with the planner",
  ["of", "outcome"],
);

/** Does the optimiser's work; tests do it in this process. */
export type Optimise = (order: ImproveOrder) => Promise<Improved>;

export const optimiseApart: Optimise = (order) =>
  workApart<Improved>(new URL("./improve-process.ts", import.meta.url), order, {
    timeLimit_ms: IMPROVE_TIME_LIMIT_MS,
    maxHeap_mb: IMPROVE_HEAP_MB,
  });

export type ImproveOutcome = "nothing_to_do" | "adopted" | "no_better" | "moved_on" | "failed";

/**
 * Improves an evening's plan. What was booked meanwhile is put into the better plan too; where that does not work, the plan
 * stays as it is, and the next try, which every booking asks for, begins from there.
 */
export async function improve(
  { house, book, optimise }: { readonly house: House; readonly book: PlanBook; readonly optimise: Optimise },
  { tenantId, eveningId }: { readonly tenantId: number; readonly eveningId: number },
): Promise<ImproveOutcome> {
  const stored = await inTenant(house, tenantId, (tx) => readStoredEvening(tx, tenantId, eveningId));
  const stops = stored.deliveries.length;
  const hasBegun = stored.shifts.some(({ earliestAt }) => earliestAt <= house.clock.now());
  if (stored.state !== "planned" || hasBegun || stops < 2 || stops > IMPROVE_STOPS_MOST)
    return "nothing_to_do";
  const improved = await optimise({
    evening: stored,
    seed: stored.version + 1,
    iterations: Math.max(ITERATIONS_LEAST, ITERATIONS_PER_STOP * stops),
    cpu_s: IMPROVE_CPU_S,
  }).catch((error: unknown) => {
    if (!(error instanceof ApartError)) throw error;
    house.log.warn({ tenant: tenantId, evening: eveningId, reason: error.reason }, "delivery: not improved");
    return null;
  });
  const rounds = improved?.rounds;
  if (!rounds || improved.absent.length > 0) return "failed";
  const { standing, better: made } = improved.faults;
  checks.inc({ of: "standing", outcome: standing.length > 0 ? "fault" : "kept" });
  checks.inc({ of: "better", outcome: made.length > 0 ? "fault" : "kept" });
  if (standing.length + made.length > 0) {
    // Deliveries are named by the plan's numbers: no person is in the log.
    house.log.error(
      { tenant: tenantId, evening: eveningId, version: stored.version, standing, better: made },
      "delivery: a plan breaks a promise by the independent check; it was not changed",
    );
    return "failed";
  }
  const place = { tenantId, cityId: stored.cityId, eveningIds: [eveningId] };
  return book.change(place, async (tx, plans) => {
    const now = house.clock.now();
    const { row, live } = plans.of(eveningId);
    // It may have begun meanwhile: then its rounds are the couriers', and nothing is noted.
    if (row.state !== "planned" || live.beginsAt <= now) return "nothing_to_do";
    const { version } = row;
    const isMoved = version !== stored.version;
    const current = isMoved ? await readStoredEvening(tx, tenantId, eveningId) : stored;
    const better = betterPlan(current, rounds);
    await noteImproved(tx, { tenantId, id: eveningId, version: better ? version + 1 : version });
    if (!better) return isMoved ? "moved_on" : "no_better";
    for (const id of better.sweep()) await updateDelivery(tx, { tenantId, id, now }, { shiftId: null });
    await writeRounds(tx, { tenantId, id: eveningId, version }, better.rounds(), { hasMoved: true });
    plans.counted(eveningId, better);
    await tell(tx, tenantId, { evenings: [eveningId] }, now);
    return "adopted";
  });
}

/** The optimiser's order for an evening as it is now. @returns null when somebody has no place in it, or it drives no less */
export function betterPlan(current: StoredEvening, rounds: readonly ChangedRound[]): LivePlan | null {
  const standing = LivePlan.of(current);
  const better = rearranged(current, rounds);
  if (!standing || !better?.left.every((late) => isPlaced(better.plan, late))) return null;
  return better.plan.underWay() < standing.underWay() ? better.plan : null;
}

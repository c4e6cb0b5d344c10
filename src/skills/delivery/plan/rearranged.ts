import { type ChangedRound, LivePlan } from "./live-plan.ts";
import type { StoredDelivery, StoredEvening } from "./stored-evening.ts";

/** An evening whose rounds go another way. */
interface Rearranged {
  readonly plan: LivePlan;
  /** Deliveries that the plan does not hold yet, because the order did not know them. */
  readonly left: readonly StoredDelivery[];
}

/**
 * An evening as it is now with its rounds in another order, which may be of a moment ago: what went meanwhile is left out.
 * @returns null where the rounds are not this evening's, frozen stops moved, or a rule is broken
 */
export function rearranged(evening: StoredEvening, rounds: readonly ChangedRound[]): Rearranged | null {
  const routeOf = new Map(rounds.map(({ shiftId, route }) => [shiftId, route]));
  const isSameShifts =
    rounds.length === evening.shifts.length && evening.shifts.every(({ id }) => routeOf.has(id));
  if (!isSameShifts) return null;
  const there = new Set(evening.deliveries.map(({ id }) => id));
  const shifts = evening.shifts.map((shift) => ({
    ...shift,
    route: (routeOf.get(shift.id) ?? []).filter((id) => there.has(Math.abs(id))),
  }));
  const keepsFrozen = evening.shifts.every(({ route, frozen }, n) =>
    route.slice(0, frozen).every((id, place) => shifts[n]?.route[place] === id),
  );
  const placed = new Set(shifts.flatMap(({ route }) => route));
  const deliveries = evening.deliveries.filter(({ id }) => placed.has(id));
  const plan = keepsFrozen ? LivePlan.of({ ...evening, shifts, deliveries }) : null;
  return plan && { plan, left: evening.deliveries.filter(({ id }) => !placed.has(id)) };
}

/** Puts a delivery at its cheapest place. @returns whether there is one */
export function isPlaced(plan: LivePlan, one: StoredDelivery): boolean {
  const stop = plan.book(one, one);
  if (stop) plan.name(stop.node, one.id);
  return stop !== null;
}

import type { House } from "#kernel";
import { check } from "../engine/index.ts";
import { LivePlan } from "../plan/live-plan.ts";
import type { StoredEvening } from "../plan/stored-evening.ts";
import { readStoredEvening } from "../store/plan-rows.ts";
import { readPromised } from "../store/simulated.ts";
import { inTenant } from "../store/tx.ts";

/** Whether a stored plan keeps what was promised, by the engine's checker, which shares no code with what made it. */

/** @returns the independent checker's word: every stop once, in time, carried by who may */
export function faultsOfPlan(stored: StoredEvening): readonly string[] {
  const plan = LivePlan.of(stored);
  if (!plan) return ["the stored plan cannot be built"];
  const { problem, start } = plan.problem().made;
  const routes = start.routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
  return check(problem, routes).errors;
}

/** The same, and whoever holds or has booked something without standing in exactly one round. */
export async function faultsOfPromises(
  house: House,
  { tenantId, eveningId }: { readonly tenantId: number; readonly eveningId: number },
): Promise<readonly string[]> {
  const { stored, promised } = await inTenant(house, tenantId, async (tx) => ({
    stored: await readStoredEvening(tx, tenantId, eveningId),
    promised: await readPromised(tx, tenantId, eveningId),
  }));
  const visits = new Map<number, number>();
  for (const id of stored.shifts.flatMap(({ route }) => route)) visits.set(id, (visits.get(id) ?? 0) + 1);
  const missing = promised.filter((id) => visits.get(id) !== 1);
  return [
    ...missing.map((id) => `${id} is promised and visited ${visits.get(id) ?? 0} times`),
    ...faultsOfPlan(stored),
  ];
}

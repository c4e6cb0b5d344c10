import type { House } from "#kernel";
import { lateChance, NOTICE_RULE } from "../engine/index.ts";
import { readDelivery } from "../store/deliveries.ts";
import { inTenant } from "../store/tx.ts";
import { type Running, readRunning, type StopToCome } from "./running.ts";

export interface ExpectedArrival {
  /** The half-hour that was told last, or that would be told now; ms. */
  readonly from: number;
  readonly until: number;
  /** Doors and counters before this one; what is fetched at one counter is one stop. */
  readonly stopsBefore: number;
  /** It will hardly keep its window. */
  readonly isLate: boolean;
}

/**
 * When the courier is expected at a delivery's door.
 * @returns null as long as nobody can know, and when it has ended
 * @throws AppError not_found
 */
export async function expectedOf(
  house: House,
  tenantId: number,
  deliveryId: number,
): Promise<ExpectedArrival | null> {
  const { eveningId, shiftId } = await inTenant(house, tenantId, (tx) =>
    readDelivery(tx, tenantId, deliveryId),
  );
  if (shiftId === null) return null;
  return expectedIn(await readRunning(house, tenantId, eveningId, shiftId), deliveryId);
}

/** The same of an evening that was read. */
export function expectedIn(running: Running, deliveryId: number): ExpectedArrival | null {
  const { evening, clock } = running;
  if (evening.state === "over") return null;
  const served = running.rounds.find(
    ({ shift }) => shift.isServing && shift.atDeliveryId === deliveryId && shift.since !== null,
  );
  const since = served?.shift.since ?? null;
  if (since !== null) return { from: since, until: since, stopsBefore: 0, isLate: false };
  for (const { stops, isAbandoned } of running.rounds) {
    if (isAbandoned) continue;
    const at = stops.findIndex(({ delivery }) => delivery?.id === deliveryId);
    const one = stops[at];
    if (!one) continue;
    const { told = null } = one.delivery ?? {};
    const from = clock.ms(one.expected.begins - NOTICE_RULE.lead_s);
    return {
      from: told?.from ?? from,
      until: told?.until ?? from + NOTICE_RULE.length_s * 1_000,
      stopsBefore: stops.slice(0, at).filter((stop, n) => isStop(stop, stops[n - 1])).length,
      isLate: lateChance(one.stop, one.expected) > NOTICE_RULE.lateChance,
    };
  }
  return null;
}

/** What a customer counts: a door, or a counter where the courier was not just before. */
function isStop({ delivery, picksUp }: StopToCome, before: StopToCome | undefined): boolean {
  if (delivery !== null) return true;
  const counter = picksUp?.pickup?.place;
  const last = before?.picksUp?.pickup?.place;
  return counter !== undefined && (counter.lat !== last?.lat || counter.lon !== last.lon);
}

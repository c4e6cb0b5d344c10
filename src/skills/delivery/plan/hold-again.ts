import { updateDelivery } from "../store/deliveries.ts";
import { writeRounds } from "../store/plan-rows.ts";
import { improveSoon } from "../store/timers.ts";
import type { DeliveryTx } from "../store/tx.ts";
import { choiceOf, parcelOf, wishOf } from "./offers.ts";
import type { OpenPlans } from "./open-plans.ts";
import type { Delivery } from "./promises.ts";

interface Again {
  readonly delivery: Delivery;
  readonly tenantId: number;
  readonly now: number;
}

/** The hold was over, the customer comes back: the same window, if it is still free. @returns the round that takes it */
export async function holdAgain(
  tx: DeliveryTx,
  plans: OpenPlans,
  { delivery, tenantId, now }: Again,
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
  const stop = plan.book(parcelOf(city, wishOf(delivery), evening.live.serviceDate), span);
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

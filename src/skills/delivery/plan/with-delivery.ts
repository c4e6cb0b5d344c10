import { AppError, type House } from "#kernel";
import { readDelivery, updateDelivery } from "../store/deliveries.ts";
import { isFrozenStop, writeRounds } from "../store/plan-rows.ts";
import { expireNoMore, improveSoon } from "../store/timers.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import type { OpenPlans } from "./open-plans.ts";
import type { PlanBook } from "./plan-book.ts";
import type { Delivery } from "./promises.ts";

/** Changes of one delivery, under the lock of its evening. */

export interface Within {
  readonly house: House;
  readonly book: PlanBook;
}

export interface DeliveryPlace {
  readonly tenantId: number;
  readonly id: number;
  /** Another evening that is changed too. */
  readonly andEveningId?: number;
}

const TRIES = 5;
const MOVED = Symbol("the delivery went to another evening meanwhile");

/** @throws AppError not_found, conflict when it moves from evening to evening faster than it can be held */
export async function withDelivery<T>(
  { house, book }: Within,
  { tenantId, id, andEveningId }: DeliveryPlace,
  work: (tx: DeliveryTx, plans: OpenPlans, delivery: Delivery) => Promise<T>,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { cityId, eveningId } = await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, id));
    const eveningIds = andEveningId === undefined ? [eveningId] : [eveningId, andEveningId];
    const result = await book.change({ tenantId, cityId, eveningIds }, async (tx, plans) => {
      const delivery = await readDelivery(tx, tenantId, id);
      return delivery.eveningId === eveningId ? work(tx, plans, delivery) : MOVED;
    });
    if (result !== MOVED) return result;
  }
  throw new AppError("conflict");
}

/** The courier is near: the stop stays as it is. Of an evening under way the rows say so, its plan is not in memory. */
export async function isFrozen(
  tx: DeliveryTx,
  plans: OpenPlans,
  { tenantId, delivery }: Pick<TakenOut, "tenantId" | "delivery">,
): Promise<boolean> {
  const { id, eveningId } = delivery;
  const { plan } = plans.of(eveningId);
  return plan ? plan.isFrozen(id) : isFrozenStop(tx, { tenantId, id });
}

export interface TakenOut {
  readonly tenantId: number;
  readonly delivery: Delivery;
  readonly state: "cancelled" | "expired";
  readonly now: number;
}

/** Out of the plan; where its way is needed or it is frozen, it stays as a place that is only driven by. */
export async function takeOut(
  tx: DeliveryTx,
  plans: OpenPlans,
  { tenantId, delivery, state, now }: TakenOut,
): Promise<void> {
  const { id, eveningId } = delivery;
  const { row, plan } = plans.of(eveningId);
  plans.trying(eveningId);
  const round = plan?.remove(id) ?? null;
  if (!round) plan?.markOver(id);
  await writeRounds(tx, { tenantId, id: eveningId, version: row.version }, round ? [round] : []);
  plans.counted(eveningId, plan);
  const out = round ? { shiftId: null } : {};
  await updateDelivery(tx, { tenantId, id, now }, { state, holdUntil: null, endedAt: now, ...out });
  await expireNoMore(tx, tenantId, id);
  await improveSoon(tx, { tenantId, eveningId, now });
}

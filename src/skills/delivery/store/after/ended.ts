import { setTimer } from "#kernel";
import { ENDED } from "../../rules/timer-kinds.ts";
import type { DeliveryTx } from "../tx.ts";

/** A mistake at the door is undone within seconds; nobody is told of it. */
const SETTLES_MS = 10_000;

/** In the transaction that wrote the end of a delivery, whichever it was; repeatable. */
export async function deliveryEnded(
  tx: DeliveryTx,
  { tenantId, deliveryId, now }: { tenantId: number; deliveryId: number; now: number },
): Promise<void> {
  const key = String(deliveryId);
  await setTimer(tx, { tenantId, kind: ENDED, key, dueAt: now + SETTLES_MS, payload: { deliveryId } });
}

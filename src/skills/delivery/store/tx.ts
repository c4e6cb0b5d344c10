import { appendEvents, type House, type Tx } from "#kernel";
import type { DeliveryTables } from "../tables.ts";
import { noteChanges } from "./webhook-messages.ts";

export type DeliveryTx = Tx<DeliveryTables>;

/** One transaction that sees one carrier, with this skill's tables. */
export function inTenant<T>(
  house: House,
  tenantId: number,
  work: (tx: DeliveryTx) => Promise<T>,
): Promise<T> {
  return house.db.tenant<T, DeliveryTables>(tenantId, work);
}

interface Changed {
  readonly deliveries?: readonly number[];
  /** Only the desk looks again: of their promise and its end nothing is news. */
  readonly unannounced?: readonly number[];
  readonly evenings?: readonly number[];
}

/** What changed, for the desk's live feed and for systems that want to be told; the end of a transaction. */
export async function tell(tx: DeliveryTx, tenantId: number, changed: Changed, now: number): Promise<void> {
  const { deliveries = [], unannounced = [], evenings = [] } = changed;
  await noteChanges(tx, { tenantId, now }, deliveries);
  await appendEvents(
    tx,
    tenantId,
    [
      ...[...deliveries, ...unannounced].map((id) => ({ type: "delivery.changed", ref: String(id) })),
      ...evenings.map((id) => ({ type: "delivery.evening", ref: String(id) })),
    ],
    now,
  );
}

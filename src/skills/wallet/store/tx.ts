import { appendEvents, type House, type Tx } from "#kernel";
import type { Outside } from "../ports.ts";

/** The house, and what this skill asks of it. */
export interface Place {
  readonly house: House;
  readonly outside: Outside;
}

/** One transaction that sees one company. */
export function inTenant<T>({ house }: Pick<Place, "house">, tenantId: number, work: (tx: Tx) => Promise<T>) {
  return house.db.tenant(tenantId, work);
}

/** The last statement of a transaction that changed something. @param ref e.g. "request 7" */
export function tell(tx: Tx, tenantId: number, ref: string, now: number): Promise<void> {
  return appendEvents(tx, tenantId, [{ type: "wallet.changed", ref }], now);
}

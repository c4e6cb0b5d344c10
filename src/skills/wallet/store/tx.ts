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

/** One company's fault, e.g. a ledger that cannot be opened, is not the others'; the next round tries it again. */
export async function apart({ house }: Pick<Place, "house">, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    house.log.warn({ error: (error as Error).message }, "wallet: something waits for the next round");
  }
}

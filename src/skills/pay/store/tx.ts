import { appendEvents, type House, localDate, type Tx } from "#kernel";

/** Topic of the announcement after a change that flows must know. */
export const KNOWN = "pay";

/** One transaction that sees one company. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return house.db.tenant(tenantId, work);
}

/** The last statement of a transaction that changed something. @param ref e.g. "request 7" */
export function tell(tx: Tx, tenantId: number, ref: string, now: number): Promise<void> {
  return appendEvents(tx, tenantId, [{ type: "pay.changed", ref }], now);
}

/** @returns today where the company is, YYYY-MM-DD, and now */
export async function moment(house: House, tenantId: number): Promise<{ today: string; now: number }> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  return { today: localDate(now, timeZone), now };
}

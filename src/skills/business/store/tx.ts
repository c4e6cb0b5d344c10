import { appendEvents, type House, localDate, type Tx } from "#kernel";

/** Topic of the announcement after a change that flows must know. */
export const KNOWN = "business";

/** One transaction that sees one company's node: one tenant. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return house.db.tenant(tenantId, work);
}

/** The same for a change: when it is committed, every process is told. */
export async function changing<T>(house: House, tenantId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await inTenant(house, tenantId, work);
  await house.announce(KNOWN, tenantId);
  return result;
}

/** The last statement of a transaction that changed something. @param ref e.g. "company 7" */
export function tell(tx: Tx, tenantId: number, ref: string, now: number): Promise<void> {
  return appendEvents(tx, tenantId, [{ type: "business.changed", ref }], now);
}

/** The party of the kernel's contacts that speak for a company. */
export const partyOf = (companyId: number): string => `business:${companyId}`;

/** @returns the company's id; null for another skill's party and for nobody's */
export function companyOf(party: string | null): number | null {
  const found = /^business:(\d+)$/.exec(party ?? "");
  return found ? Number(found[1]) : null;
}

/** @returns today where the tenant is, YYYY-MM-DD, and now */
export async function moment(house: House, tenantId: number): Promise<{ today: string; now: number }> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  return { today: localDate(now, timeZone), now };
}

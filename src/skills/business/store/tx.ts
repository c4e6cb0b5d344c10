import { sql } from "kysely";
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

/** Puts a timer in the caller's transaction, or moves the one that waits with this kind and key. */
export async function schedule(
  tx: Tx,
  timer: { tenantId: number; kind: string; key: string; dueAt: number; payload?: Record<string, unknown> },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${timer.tenantId}, ${timer.kind}, ${timer.key}, ${new Date(timer.dueAt)}, ${JSON.stringify(timer.payload ?? {})})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
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

import { appendEvents, type House, type Tx } from "#kernel";
import type { ReportsTables } from "../tables.ts";

export type ReportsTx = Tx<ReportsTables>;

/** One transaction that sees one company, with this skill's tables. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: ReportsTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, ReportsTables>(tenantId, work);
}

/** The last statement of a transaction that changed reports. */
export function tell(tx: ReportsTx, tenantId: number, ids: readonly number[], now: number): Promise<void> {
  const events = ids.map((id) => ({ type: "reports.changed", ref: String(id) }));
  return appendEvents(tx, tenantId, events, now);
}

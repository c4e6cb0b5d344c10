import type { House, Tx } from "#kernel";
import type { WeekTables } from "../tables.ts";

export type WeekTx = Tx<WeekTables>;

/** One transaction that sees one company, with this skill's tables. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: WeekTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, WeekTables>(tenantId, work);
}

import type { House, Tx } from "#kernel";
import type { NoticesTables } from "../tables.ts";

export type NoticesTx = Tx<NoticesTables>;

/** One transaction that sees one company, with this skill's tables. */
export function inTenant<T>(house: House, tenantId: number, work: (tx: NoticesTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, NoticesTables>(tenantId, work);
}

import type { ColumnType, Generated } from "kysely";
import type { House, Tx } from "#kernel";
import type { DraftSummary } from "../flow-text/index.ts";

/** Row types of migrations/003_flows.sql. */

type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;

export interface FlowTables {
  "service.flow": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    draft: string;
    summary: ColumnType<DraftSummary, string, string>;
    revision: Generated<number>;
    changed_at: Time;
    live_version: number | null;
  };
  "service.flow_version": {
    tenant_id: number;
    flow_id: number;
    version: number;
    text: string;
    made_at: Time;
    live_at: Time;
    retired_at: NullableTime;
  };
  "service.flow_head": { tenant_id: number; revision: number };
}

export type FlowTx = Tx<FlowTables>;

/** One transaction that sees one company's flows. */
export function inFlows<T>(house: House, tenantId: number, work: (tx: FlowTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, FlowTables>(tenantId, work);
}

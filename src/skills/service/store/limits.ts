import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";

export interface Limits {
  readonly maxWrong: number;
  /** Topic id -> cost; topics of cost 1 are left out. */
  readonly costs: ReadonlyMap<number, number>;
}

const DEFAULT_MAX_WRONG = 0.03;

export async function readLimits(tx: Tx<ServiceTables>, tenantId: number): Promise<Limits> {
  const head = await tx
    .selectFrom("service.tenant_model")
    .where("tenant_id", "=", tenantId)
    .select("max_wrong")
    .executeTakeFirst();
  const costs = await tx
    .selectFrom("service.topic")
    .where("tenant_id", "=", tenantId)
    .where("cost", ">", 1)
    .select(["id", "cost"])
    .execute();
  return {
    // float4 of the database: 0.03 comes back as 0.029999999.
    maxWrong: head ? Number(head.max_wrong.toFixed(4)) : DEFAULT_MAX_WRONG,
    costs: new Map(costs.map(({ id, cost }) => [id, Number(cost.toFixed(2))])),
  };
}

/** Followed by `noteChange`. @throws AppError bad_request for a topic that is not there */
export async function writeLimits(
  tx: Tx<ServiceTables>,
  tenantId: number,
  limits: { maxWrong: number; topics: readonly { id: number; cost: number }[] },
): Promise<void> {
  const ids = limits.topics.map(({ id }) => id);
  const { numAffectedRows } = await sql`
    update service.topic t set cost = n.cost from unnest(${ids}::bigint[], ${limits.topics.map(({ cost }) => cost)}::real[]) n(id, cost)
    where t.tenant_id = ${tenantId} and t.id = n.id`.execute(tx);
  if (Number(numAffectedRows ?? 0) !== new Set(ids).size)
    throw new AppError("bad_request", "One of the topics is not there.", [
      { path: "topics", message: "holds a topic that is not there" },
    ]);
  await sql`insert into service.tenant_model (tenant_id, max_wrong) values (${tenantId}, ${limits.maxWrong})
    on conflict (tenant_id) do update set max_wrong = excluded.max_wrong`.execute(tx);
}

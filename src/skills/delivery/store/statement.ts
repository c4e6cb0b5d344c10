import { sql } from "kysely";
import type { StatementRow, StatementSum } from "../api/statement.ts";
import type { Asking } from "../plan/asking.ts";
import { shareOf } from "../rules/statement.ts";
import type { DeliveryTx } from "./tx.ts";

type Row = Omit<StatementRow, "senderPaysMinor"> & { readonly paysPercent: number };

/** Also what was called off after a promise was broken: what is owed for that stays owed. */
const COUNTED = sql`(d.state in ('done', 'failed') or (d.state = 'cancelled' and d.compensation_minor > 0))`;
/** Of what was called off nothing else counts. */
const BROUGHT = sql`filter (where d.state <> 'cancelled')`;

/** What was brought, or in vain, on the evenings of a month, in their order. @param month YYYY-MM */
export async function readStatement(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  month: string,
): Promise<StatementRow[]> {
  const first = `${month}-01`;
  const { rows } = await sql<Row>`
    select d.id as "deliveryId", e.service_date::text as date, d.sender_ref as "senderReference", d.parcels, d.state, d.outcome,
      d.attempt, d.currency, case when d.state = 'cancelled' then 0 else d.price_minor end as "priceMinor", d.compensation_minor as "compensationMinor",
      coalesce(d.pays_percent, r.pays_percent, 100) as "paysPercent"
    from delivery.delivery d
    join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
    left join delivery.sender_rule r on r.tenant_id = d.tenant_id and r.sender_tenant_id = d.sender_tenant_id
    where d.tenant_id = ${tenantId} and d.sender_tenant_id is not distinct from ${senderTenantId ?? null}::int
      and e.service_date >= ${first}::date and e.service_date < ${first}::date + interval '1 month'
      and ${COUNTED}
    order by e.service_date, d.id`.execute(tx);
  return rows.map(({ paysPercent, ...row }) => ({
    ...row,
    senderPaysMinor: shareOf(row.priceMinor, paysPercent),
  }));
}

interface MonthSum extends StatementSum {
  /** YYYY-MM */
  readonly month: string;
  /** Null: the carrier's own parcels. */
  readonly senderTenantId: number | null;
}

/** Sums by month, sender and currency, rounded as each row is. @param since YYYY-MM-DD, the first day */
export async function readMonths(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  since: string,
): Promise<MonthSum[]> {
  const { rows } = await sql<MonthSum>`
    select to_char(e.service_date, 'YYYY-MM') as month, d.sender_tenant_id as "senderTenantId", d.currency,
      (count(*) ${BROUGHT})::int as deliveries, coalesce(sum(d.parcels) ${BROUGHT}, 0)::float8 as parcels,
      (count(*) filter (where d.outcome in ('handed_over', 'neighbour', 'left_there')))::int as "handedOver",
      (count(*) filter (where d.attempt = 1 and d.state <> 'cancelled'))::int as "firstAttempts",
      (count(*) filter (where d.outcome in ('handed_over', 'neighbour', 'left_there') and d.attempt = 1))::int as "atFirstAttempt",
      coalesce(sum(d.price_minor) ${BROUGHT}, 0)::float8 as "priceMinor",
      coalesce(sum((d.price_minor::bigint * coalesce(d.pays_percent, r.pays_percent, 100) + 50) / 100) ${BROUGHT}, 0)::float8 as "senderPaysMinor",
      sum(d.compensation_minor)::float8 as "compensationMinor"
    from delivery.delivery d
    join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
    left join delivery.sender_rule r on r.tenant_id = d.tenant_id and r.sender_tenant_id = d.sender_tenant_id
    where d.tenant_id = ${tenantId} and ${COUNTED} and e.service_date >= ${since}::date
      ${senderTenantId === undefined ? sql`` : sql`and d.sender_tenant_id = ${senderTenantId}`}
    group by 1, 2, 3 order by 1 desc, 2 nulls first, 3`.execute(tx);
  return rows;
}

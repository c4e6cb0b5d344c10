import { sql } from "kysely";
import type { StatementRow } from "../api/statement.ts";
import type { Asking } from "../plan/asking.ts";
import { shareOf } from "../rules/statement.ts";
import type { DeliveryTx } from "./tx.ts";

type Row = Omit<StatementRow, "senderPaysMinor"> & { readonly paysPercent: number };

/** What was brought, or in vain, on the evenings of a month, in their order. @param month YYYY-MM */
export async function readStatement(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: Asking,
  month: string,
): Promise<StatementRow[]> {
  const first = `${month}-01`;
  const { rows } = await sql<Row>`
    select d.id as "deliveryId", e.service_date::text as date, d.sender_ref as "senderReference", d.parcels, d.state, d.outcome,
      d.attempt, d.currency, d.price_minor as "priceMinor", d.compensation_minor as "compensationMinor",
      coalesce(d.pays_percent, r.pays_percent, 100) as "paysPercent"
    from delivery.delivery d
    join delivery.evening e on e.tenant_id = d.tenant_id and e.id = d.evening_id
    left join delivery.sender_rule r on r.tenant_id = d.tenant_id and r.sender_tenant_id = d.sender_tenant_id
    where d.tenant_id = ${tenantId} and d.sender_tenant_id is not distinct from ${senderTenantId ?? null}::int
      and e.service_date >= ${first}::date and e.service_date < ${first}::date + interval '1 month'
      and d.state in ('done', 'failed')
    order by e.service_date, d.id`.execute(tx);
  return rows.map(({ paysPercent, ...row }) => ({
    ...row,
    senderPaysMinor: shareOf(row.priceMinor, paysPercent),
  }));
}

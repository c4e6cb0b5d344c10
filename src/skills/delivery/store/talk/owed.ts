import { sql } from "kysely";
import { inTenant } from "../tx.ts";
import type { Acted, Acting } from "./own-delivery.ts";

/** What was promised is told with what is credited when it is not kept: the sender's rule, else the city's. */
export async function withOwed({ house, served }: Acting, acted: Acted): Promise<Acted> {
  const { outcome } = acted;
  if (outcome.is !== "booked" && outcome.is !== "moved") return acted;
  const { carrierId } = served;
  const { id, cityId } = outcome.delivery;
  const { rows } = await inTenant(house, carrierId, (tx) =>
    sql<{
      minor: number;
    }>`select coalesce(r.compensation_minor, c.compensation_minor) as minor from delivery.city c
      join delivery.delivery d on d.tenant_id = c.tenant_id and d.id = ${id}
      left join delivery.sender_rule r on r.tenant_id = d.tenant_id and r.sender_tenant_id = d.sender_tenant_id
      where c.tenant_id = ${carrierId} and c.id = ${cityId}`.execute(tx),
  );
  return { ...acted, outcome: { ...outcome, owedMinor: rows[0]?.minor ?? 0 } };
}

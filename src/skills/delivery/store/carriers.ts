import { sql } from "kysely";
import { type House, listAgreements } from "#kernel";
import type { CarrierReply } from "../api/sent.ts";
import { ORDERS } from "../plan/agreement.ts";
import { inTenant } from "./tx.ts";

/** Who drives for a company: itself where it has a city, and whoever has a standing agreement with it and a city. */
export async function carriersOf(house: House, tenantId: number): Promise<CarrierReply[]> {
  const now = house.clock.now();
  const agreements = await house.db.tenant(tenantId, (tx) => listAgreements(tx, tenantId));
  const partners = agreements
    .filter(
      (one) =>
        one.purpose === ORDERS && one.agreedAt !== null && one.revokedAt === null && one.expiresAt > now,
    )
    .map((one) => (one.tenantId === tenantId ? one.withTenantId : one.tenantId));
  const found: CarrierReply[] = [];
  for (const id of [tenantId, ...new Set(partners)]) {
    const cities = await citiesOf(house, id);
    if (cities.length === 0) continue;
    const { name } = await house.profile(id);
    found.push({ tenantId: id, name, isOwn: id === tenantId, cities });
  }
  return found;
}

function citiesOf(house: House, tenantId: number): Promise<CarrierReply["cities"]> {
  return inTenant(house, tenantId, async (tx) => {
    const { rows } = await sql<CarrierReply["cities"][number]>`
      select id, name, time_zone as "timeZone" from delivery.city where tenant_id = ${tenantId} and active order by id`.execute(
      tx,
    );
    return rows;
  });
}

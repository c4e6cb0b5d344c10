import { type House, openTenantCache, type TenantCache } from "#kernel";
import { ORDERS } from "../../plan/agreement.ts";
import { CHANGED } from "../../plan/plan-book.ts";
import type { Coordinates } from "../../plan/promises.ts";

/** Which companies deliver, and where: what every message of theirs is read with. */

export interface ServedCity {
  readonly id: number;
  readonly name: string;
  readonly timeZone: string;
  readonly middle: Coordinates;
  readonly radius_m: number;
}

export interface Served {
  /** Who drives: owns plans and deliveries. */
  readonly carrierId: number;
  /** The company itself, where another one drives for it; null where it drives. */
  readonly senderId: number | null;
  readonly cities: readonly ServedCity[];
}

/** An agreement of this moment between a company and who drives for it, whichever of both proposed it. */
const STANDS = "purpose = $2 and agreed_at is not null and revoked_at is null and expires_at > $3";
const LIMIT_BYTES = 8 * 2 ** 20;
const CITY_BYTES = 300;

interface Row {
  tenant_id: number;
  carrier_id: number;
  id: number;
  name: string;
  time_zone: string;
  latitude: number;
  longitude: number;
  radius_m: number;
}

export function openServedCache(house: House): TenantCache<Served | null> {
  return openTenantCache<Served | null>(house, {
    topic: CHANGED,
    none: null,
    limitBytes: LIMIT_BYTES,
    bytesOf: (served) => (served?.cities.length ?? 0) * CITY_BYTES,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<Row>({
        name: "delivery-served",
        text: `with pair as (
            select distinct on (tenant_id) tenant_id, carrier_id from (
              select tenant_id, with_tenant_id as carrier_id, id from kernel.agreement where ${STANDS} and tenant_id = any($1::int[])
              union all
              select with_tenant_id, tenant_id, id from kernel.agreement where ${STANDS} and with_tenant_id = any($1::int[])) a
            where exists (select from delivery.city c where c.tenant_id = a.carrier_id and c.active)
              and not exists (select from delivery.city c where c.tenant_id = a.tenant_id and c.active)
            order by tenant_id, id)
          select w.tenant_id, w.carrier_id, c.id, c.name, c.time_zone, c.latitude, c.longitude, c.radius_m
          from (select unnest($1::int[]) as tenant_id, unnest($1::int[]) as carrier_id union all select tenant_id, carrier_id from pair) w
          join delivery.city c on c.tenant_id = w.carrier_id and c.active order by w.tenant_id, c.id`,
        values: [[...tenantIds], ORDERS, new Date(house.clock.now())],
      });
      const found = new Map<number, Served>();
      for (const row of rows) {
        const city: ServedCity = {
          id: row.id,
          name: row.name,
          timeZone: row.time_zone,
          middle: { lat: row.latitude, lon: row.longitude },
          radius_m: row.radius_m,
        };
        const before = found.get(row.tenant_id)?.cities ?? [];
        found.set(row.tenant_id, {
          carrierId: row.carrier_id,
          senderId: row.carrier_id === row.tenant_id ? null : row.tenant_id,
          cities: [...before, city],
        });
      }
      return found;
    },
  });
}

import { type House, openTenantCache, type TenantCache } from "#kernel";
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
  readonly cities: readonly ServedCity[];
}

const LIMIT_BYTES = 8 * 2 ** 20;
const CITY_BYTES = 300;

interface Row {
  tenant_id: number;
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
        text: `select tenant_id, id, name, time_zone, latitude, longitude, radius_m from delivery.city
          where tenant_id = any($1::int[]) and active order by tenant_id, id`,
        values: [[...tenantIds]],
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
        found.set(row.tenant_id, { carrierId: row.tenant_id, cities: [...before, city] });
      }
      return found;
    },
  });
}

import { type House, openTenantCache, type TenantCache } from "#kernel";
import type { Kind } from "../api/record.ts";

/** Topic of the announcement after a change of connections. */
export const CONNECTIONS = "lookup";

const LIMIT_BYTES = 8 * 2 ** 20;
const KINDS_BYTES = 500;
const NONE: ReadonlySet<Kind> = new Set();

/** What each company's registers know. */
export function openSettingsCache(house: House): TenantCache<ReadonlySet<Kind>> {
  return openTenantCache(house, {
    topic: CONNECTIONS,
    none: NONE,
    limitBytes: LIMIT_BYTES,
    bytesOf: () => KINDS_BYTES,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<{ tenant_id: number; kinds: Kind[] }>({
        name: "lookup-kinds",
        text: `select c.tenant_id, array_agg(distinct k.kind) as kinds from lookup.connection c
          cross join lateral jsonb_array_elements_text(c.settings -> 'kinds') k(kind)
          where c.tenant_id = any($1::int[]) and c.active group by c.tenant_id`,
        values: [[...tenantIds]],
      });
      return new Map(rows.map(({ tenant_id, kinds }) => [tenant_id, new Set(kinds)]));
    },
  });
}

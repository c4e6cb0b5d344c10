import type { House } from "#kernel";
import type { Kind } from "../api/record.ts";

/** Topic of the announcement after a change of connections. */
export const CONNECTIONS = "lookup";
/** A missed announcement is made good by reading again this often. */
const FRESH_MS = 60_000;
const NONE: ReadonlySet<Kind> = new Set();

export interface SettingsCache {
  /** Reads what is missing, announced as changed or old, set-wise. */
  prepare(tenantIds: readonly number[]): Promise<void>;
  /** What the company's registers know. */
  kinds(tenantId: number): ReadonlySet<Kind>;
}

export function openSettingsCache(house: House): SettingsCache {
  const known = new Map<number, { kinds: ReadonlySet<Kind>; readAt: number }>();
  house.onAnnounce(CONNECTIONS, (tenantId) => {
    const old = known.get(tenantId);
    if (old) old.readAt = -Infinity;
  });
  return {
    async prepare(tenantIds) {
      const now = house.clock.now();
      const wanted = tenantIds.filter((id) => now - (known.get(id)?.readAt ?? -Infinity) > FRESH_MS);
      if (wanted.length === 0) return;
      const { rows } = await house.db.node.query<{ tenant_id: number; kinds: Kind[] }>({
        name: "lookup-kinds",
        text: `select t.id as tenant_id, coalesce(array_agg(distinct k.kind) filter (where k.kind is not null), '{}') as kinds
          from unnest($1::int[]) t(id) left join lookup.connection c on c.tenant_id = t.id and c.active
          left join lateral jsonb_array_elements_text(c.settings -> 'kinds') k(kind) on true group by t.id`,
        values: [[...wanted]],
      });
      for (const { tenant_id, kinds } of rows) known.set(tenant_id, { kinds: new Set(kinds), readAt: now });
    },
    kinds: (tenantId) => known.get(tenantId)?.kinds ?? NONE,
  };
}

import type { House } from "#kernel";
import { NO_SETTINGS, readySettings, type Settings, type StoredSettings } from "../rules/settings.ts";

/** Topic of the announcement after a change of kinds, teams or places. */
export const SETTINGS = "reports";
/** A missed announcement is made good by reading again this often. */
const FRESH_MS = 60_000;

export interface SettingsCache {
  /** Reads what is missing, announced as changed or old, set-wise. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[]): Promise<void>;
  known(tenantId: number): Settings;
}

interface Row extends StoredSettings {
  tenant_id: number;
}

/** What the flows of this process know about each company; a company without reports costs one entry of a map. */
export function openSettingsCache(house: House): SettingsCache {
  const known = new Map<number, { settings: Settings; readAt: number }>();
  // Marked, not dropped: a batch that is under way still answers with what it has.
  house.onAnnounce(SETTINGS, (tenantId) => {
    const old = known.get(tenantId);
    if (old) old.readAt = -Infinity;
  });

  async function read(tenantIds: readonly number[], readAt: number): Promise<void> {
    const { rows } = await house.db.node.query<Row>({
      name: "reports-settings",
      text: `select t.id as tenant_id,
          coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name, 'keywords', k.keywords, 'wants_photo', k.wants_photo,
            'templates', k.templates) order by k.id) from reports.kind k where k.tenant_id = t.id and k.active), '[]') as kinds,
          coalesce((select json_agg(json_build_object('name', p.name, 'aliases', p.aliases, 'latitude', p.latitude, 'longitude', p.longitude)
            order by p.id) from reports.place p where p.tenant_id = t.id), '[]') as places,
          coalesce((select json_agg(json_build_object('id', m.id, 'name', m.name, 'language', m.language, 'join_code', m.join_code,
            'contact_id', m.contact_id, 'channel_id', m.channel_id, 'conversation_id', m.conversation_id) order by m.id) from reports.team m where m.tenant_id = t.id), '[]') as teams
        from unnest($1::int[]) t(id)`,
      values: [[...tenantIds]],
    });
    for (const { tenant_id, ...stored } of rows) {
      const isEmpty = stored.kinds.length + stored.teams.length === 0;
      known.set(tenant_id, { settings: isEmpty ? NO_SETTINGS : readySettings(stored), readAt });
    }
  }

  return {
    async prepare(tenantIds) {
      const now = house.clock.now();
      const wanted = tenantIds.filter((id) => now - (known.get(id)?.readAt ?? -Infinity) > FRESH_MS);
      if (wanted.length > 0) await read(wanted, now);
    },
    known: (tenantId) => known.get(tenantId)?.settings ?? NO_SETTINGS,
  };
}

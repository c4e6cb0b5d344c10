import { type House, openTenantCache, type TenantCache } from "#kernel";
import { NO_SETTINGS, readySettings, type Settings, type StoredSettings } from "../rules/settings.ts";

/** Topic of the announcement after a change of kinds, teams or places. */
export const SETTINGS = "reports";

const LIMIT_BYTES = 64 * 2 ** 20;
/** Of a kind with its words, a place with its names, or a team. */
const EACH_BYTES = 1_000;

interface Row extends StoredSettings {
  tenant_id: number;
}

/** What the flows of this process know about each company. */
export function openSettingsCache(house: House): TenantCache<Settings> {
  return openTenantCache(house, {
    topic: SETTINGS,
    none: NO_SETTINGS,
    limitBytes: LIMIT_BYTES,
    bytesOf: ({ kinds, places, teams }) => (kinds.length + places.length + teams.length) * EACH_BYTES,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<Row>({
        name: "reports-settings",
        text: READ,
        values: [[...tenantIds]],
      });
      return new Map(
        rows.flatMap(({ tenant_id, ...stored }) =>
          stored.kinds.length + stored.teams.length === 0 ? [] : [[tenant_id, readySettings(stored)]],
        ),
      );
    },
  });
}

const READ = `
  select t.id as tenant_id,
    coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name, 'keywords', k.keywords, 'wants_photo', k.wants_photo,
      'templates', k.templates) order by k.id) from reports.kind k where k.tenant_id = t.id and k.active), '[]') as kinds,
    coalesce((select json_agg(json_build_object('name', p.name, 'aliases', p.aliases, 'latitude', p.latitude, 'longitude', p.longitude)
      order by p.id) from reports.place p where p.tenant_id = t.id), '[]') as places,
    coalesce((select json_agg(json_build_object('id', m.id, 'name', m.name, 'language', m.language, 'join_code', m.join_code,
      'contact_id', m.contact_id, 'channel_id', m.channel_id, 'conversation_id', m.conversation_id) order by m.id) from reports.team m where m.tenant_id = t.id), '[]') as teams
  from unnest($1::int[]) t(id)`;

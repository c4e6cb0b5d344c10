import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import {
  addColleague,
  listColleagues,
  mailboxesOf,
  readSettings,
  removeColleague,
  replaceColleague,
  saveSettings,
} from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";

/** Whom a company may ask, behind api.ts. */
export function settingsRoutes(house: House): AnyRoute[] {
  return [
    route(api.listColleagues, ({ actor: { tenantId } }) =>
      inTenant(house, tenantId, async (tx) => ({
        items: await listColleagues(tx, tenantId),
        settings: await readSettings(tx, tenantId),
        mailbox: (await mailboxesOf(tx, tenantId)).find(({ active }) => active)?.address ?? null,
      })),
    ),
    route(api.saveColleagueSettings, ({ actor: { tenantId }, body }) =>
      inTenant(house, tenantId, (tx) => saveSettings(tx, tenantId, body)),
    ),
    route(api.createColleague, ({ actor: { tenantId }, body }) =>
      inTenant(house, tenantId, (tx) => addColleague(tx, tenantId, body)),
    ),
    route(api.replaceColleague, ({ actor: { tenantId }, params, body }) =>
      inTenant(house, tenantId, (tx) => replaceColleague(tx, tenantId, { ...body, id: params.id })),
    ),
    route(api.deleteColleague, async ({ actor: { tenantId }, params }) => {
      await inTenant(house, tenantId, (tx) => removeColleague(tx, tenantId, params.id));
      return { ok: true as const };
    }),
  ];
}

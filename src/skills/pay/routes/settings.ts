import { type AnyRoute, type House, route } from "#kernel";
import { getPaySettings, savePaySettings } from "../api.ts";
import { readSettings, writeSettings } from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";

export function settingsRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getPaySettings, ({ actor: { tenantId } }) =>
      inTenant(house, tenantId, (tx) => readSettings(tx, tenantId)),
    ),
    route(savePaySettings, ({ actor: { tenantId }, body }) =>
      inTenant(house, tenantId, async (tx) => {
        await writeSettings(tx, tenantId, body, house.clock.now());
        return readSettings(tx, tenantId);
      }),
    ),
  ];
}

import { type AnyRoute, type House, route, type Tx } from "#kernel";
import { getPaySettings, savePaySettings } from "../api.ts";
import { hasProvider } from "../store/providers.ts";
import { readSettings, writeSettings } from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";

export function settingsRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getPaySettings, ({ actor: { tenantId } }) =>
      inTenant(house, tenantId, (tx) => shownSettings(tx, tenantId)),
    ),
    route(savePaySettings, ({ actor: { tenantId }, body }) =>
      inTenant(house, tenantId, async (tx) => {
        await writeSettings(tx, tenantId, body, house.clock.now());
        return shownSettings(tx, tenantId);
      }),
    ),
  ];
}

async function shownSettings(tx: Tx, tenantId: number) {
  const settings = await readSettings(tx, tenantId);
  return { ...settings, canAsk: settings.missing.length === 0 || (await hasProvider(tx, tenantId)) };
}

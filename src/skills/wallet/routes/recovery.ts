import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { askRecovery, lookAtRecovery, recoveriesFor, signRecovery } from "../store/recovery.ts";
import { openDoors } from "./wallet.ts";

/** A lost telephone. */
export function recoveryRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const place = { house, outside };
  const doors = openDoors(place);
  return [
    route(api.askRecovery, async (call) => {
      const { account, ...asked } = call.body;
      return askRecovery(place, doors.key(call, account), asked);
    }),
    route(api.getRecovery, async (call) => lookAtRecovery(place, doors.key(call, call.query.recovery))),
    route(api.listRecoveries, async (call) => {
      const { tenantId, account } = await doors.open(call);
      return recoveriesFor(place, tenantId, account);
    }),
    route(api.signRecovery, async (call) => {
      const { tenantId, account } = await doors.open(call);
      return signRecovery(place, tenantId, account, { id: call.params.id, ...call.body });
    }),
  ];
}

import { type AnyRoute, AppError, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { readPlace } from "../rules/tokens.ts";
import { askRecovery, lookAtRecovery, recoveriesFor, signRecovery } from "../store/recovery.ts";
import { openDoors } from "./wallet.ts";

/** Nobody loses more telephones in a minute, not even behind one address of a shop. */
const RULE = { burst: 20, perMinute: 6 };

/** A lost telephone. */
export function recoveryRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const place = { house, outside };
  const doors = openDoors(place);
  // By address: whoever knows an account must not use up what its owner may ask.
  const limit = rateLimiter(RULE, house.clock);
  return [
    route(api.askRecovery, async (call) => {
      const wait = limit.take(call.request.ip);
      if (wait !== null) throw new TooManyRequests(wait);
      const { account, ...asked } = call.body;
      const at = readPlace(account);
      if (!at) throw new AppError("not_found");
      return askRecovery(place, at, asked);
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

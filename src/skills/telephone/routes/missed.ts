import { type AnyRoute, type House, logListed, type NewEvent, route, type Tx } from "#kernel";
import { dismissMissedCall, listMissedCalls, type MissedCall, takeMissedCall } from "../api.ts";
import { DAY_MS } from "../rules/limits.ts";
import { endMissed, listMissed, lockMissed, missedCalls, reopenMissed, takeMissed } from "../store/missed.ts";
import { suppressedSince } from "../store/recording.ts";
import { inTenant, tell } from "../store/tx.ts";

const SUPPRESSED_DAYS = 7;

export function missedRoutes(house: House): readonly AnyRoute[] {
  /** Does it, tells it, and shows what stands then. */
  function doing(
    tenantId: number,
    id: number,
    work: (tx: Tx, now: number) => Promise<NewEvent[]>,
  ): Promise<MissedCall> {
    const now = house.clock.now();
    return inTenant(house, tenantId, async (tx) => {
      await tell(tx, tenantId, await work(tx, now), now);
      const rows = [await lockMissed(tx, tenantId, id)];
      return (await missedCalls(tx, tenantId, rows, now))[0] as MissedCall;
    });
  }
  return [
    route(listMissedCalls, ({ actor, query: { state } }) => {
      const { tenantId } = actor;
      const now = house.clock.now();
      return inTenant(house, tenantId, async (tx) => {
        const rows = await listMissed(tx, tenantId, state);
        // Whose name was shown was seen.
        const seen = rows.flatMap(({ contact_id }) => (contact_id === null ? [] : [contact_id]));
        await logListed(house, actor, seen, { tx });
        return {
          items: await missedCalls(tx, tenantId, rows, now),
          suppressed: await suppressedSince(tx, tenantId, now - SUPPRESSED_DAYS * DAY_MS),
        };
      });
    }),
    route(takeMissedCall, ({ actor: { tenantId, staffId }, params: { id }, body: { isMine } }) =>
      doing(tenantId, id, (tx, now) => takeMissed(tx, { tenantId, id, staffId, now, isMine })),
    ),
    route(dismissMissedCall, ({ actor: { tenantId, staffId }, params: { id }, body }) =>
      doing(tenantId, id, (tx, now) =>
        body.isDismissed
          ? endMissed(tx, { tenantId, id, staffId, now, how: "dismissed" })
          : reopenMissed(tx, tenantId, id),
      ),
    ),
  ];
}

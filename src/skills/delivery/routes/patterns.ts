import { type AnyRoute, type House, route } from "#kernel";
import { getShiftPattern, type PlannedDayReply, planEvenings, putShiftPattern } from "../api/patterns.ts";
import { type PlannedDay, planAhead } from "../plan/plan-ahead.ts";
import type { Room } from "../plan/room.ts";
import { readPattern, writePattern } from "../store/patterns.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { versionOf } from "../store/versions.ts";

/** The usual week, and what is planned from it. */
export function patternRoutes(house: House, { book }: Room): readonly AnyRoute[] {
  return [
    route(getShiftPattern, ({ actor: { tenantId }, params: { id: cityId } }) =>
      inTenant(house, tenantId, (tx) => shownPattern(tx, { tenantId, cityId })),
    ),
    route(putShiftPattern, ({ actor: { tenantId }, params: { id: cityId }, body: { items, version } }) =>
      inTenant(house, tenantId, async (tx) => {
        await writePattern(tx, { tenantId, cityId, version }, items);
        return shownPattern(tx, { tenantId, cityId });
      }),
    ),
    route(planEvenings, async ({ actor: { tenantId }, params: { id: cityId }, body: { from, days } }) => ({
      items: (await planAhead({ house, book }, tenantId, { cityId, from, days })).map(shownDay),
    })),
  ];
}

async function shownPattern(tx: DeliveryTx, city: { readonly tenantId: number; readonly cityId: number }) {
  const items = await readPattern(tx, city);
  return { items, version: versionOf(items) };
}

const seconds = (ms: number): number => Math.round(ms / 1_000);

const shownDay = ({ refused, ...day }: PlannedDay): PlannedDayReply => ({
  ...day,
  refused: refused.map(({ shift: { courierId, fromMinute, toMinute }, law, words }) => ({
    courierId,
    fromMinute,
    toMinute,
    law: law && {
      rule: law.rule,
      wouldSeconds: seconds(law.would_ms),
      limitSeconds: seconds(law.limit_ms),
      earliestStartAt: law.earliestStartAt === null ? null : new Date(law.earliestStartAt).toISOString(),
    },
    words,
  })),
});

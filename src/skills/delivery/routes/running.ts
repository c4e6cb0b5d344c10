import { type AnyRoute, type House, route } from "#kernel";
import {
  endCourierLink,
  freezeRound,
  getDeliveryReport,
  getReplay,
  getRunning,
  makeChange,
  makeCourierLink,
  type RunningReply,
  recordDeliveryEnd,
  setEveningState,
  tryChange,
  writeToEvening,
} from "../api/running.ts";
import { freezeIn, makeChangeIn, tryChangeIn } from "../evening/dispatch.ts";
import { courierPage } from "../evening/outside.ts";
import { recordEnd } from "../evening/record-end.ts";
import { ratesOf, secondAttempt, sumsOf } from "../evening/report.ts";
import { runningOf } from "../evening/running.ts";
import { setEvening } from "../evening/tick.ts";
import { writeTo } from "../evening/write-to.ts";
import type { Room } from "../plan/room.ts";
import { newCourierKey, setCourierKey } from "../store/courier-links.ts";
import { lockEvening } from "../store/plan-rows.ts";
import { reportEvenings } from "../store/report.ts";
import { readRunningEvening } from "../store/running-rows.ts";
import { readHappened, readOrders, readSurroundings } from "../store/running-shown.ts";
import { inTenant } from "../store/tx.ts";
import { shownRunning } from "./running-shown.ts";

/** The running evening, as dispatchers see, try and change it. */

const REPLAYED = 20_000;

function shown(house: House, tenantId: number, eveningId: number): Promise<RunningReply> {
  const now = house.clock.now();
  return inTenant(house, tenantId, async (tx) => {
    await lockEvening(tx, { tenantId, id: eveningId }, "share");
    const evening = await readRunningEvening(tx, tenantId, eveningId);
    const { cityId } = evening;
    const around = await readSurroundings(house, tx, { tenantId, eveningId, cityId, now });
    return shownRunning(runningOf(evening, now), around);
  });
}

export function runningRoutes(house: House, { book }: Room): readonly AnyRoute[] {
  const within = { house, book };
  return [
    route(getRunning, ({ actor: { tenantId }, params: { id } }) => shown(house, tenantId, id)),
    route(tryChange, ({ actor: { tenantId }, params: { id }, body }) =>
      tryChangeIn(house, { tenantId, eveningId: id }, body),
    ),
    route(makeChange, async ({ actor: { tenantId }, params: { id }, body }) => {
      await makeChangeIn(within, { tenantId, eveningId: id }, body);
      return shown(house, tenantId, id);
    }),
    route(freezeRound, async ({ actor: { tenantId }, params: { id }, body }) => {
      await freezeIn(house, { tenantId, eveningId: id }, body);
      return shown(house, tenantId, id);
    }),
    route(writeToEvening, async ({ actor: { tenantId }, params: { id }, body }) => {
      const { sent, unreachable } = await writeTo(house, { tenantId, eveningId: id }, body);
      return { sent, unreachable };
    }),
    route(recordDeliveryEnd, async ({ actor: { tenantId }, params: { id }, body }) => {
      await recordEnd(within, { tenantId, eveningId: id }, body);
      return shown(house, tenantId, id);
    }),
    route(setEveningState, async ({ actor: { tenantId }, params: { id }, body }) => {
      await setEvening(within, { tenantId, eveningId: id }, body.state);
      return shown(house, tenantId, id);
    }),
    ...lookBackRoutes(house),
    ...linkRoutes(house),
  ];
}

function lookBackRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getReplay, ({ actor: { tenantId }, params: { id: eveningId } }) =>
      inTenant(house, tenantId, async (tx) => {
        const evening = await readRunningEvening(tx, tenantId, eveningId);
        const log = await readHappened(tx, { tenantId, eveningId, limit: REPLAYED });
        const happened = log.toReversed();
        const now = house.clock.now();
        const from = evening.begunAt ?? Math.min(now, ...evening.shifts.map(({ earliestAt }) => earliestAt));
        const until = evening.overAt ?? Math.max(from, now);
        return {
          from: new Date(from).toISOString(),
          until: new Date(until).toISOString(),
          happened,
          orders: await readOrders(tx, tenantId, eveningId),
        };
      }),
    ),
    route(getDeliveryReport, async ({ actor: { tenantId }, query }) => {
      const evenings = await inTenant(house, tenantId, (tx) =>
        reportEvenings(tx, tenantId, { ...query, cityId: query.cityId }),
      );
      return {
        rows: evenings.map(({ row }) => row),
        sums: sumsOf(evenings),
        secondAttempt: secondAttempt(evenings),
        rates: ratesOf(evenings),
      };
    }),
  ];
}

function linkRoutes(house: House): readonly AnyRoute[] {
  return [
    route(makeCourierLink, async ({ actor: { tenantId }, params: { id } }) => {
      const key = newCourierKey();
      await inTenant(house, tenantId, (tx) => setCourierKey(tx, { tenantId, id }, key));
      return { url: courierPage(house, tenantId, key) };
    }),
    route(endCourierLink, async ({ actor: { tenantId }, params: { id } }) => {
      await inTenant(house, tenantId, (tx) => setCourierKey(tx, { tenantId, id }, null));
      return { ok: true as const };
    }),
  ];
}

import { type Actor, type AnyRoute, AppError, type House, route } from "#kernel";
import * as api from "./api.ts";
import { MAIL } from "./jobs.ts";
import type { StaffPost } from "./ports.ts";
import { isMonday, lastWeek, nextMailAt, weekOf } from "./rules/weeks.ts";
import { forgetCosts, readCosts, writeCosts } from "./store/costs.ts";
import { addReader, isMailDoubtful, readReaders, removeReader, wakeBy } from "./store/mail.ts";
import type { CountPorts } from "./store/summary.ts";
import { inTenant } from "./store/tx.ts";
import { firstOn, lastBill, viewOf, weeksOf } from "./store/view.ts";

export interface WeekParts extends CountPorts {
  post: StaffPost;
}

export function weekRoutes(house: House, parts: WeekParts): readonly AnyRoute[] {
  return [
    route(api.getWeek, async ({ actor, query }) => {
      const { tenantId } = actor;
      const { timeZone, language } = await house.profile(tenantId);
      const weeks = await weeksOf(house, parts, tenantId);
      const monday = query.monday ?? weeks[0];
      return {
        weeks,
        firstOn: firstOn(timeZone, weeks, house.clock.now()),
        week:
          monday === undefined
            ? null
            : await shownWeek(house, parts, { tenantId, monday, weeks, language, timeZone }),
        mail: await mailState(house, parts, actor),
      };
    }),
    route(api.setWeekMail, async ({ actor, body }) => {
      const { tenantId, staffId } = actor;
      if (!body.isOn) {
        await inTenant(house, tenantId, (tx) => removeReader(tx, tenantId, staffId));
        return { ok: true as const };
      }
      // A key of the API belongs to a program: it has no address.
      if (staffId.startsWith("key:"))
        throw new AppError("forbidden", "A person turns this on, not an API key.");
      if (!parts.post.isReady(house, tenantId))
        throw new AppError(
          "rule_broken",
          "There is no mailbox to send from. Connect one under House, Channels.",
        );
      const { timeZone } = await house.profile(tenantId);
      const dueAt = nextMailAt(timeZone, house.clock.now());
      await inTenant(house, tenantId, async (tx) => {
        await addReader(tx, tenantId, { userId: staffId, language: body.language });
        await wakeBy(tx, tenantId, { kind: MAIL, dueAt });
      });
      return { ok: true as const };
    }),
    ...costRoutes(house, parts),
  ];
}

interface Shown {
  tenantId: number;
  monday: string;
  weeks: readonly string[];
  language: "de" | "en";
  timeZone: string;
}

async function shownWeek(house: House, parts: WeekParts, asked: Shown) {
  const { tenantId, monday, weeks, language, timeZone } = asked;
  if (!isMonday(monday))
    throw new AppError("bad_request", undefined, [{ path: "query.monday", message: "is no Monday" }]);
  const place = weeks.indexOf(monday);
  if (place < 0) throw new AppError("not_found", "There are no figures of this week.");
  const hasBefore = place < weeks.length - 1;
  return viewOf(house, parts, { tenantId, week: weekOf(timeZone, monday), hasBefore, language });
}

async function mailState(house: House, { post }: WeekParts, { tenantId, role, staffId }: Actor) {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const { monday } = lastWeek(timeZone, now);
  const { readers, isDoubtful } = await inTenant(house, tenantId, async (tx) => ({
    readers: await readReaders(tx, tenantId),
    isDoubtful: await isMailDoubtful(tx, { tenantId, monday, userId: staffId, now }),
  }));
  const may = role !== "owner" ? "not_owner" : post.isReady(house, tenantId) ? "yes" : "no_mailbox";
  return {
    isOn: readers.some(({ userId }) => userId === staffId),
    may: may as "yes" | "not_owner" | "no_mailbox",
    nextAt: new Date(nextMailAt(timeZone, now)).toISOString(),
    doubtful: isDoubtful ? monday : null,
  };
}

function costRoutes(house: House, parts: WeekParts): AnyRoute[] {
  const stored = async (tenantId: number) => {
    const { assumptions, revision } = await inTenant(house, tenantId, (tx) => readCosts(tx, tenantId));
    return {
      assumptions,
      defaults: api.DEFAULT_ASSUMPTIONS,
      isOwn: revision > 0,
      revision,
      asOf: api.PRICES_AS_OF,
      source: api.PRICES_SOURCE,
      week: await lastBill(house, parts, tenantId),
    };
  };
  return [
    route(api.getCosts, ({ actor: { tenantId } }) => stored(tenantId)),
    route(api.saveCosts, async ({ actor: { tenantId }, body }) => {
      await inTenant(house, tenantId, (tx) => writeCosts(tx, tenantId, body, house.clock.now()));
      return stored(tenantId);
    }),
    route(api.resetCosts, async ({ actor: { tenantId } }) => {
      await inTenant(house, tenantId, (tx) => forgetCosts(tx, tenantId));
      return stored(tenantId);
    }),
  ];
}

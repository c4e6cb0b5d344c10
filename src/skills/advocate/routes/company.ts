import { type AnyRoute, AppError, type House, instantOf, localDate, route } from "#kernel";
import { honestyReport, listRules, putPrice, putRecall, putTariff, switchRule } from "../api.ts";
import { words } from "../flows/words.ts";
import { groupsOfFive, wholeMonths } from "../rules/groups.ts";
import { normalGtin } from "../rules/gtin.ts";
import { RULES } from "../rules/rule-list.ts";
import {
  putPrice as writePrice,
  putRecall as writeRecall,
  putTariff as writeTariff,
} from "../store/company-data.ts";
import { lookAgain } from "../store/facts.ts";
import { type MonthsOfReport, readReport } from "../store/outcomes.ts";
import { readRulesOff, switchRule as writeSwitch } from "../store/rules-off.ts";
import { wakeRound } from "../store/timers.ts";
import type { AdvocateTables } from "../tables.ts";

const DAY_MINUTES = 1_440;

/** What is about things, the rules, and what honesty cost and earned. */
export function companyRoutes(house: House): readonly AnyRoute[] {
  async function todayOf(tenantId: number): Promise<{ today: string; now: number }> {
    const now = house.clock.now();
    return { now, today: localDate(now, (await house.profile(tenantId)).timeZone) };
  }

  return [
    route(listRules, async ({ actor }) => {
      const { tenantId } = actor;
      const { formOfAddress: form } = await house.profile(tenantId);
      const off = await house.db.tenant<Map<string, Date>, AdvocateTables>(tenantId, (tx) =>
        readRulesOff(tx, tenantId),
      );
      const both = (key: string) => ({
        de: words({ language: "de", form }, key),
        en: words({ language: "en", form }, key),
      });
      return {
        items: RULES.map(({ id, version, law, inputs, steps }) => ({
          id,
          version,
          law,
          inputs: [...inputs],
          steps: [...steps],
          isOn: !off.has(id),
          name: both(`option_${id}`),
          promise: both(`promise_${id}`),
        })),
      };
    }),
    route(switchRule, async ({ actor: { tenantId }, params: { rule }, body: { isOn } }) => {
      await writeSwitch(house, tenantId, { rule, isOn });
      return { ok: true as const };
    }),
    route(putPrice, async ({ actor: { tenantId }, params, body }) => {
      const gtin = checkedGtin(params.gtin);
      const { now, today } = await todayOf(tenantId);
      await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
        await writePrice(tx, tenantId, { gtin, priceCents: body.priceCents, now });
        await lookAgain(tx, tenantId, { day: today, gtin });
        await wakeRound(tx, tenantId, now);
      });
      return { ok: true as const };
    }),
    route(putRecall, async ({ actor: { tenantId }, params, body }) => {
      const gtin = checkedGtin(body.gtin);
      const { now, today } = await todayOf(tenantId);
      await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
        await writeRecall(tx, tenantId, { ...body, reference: params.reference, gtin, now });
        await lookAgain(tx, tenantId, { day: today, gtin });
        await wakeRound(tx, tenantId, now);
      });
      return { ok: true as const };
    }),
    route(putTariff, async ({ actor: { tenantId }, params, body }) => {
      await house.db.tenant<void, AdvocateTables>(tenantId, (tx) =>
        writeTariff(tx, tenantId, { ...body, reference: params.reference }),
      );
      return { ok: true as const };
    }),
    route(honestyReport, async ({ actor: { tenantId }, query }) => {
      const { timeZone } = await house.profile(tenantId);
      const days = wholeMonths(localDate(house.clock.now(), timeZone), query.months);
      const begin = instantOf(timeZone, days.from, 0);
      const end = instantOf(timeZone, days.to, DAY_MINUTES);
      const months = await house.db.tenant<MonthsOfReport, AdvocateTables>(tenantId, (tx) =>
        readReport(tx, tenantId, { ...days, begin, end, timeZone }),
      );
      return { ...days, ...groupsOfFive(months) };
    }),
  ];
}

/** @throws AppError rule_broken for a wrong check digit */
export function checkedGtin(text: string): string {
  const gtin = normalGtin(text);
  if (gtin === null) throw new AppError("rule_broken", "The GTIN has a wrong check digit.");
  return gtin;
}

import { type House, holidays } from "#kernel";
import type { NoticeSettings } from "../api.ts";
import { type Calendar, minutesOf } from "../rules/rhythm.ts";
import { tellTopic } from "./topics.ts";
import { inTenant, type NoticesTx } from "./tx.ts";

export const USUAL_SETTINGS: NoticeSettings = {
  quiet: { from: "21:00", to: "07:00" },
  isQuietOnHolidays: false,
  capPerDay: 5,
  needsFourEyes: false,
  portfolioPerDay: null,
};

export async function readSettings(tx: NoticesTx, tenantId: number): Promise<NoticeSettings> {
  const row = await tx
    .selectFrom("notices.setting")
    .select("settings")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  return { ...USUAL_SETTINGS, ...row?.settings };
}

export function saveSettings(
  house: House,
  tenantId: number,
  settings: NoticeSettings,
): Promise<NoticeSettings> {
  return inTenant(house, tenantId, async (tx) => {
    const text = JSON.stringify(settings);
    await tx
      .insertInto("notices.setting")
      .values({ tenant_id: tenantId, settings: text })
      .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet({ settings: text }))
      .execute();
    await tellTopic(tx, tenantId, "", house.clock.now());
    return settings;
  });
}

/** Days and quiet hours of a company, for the rules. */
export async function calendarOf(
  house: House,
  tenantId: number,
  settings: NoticeSettings,
): Promise<Calendar> {
  const profile = await house.profile(tenantId);
  const closed = new Set(profile.closedDays);
  return {
    zone: profile.timeZone,
    quiet: settings.quiet && { from: minutesOf(settings.quiet.from), to: minutesOf(settings.quiet.to) },
    isQuietOnHolidays: settings.isQuietOnHolidays,
    isHoliday: (day) => closed.has(day) || holidays(profile.holidayRegion, Number(day.slice(0, 4))).has(day),
  };
}

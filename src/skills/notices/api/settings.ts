import { z } from "zod";
import { contract } from "#kernel/api";
import { at, quietHours } from "./shared.ts";

export const noticeSettings = z.object({
  /** Nobody writes at these times unless the subscriber chose otherwise. */
  quiet: quietHours.nullable(),
  /** Public holidays are quiet the whole day. */
  isQuietOnHolidays: z.boolean(),
  /** Notices a person gets in 24 hours at most; null = no cap. */
  capPerDay: z.number().int().min(1).max(100).nullable(),
  /** Somebody else than the author releases. */
  needsFourEyes: z.boolean(),
  /** Persons whom WhatsApp allows to be written to outside windows in 24 hours, for all numbers together; null = no limit. */
  portfolioPerDay: z.number().int().min(1).nullable(),
});
export type NoticeSettings = z.output<typeof noticeSettings>;
export const getNoticeSettings = contract({
  ...at("GET", "/api/v1/notice-settings"),
  summary: "Quiet hours, cap, four eyes, WhatsApp's portfolio limit",
  reply: noticeSettings,
});
export const saveNoticeSettings = contract({
  ...at("PUT", "/api/v1/notice-settings", "manager"),
  summary: "Save the settings of notices whole",
  body: noticeSettings,
  reply: noticeSettings,
});

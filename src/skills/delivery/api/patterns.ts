import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import { base, day, id, tag, version } from "./shared.ts";

/** The week as it comes back, and evenings that are planned from it. */

const SHIFTS_MOST = 500;
const DAYS_MOST = 28;

const weeklyShift = z.strictObject({
  weekday: z.number().int().min(1).max(7).describe("1 = Monday ... 7 = Sunday"),
  courierId: id.nullable().default(null),
  startDepotId: id,
  endDepotId: id.optional().describe("without it where it starts"),
  fromMinute: z.number().int().min(0).max(1_439).describe("minutes of the city's clock since midnight"),
  toMinute: z.number().int().min(1).max(2_400).describe("1440 and more is the next morning"),
});
export type WeeklyShift = z.output<typeof weeklyShift>;
const pattern = z.object({ items: z.array(weeklyShift).max(SHIFTS_MOST) });

export const getShiftPattern = contract({
  method: "GET",
  path: `${base}/cities/:id/pattern`,
  tag,
  access: "staff",
  summary: "The rounds of a usual week",
  params: idParam,
  reply: pattern.extend({ version }),
});
export const putShiftPattern = contract({
  method: "PUT",
  path: `${base}/cities/:id/pattern`,
  tag,
  access: "manager",
  summary: "Write the usual week anew; evenings that are planned stay as they are",
  params: idParam,
  body: z.strictObject({ items: pattern.shape.items, version: version.optional() }),
  reply: pattern.extend({ version }),
});

const refusedShift = z.object({
  courierId: id.nullable(),
  fromMinute: z.number().int(),
  toMinute: z.number().int(),
  law: z
    .object({
      rule: z.enum(["overlap", "rest", "daily_hours", "average_hours", "breaks"]),
      wouldSeconds: z.number().int(),
      limitSeconds: z.number().int(),
      earliestStartAt: time.nullable(),
    })
    .nullable()
    .describe("where the working hours act refuses it"),
  words: z.string().describe("why, in English"),
});
const plannedDay = z.object({
  date: day,
  outcome: z
    .enum(["planned", "stands", "nothing", "refused"])
    .describe("stands: planned before and not touched; nothing: no round comes back on this weekday"),
  eveningId: id.nullable(),
  shifts: z.number().int(),
  refused: z.array(refusedShift),
});
export type PlannedDayReply = z.input<typeof plannedDay>;

export const planEvenings = contract({
  method: "POST",
  path: `${base}/cities/:id/evenings`,
  tag,
  access: "manager",
  summary: "Plan the evenings of coming days from the usual week; what cannot be is left out and named",
  params: idParam,
  body: z.strictObject({ from: day, days: z.number().int().min(1).max(DAYS_MOST).default(14) }),
  reply: z.object({ items: z.array(plannedDay) }),
});

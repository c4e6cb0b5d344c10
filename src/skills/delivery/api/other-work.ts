import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import { base, day, id, tag, version } from "./shared.ts";

/** Work that a courier does for somebody else, because the law counts it together with ours. */

const ITEMS_MOST = 20;
const weekly = z.strictObject({
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .describe("on which it begins; 1 = Monday ... 7 = Sunday"),
  fromMinute: z.number().int().min(0).max(1_439).describe("minutes of the clock since midnight"),
  toMinute: z.number().int().min(1).max(2_160).describe("1440 and more is the next morning"),
  from: day.describe("first day"),
  until: day.nullable().default(null).describe("last day; null = until it is changed"),
});
const refused = z.object({
  shiftId: id,
  eveningId: id,
  date: day,
  earliestAt: time,
  latestAt: time,
  reason: z.string().describe("the rule, and what there would be"),
});
const items = z.array(weekly).max(ITEMS_MOST);
const works = z.object({
  items,
  version,
  refusedRounds: z
    .array(refused)
    .describe(
      "rounds to come that the law refuses beside this work: give them to another courier, or change their time",
    ),
});

export const getOtherWork = contract({
  method: "GET",
  path: `${base}/couriers/:id/other-work`,
  tag,
  access: "manager",
  summary: "When a courier works elsewhere",
  params: idParam,
  reply: works,
});
export const putOtherWork = contract({
  method: "PUT",
  path: `${base}/couriers/:id/other-work`,
  tag,
  access: "manager",
  summary:
    "Write anew when a courier works elsewhere; rounds that the law refuses beside it cannot be planned, and those that stand are named",
  params: idParam,
  body: z.strictObject({ items, version: version.optional() }),
  reply: works,
});

/** The page's contracts as types only: zod stays out of the browser, and this is the one door to them. */

import type { ReplyOf } from "#kernel/api";
import type {
  CourierEvent,
  CourierPageReply,
  CourierPickUp,
  CourierShift,
  CourierStop,
  getCourierMap,
  tellCourierEvents,
} from "../../skills/delivery/api.ts";

export type { CourierEvent, CourierPickUp, CourierShift, CourierStop };
export type CourierPage = CourierPageReply;
/** The owner's map of one round. */
export type RoundMap = ReplyOf<typeof getCourierMap> & { shiftId: number };
export type Told = ReplyOf<typeof tellCourierEvents>;
export type Result = Told["results"][number];
export type Why = NonNullable<Result["why"]>;
export type Message = CourierShift["messages"][number];

/** An event before it has its key and its time. */
export type Draft = CourierEvent extends infer One
  ? One extends CourierEvent
    ? Omit<One, "key" | "at">
    : never
  : never;

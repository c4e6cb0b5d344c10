import { z } from "zod";
import { contract, idParam, language, page, pageQuery, time } from "#kernel/api";
import { at, both, channelRef, clock, quietHours, timeZone, topicsBase } from "./shared.ts";

const clockOrMidnight = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time such as 07:30, or 24:00");
/** Weekdays 1 = Monday to 7; a public holiday counts as a Sunday. From later than to passes midnight. */
export const subscriptionWindow = z.object({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: clock,
  to: clockOrMidnight,
});
/** What a subscriber chooses. */
export const choice = z.object({
  /** parameter key -> chosen values; a missing key = everything */
  values: z.record(z.string().max(31), z.array(z.string().max(80)).max(20)).default({}),
  /** null = at any time */
  window: subscriptionWindow.nullable().default(null),
  /** "default" = the company's quiet hours; null = none */
  quiet: z.union([z.literal("default"), quietHours, z.null()]).default("default"),
  /** null = at once; otherwise one message a day at this time */
  digestAt: clock.nullable().default(null),
  expiresAt: time.nullable().default(null),
  /** Whose clock hours, quiet hours and digests go by; null = the company's */
  timeZone: timeZone.nullable().default(null),
});
export type Choice = z.output<typeof choice>;

export const subscription = z.object({
  id: z.number(),
  contactId: z.number(),
  topicId: z.number(),
  topicTitle: both(80),
  /** The value recipients are found by, "" = everything. */
  value: z.string(),
  /** Further values by parameter. */
  filters: z.record(z.string(), z.array(z.string())),
  window: subscriptionWindow.nullable(),
  quiet: z.union([z.literal("default"), quietHours, z.null()]),
  digestAt: z.string().nullable(),
  timeZone: z.string().nullable().describe("null = the company's"),
  channel: channelRef,
  language,
  pausedUntil: time.nullable(),
  expiresAt: time.nullable(),
  endedAt: time.nullable(),
  createdAt: time,
});
export type Subscription = z.output<typeof subscription>;

export const listTopicSubscriptions = contract({
  ...at("GET", `${topicsBase}/:id/subscriptions`, "manager"),
  summary: "Who subscribed to a topic, newest first",
  params: idParam,
  query: pageQuery,
  reply: page(subscription),
});
export const listContactSubscriptions = contract({
  ...at("GET", "/api/v1/contacts/:id/subscriptions"),
  summary: "What a person has subscribed to, also by contacts merged with this one",
  params: idParam,
  reply: z.object({ items: z.array(subscription) }),
});
export const subscribeContact = contract({
  ...at("POST", "/api/v1/contacts/:id/subscriptions"),
  status: 201,
  summary: "Subscribe a person who asked for it; what proves it must be named",
  params: idParam,
  body: choice.extend({
    topicId: z.number().int(),
    channelId: z.number().int(),
    language,
    evidence: z.string().trim().min(10).max(500).describe("when, how and in what words the person agreed"),
  }),
  reply: z.object({ items: z.array(subscription) }),
});
export const changeSubscription = contract({
  ...at("PATCH", "/api/v1/subscriptions/:id"),
  summary: "Pause, resume or end one subscription on the person's wish",
  params: idParam,
  body: z.object({ pausedUntil: time.nullable().optional(), end: z.literal(true).optional() }),
  reply: subscription,
});

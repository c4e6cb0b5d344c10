import { z } from "zod";
import { contract, done, idParam, language, page, pageQuery, time } from "#kernel/api";
import { at, both, channelKind, channelRef, slugText } from "./shared.ts";

export const noticeState = z.enum(["draft", "scheduled", "sending", "done", "stopped", "expired"]);
const channelText = z.object({ channelKind, language, text: z.string().trim().min(1).max(4000) });
const noticeInput = z.object({
  topicId: z.number().int(),
  /** Names the notice for staff, and the conversation when somebody replies. */
  title: z.string().trim().min(1).max(120),
  /** What it is about, parameter key -> values; a missing key concerns everybody. */
  values: z.record(z.string().max(31), z.array(z.string().max(80)).max(500)).default({}),
  /** At least one language; who wants the other one reads this one. */
  texts: z.object({ de: z.string().max(4000).nullable(), en: z.string().max(4000).nullable() }),
  /** Other words for one channel. */
  channelTexts: z.array(channelText).max(20).default([]),
  link: z
    .string()
    .max(500)
    .regex(/^https?:\/\/\S+$/, "an address that begins with https://")
    .nullable()
    .default(null),
  /** Template per language; null = the first approved one that fits. */
  templates: z
    .object({ de: z.number().int().nullable(), en: z.number().int().nullable() })
    .default({ de: null, en: null }),
  /** What it advertises (GTINs, product names): an advocate's warning about the same thing stops it. */
  about: z.array(z.string().max(80)).max(20).default([]),
  /** "Of no use after"; null = 24 hours after it began. */
  expiresAt: time.nullable().default(null),
});
export type NoticeInput = z.output<typeof noticeInput>;

const counts = z.object({
  matched: z.number().describe("persons found"),
  waiting: z.number().describe("for their turn, their window, the end of quiet hours or their digest"),
  queued: z.number(),
  sent: z.number(),
  delivered: z.number(),
  read: z.number(),
  failed: z.number(),
  dropped: z.number(),
  uncertain: z.number(),
  /** Why it failed or was dropped -> how many. */
  reasons: z.record(z.string(), z.number()),
  unsubscribed: z.number(),
  replied: z.number(),
});
export type Counts = z.output<typeof counts>;

export const notice = noticeInput.extend({
  id: z.number(),
  topicTitle: both(80),
  state: noticeState,
  /** Why it stopped, or why it waits for somebody. */
  stateReason: z.string(),
  /** Updates and the all-clear of one alert share a story. */
  story: z.string().nullable(),
  phase: z.enum(["alert", "update", "all_clear", "farewell"]),
  createdBy: z.string(),
  releasedBy: z.string().nullable(),
  needsRelease: z.boolean().describe("somebody else must release it first (four eyes)"),
  scheduledAt: time.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  createdAt: time,
});
export type Notice = z.output<typeof notice>;

const noticesBase = "/api/v1/notices";
export const listNotices = contract({
  ...at("GET", noticesBase),
  summary: "Notices, newest first",
  query: pageQuery.extend({ state: noticeState.optional() }),
  reply: page(notice),
});
export const getNotice = contract({
  ...at("GET", `${noticesBase}/:id`),
  summary: "One notice",
  params: idParam,
  reply: notice,
});
export const createNotice = contract({
  ...at("POST", noticesBase),
  status: 201,
  summary: "Draft a notice",
  body: noticeInput,
  reply: notice,
});
export const replaceNotice = contract({
  ...at("PUT", `${noticesBase}/:id`),
  summary: "Save a draft whole; a release given before is void",
  params: idParam,
  body: noticeInput,
  reply: notice,
});
export const deleteNotice = contract({
  ...at("DELETE", `${noticesBase}/:id`),
  summary: "Throw a draft away",
  params: idParam,
  reply: done,
});
export const previewNotice = contract({
  ...at("GET", `${noticesBase}/:id/preview`),
  summary: "What is read, by channel and language, inside and outside of the 24-hour window",
  params: idParam,
  reply: z.object({
    items: z.array(
      z.object({
        channel: channelRef,
        language,
        inWindow: z.boolean(),
        text: z.string(),
        template: z.string().nullable().describe("name of the template that carries it"),
        /** Why nobody gets it this way, e.g. no_template; null = fine. */
        fault: z.string().nullable(),
      }),
    ),
  }),
});
/** free: costs nothing; window: WhatsApp inside its 24 hours; utility and marketing: a paid template; blocked: cannot be sent. */
export const costClass = z.enum(["free", "window", "utility", "marketing", "blocked"]);
export const countRecipients = contract({
  ...at("GET", `${noticesBase}/:id/recipients`),
  summary: "How many persons it would reach now, by channel and cost class",
  params: idParam,
  reply: z.object({
    persons: z.number(),
    items: z.array(
      z.object({ channel: channelRef, language, costClass, persons: z.number(), digest: z.number() }),
    ),
    /** Seconds until the last one leaves at the channels' rates, if it began now and nobody had quiet hours. */
    seconds: z.number(),
  }),
});
export const testNotice = contract({
  ...at("POST", `${noticesBase}/:id/test`),
  summary: "Send it to one contact who is subscribed to the topic; counts nowhere",
  params: idParam,
  body: z.object({ contactId: z.number().int() }),
  reply: z.object({
    queued: z.boolean(),
    reason: z.string().nullable(),
    conversationId: z.number().nullable(),
  }),
});
export const releaseNotice = contract({
  ...at("POST", `${noticesBase}/:id/release`),
  summary: "Release a draft that somebody else wrote",
  params: idParam,
  reply: notice,
});
export const startNotice = contract({
  ...at("POST", `${noticesBase}/:id/start`),
  summary: "Send now, or at a time",
  params: idParam,
  body: z.object({ at: time.nullable().default(null) }),
  reply: notice,
});
export const stopNotice = contract({
  ...at("POST", `${noticesBase}/:id/stop`),
  summary: "Stop in the middle: nothing that has not left goes any more",
  params: idParam,
  reply: notice,
});
export const noticeProgress = contract({
  ...at("GET", `${noticesBase}/:id/progress`),
  summary: "Where it stands, read from the messages themselves",
  params: idParam,
  reply: z.object({ state: noticeState, counts, at: time }),
});
export const publishNotice = contract({
  ...at("POST", `${noticesBase}/publish`, "manager"),
  status: 201,
  summary: "Draft and send in one call, for programs; the same reference is taken once",
  body: noticeInput.omit({ topicId: true }).extend({
    topic: slugText,
    reference: z.string().trim().min(1).max(120),
    story: z.string().trim().min(1).max(120).nullable().default(null),
    phase: z.enum(["alert", "update", "all_clear"]).default("alert"),
    startAt: time.nullable().default(null),
  }),
  reply: notice,
});

import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import { at, both, slugText, topicsBase } from "./shared.ts";

/** `window` lets the subscriber choose weekdays and hours; every other kind is matched by its values. */
export const parameterKind = z.enum(["line", "branch", "author", "product", "region", "window"]);
export const parameter = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  kind: parameterKind,
  label: both(60),
  /** What may be chosen; empty = any words. */
  values: z.array(z.object({ value: z.string().trim().min(1).max(80), label: both(80) })).max(1000),
  /** A subscriber must choose; otherwise no choice means everything. */
  required: z.boolean(),
});
export type Parameter = z.output<typeof parameter>;

/** service: what was asked for; promotion: advertising, which an advocate's warning stops. */
const topicKind = z.enum(["service", "promotion"]);
const topicInput = z.object({
  slug: slugText,
  title: both(80),
  description: both(500),
  kind: topicKind,
  /** The first parameter that is no window is the one that recipients are found by. */
  parameters: z.array(parameter).max(6),
  /** Shown in the public catalogue. */
  isPublic: z.boolean(),
  /** Sent also in quiet hours, and beyond the cap: for warnings of danger. */
  isUrgent: z.boolean(),
});
export type TopicInput = z.output<typeof topicInput>;
export const noticeTopic = topicInput.extend({ id: z.number(), subscribers: z.number(), createdAt: time });
export type NoticeTopic = z.output<typeof noticeTopic>;

export const listNoticeTopics = contract({
  ...at("GET", topicsBase),
  summary: "Topics that customers may subscribe to, with their subscribers",
  reply: z.object({ items: z.array(noticeTopic) }),
});
export const createNoticeTopic = contract({
  ...at("POST", topicsBase, "manager"),
  status: 201,
  summary: "Add a topic of notices",
  body: topicInput,
  reply: noticeTopic,
});
export const replaceNoticeTopic = contract({
  ...at("PUT", `${topicsBase}/:id`, "manager"),
  summary: "Save a topic of notices whole; its kind stays as it is",
  params: idParam,
  body: topicInput,
  reply: noticeTopic,
});
export const deleteNoticeTopic = contract({
  ...at("DELETE", `${topicsBase}/:id`, "manager"),
  summary: "End a topic; its subscribers are told, then their subscriptions and grants end",
  params: idParam,
  reply: z.object({ ok: z.literal(true), told: z.number().describe("subscribers who get a last notice") }),
});

import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";
import { at } from "./shared.ts";

export const templateState = z.enum(["pending", "approved", "rejected", "paused", "disabled"]);
export const templateCategory = z.enum(["utility", "marketing", "authentication"]);
const templateInput = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language,
  category: templateCategory,
  /** With places {{1}}, {{2}} … in order. */
  body: z.string().trim().min(1).max(1024),
  /** What fills each place: "title", "text", "topic", "until", or the key of a topic's parameter. */
  variables: z.array(z.string().max(31)).max(10),
  state: templateState,
  /** Notices, or the advocate's warnings: these are utility, and say title and text. */
  serves: z.enum(["notice", "warning"]).default("notice"),
});
export type TemplateInput = z.output<typeof templateInput>;
export const noticeTemplate = templateInput.extend({ id: z.number(), reason: z.string(), stateAt: time });
const templatesBase = "/api/v1/notice-templates";
export const listNoticeTemplates = contract({
  ...at("GET", templatesBase),
  summary: "WhatsApp templates for notices outside the 24-hour window, with what the provider thinks of them",
  reply: z.object({ items: z.array(noticeTemplate) }),
});
export const createNoticeTemplate = contract({
  ...at("POST", templatesBase, "manager"),
  status: 201,
  summary: "Add a template as it stands at the provider",
  body: templateInput,
  reply: noticeTemplate,
});
export const replaceNoticeTemplate = contract({
  ...at("PUT", `${templatesBase}/:id`, "manager"),
  summary: "Save a template whole, also its state and category after the provider changed them",
  params: idParam,
  body: templateInput,
  reply: noticeTemplate,
});
export const deleteNoticeTemplate = contract({
  ...at("DELETE", `${templatesBase}/:id`, "manager"),
  summary: "Remove a template; notices that need it fall back to another channel",
  params: idParam,
  reply: done,
});

import { z } from "zod";
import { contract } from "../http/contract.ts";
import { language } from "./shared.ts";

const tag = "Documents";

const block = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), level: z.union([z.literal(2), z.literal(3)]), text: z.string() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("list"), items: z.array(z.string()) }),
  z.object({ kind: z.literal("table"), head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
]);
export type DocumentBlock = z.output<typeof block>;

const summary = z.object({
  name: z.string(),
  title: z.string(),
  /** What only the company can fill in. */
  gaps: z.array(z.string()),
});

export const listDocuments = contract({
  method: "GET",
  path: "/api/v1/documents",
  tag,
  access: "owner",
  summary: "Papers that a company has to keep, made from the running configuration",
  query: z.object({ language }),
  reply: z.object({ items: z.array(summary) }),
});

export const getDocument = contract({
  method: "GET",
  path: "/api/v1/documents/:name",
  tag,
  access: "owner",
  summary: "One paper: as blocks, as Markdown and as a page to print",
  params: z.object({ name: z.string().max(40) }),
  query: z.object({ language }),
  reply: summary.extend({ blocks: z.array(block), markdown: z.string(), html: z.string() }),
});

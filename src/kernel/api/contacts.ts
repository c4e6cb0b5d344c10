import { z } from "zod";
import { contract } from "../http/contract.ts";
import { done, idParam, language, page, pageQuery, time } from "./shared.ts";

export const contact = z.object({
  id: z.number(),
  name: z.string(),
  language: language.nullable(),
  company: z.string(),
  note: z.string(),
  firstSeenAt: time,
  identities: z.array(
    z.object({ kind: z.string(), value: z.string(), lastSeenAt: time, contactId: z.number() }),
  ),
  conversations: z.array(
    z.object({
      id: z.number(),
      channelKind: z.string(),
      state: z.string(),
      lastMessageAt: time,
      /** In whose name it is held, e.g. "business:7"; null = the person's own. */
      party: z.string().nullable(),
    }),
  ),
  /** Contacts that were merged into this one, newest first; each can be undone. */
  merges: z.array(
    z.object({ id: z.number(), contactId: z.number(), name: z.string(), mergedAt: time, by: z.string() }),
  ),
});
export type Contact = z.output<typeof contact>;

const tag = "Contacts";
export const listContacts = contract({
  method: "GET",
  path: "/api/v1/contacts",
  tag,
  access: "staff",
  summary: "Contacts by name",
  query: pageQuery.extend({ q: z.string().max(100).optional() }),
  reply: page(contact.pick({ id: true, name: true, company: true, language: true, firstSeenAt: true })),
});
export const getContact = contract({
  method: "GET",
  path: "/api/v1/contacts/:id",
  tag,
  access: "staff",
  summary: "One contact with identities and merges",
  params: idParam,
  reply: contact,
});
export const updateContact = contract({
  method: "PATCH",
  path: "/api/v1/contacts/:id",
  tag,
  access: "staff",
  summary: "Change name, company, language or note",
  params: idParam,
  body: z
    .object({
      name: z.string().trim().min(1).max(200),
      company: z.string().max(200),
      note: z.string().max(4000),
      language: language.nullable(),
    })
    .partial(),
  reply: contact,
});
export const mergeContacts = contract({
  method: "POST",
  path: "/api/v1/contacts/:id/merge",
  tag,
  access: "staff",
  status: 201,
  summary: "This contact is the same person as `into`; nothing is moved, so it can be undone",
  params: idParam,
  body: z.object({ into: z.number().int() }),
  reply: contact,
});
export const undoMerge = contract({
  method: "DELETE",
  path: "/api/v1/merges/:id",
  tag,
  access: "staff",
  summary: "Undo a merge",
  params: idParam,
  reply: contact,
});
export const exportContact = contract({
  method: "GET",
  path: "/api/v1/contacts/:id/export",
  tag,
  access: "manager",
  summary: "Everything stored about this person (GDPR Art. 15, 20)",
  params: idParam,
  reply: z.record(z.string(), z.unknown()),
});
export const eraseContact = contract({
  method: "POST",
  path: "/api/v1/contacts/:id/erase",
  tag,
  access: "manager",
  summary: "Erases this person's data in every room (GDPR Art. 17)",
  params: idParam,
  body: z.object({ confirm: z.literal(true) }),
  reply: done,
});

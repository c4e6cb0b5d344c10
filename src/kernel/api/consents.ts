import { z } from "zod";
import { contract } from "../http/contract.ts";
import { done, idParam, language, time } from "./shared.ts";

const tag = "Consent";

export const consentHow = z.enum(["message", "form", "double_opt_in", "link", "staff", "import"]);

export const grant = z.object({
  id: z.number(),
  contactId: z.number(),
  channelId: z.number(),
  purpose: z.string(),
  topic: z.string().describe('"" is the whole purpose'),
  topicName: z
    .object({ de: z.string(), en: z.string() })
    .nullable()
    .describe("what people call the topic; null for none, and for one that is gone"),
  language,
  text: z.string().describe("the exact words that were agreed to"),
  how: consentHow,
  grantedAt: time,
  expiresAt: time.nullable(),
  withdrawnAt: time.nullable(),
  withdrawnHow: z.string().nullable(),
});
export type ConsentGrant = z.output<typeof grant>;

const evidence = z
  .record(z.string().max(60), z.union([z.string().max(2000), z.number(), z.boolean()]))
  .refine((record) => Object.keys(record).length > 0, "name what proves it")
  .describe("What proves it: the paper's number, the recording, the message");

export const listPurposes = contract({
  method: "GET",
  path: "/api/v1/purposes",
  tag,
  access: "staff",
  summary: "Why this node uses personal data: every declared purpose",
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        legalBasis: z.enum(["contract", "consent", "legitimate_interest", "legal_obligation"]),
        text: z.object({ de: z.string(), en: z.string() }),
        keepDays: z.number(),
      }),
    ),
  }),
});
export const listConsents = contract({
  method: "GET",
  path: "/api/v1/contacts/:id/consents",
  tag,
  access: "staff",
  summary: "What this person agreed to, and took back",
  params: idParam,
  reply: z.object({ items: z.array(grant) }),
});
export const addConsent = contract({
  method: "POST",
  path: "/api/v1/contacts/:id/consents",
  tag,
  access: "staff",
  status: 201,
  summary: "Record a consent that this person gave to a member of staff, with its evidence",
  params: idParam,
  body: z.object({
    channelId: z.number().int(),
    purpose: z.string().max(80),
    topic: z.string().max(200).default(""),
    language,
    text: z.string().trim().min(1).max(4000),
    evidence,
    expiresAt: time.nullable().default(null),
  }),
  reply: grant,
});
export const withdrawConsents = contract({
  method: "POST",
  path: "/api/v1/contacts/:id/consents/withdraw",
  tag,
  access: "staff",
  summary: "Take consent back for this person: everything, or one purpose, topic or channel",
  params: idParam,
  body: z
    .object({ purpose: z.string().max(80), topic: z.string().max(200), channelId: z.number().int() })
    .partial(),
  reply: z.object({ withdrawn: z.number() }),
});
export const importConsents = contract({
  method: "POST",
  path: "/api/v1/consents/import",
  tag,
  access: "manager",
  summary: "Import consents with their evidence (CSV); a row without evidence is refused",
  body: z.object({
    csv: z
      .string()
      .min(1)
      .max(5_000_000)
      .describe("channel_id,address,name,purpose,topic,language,text,given_at,evidence"),
  }),
  reply: z.object({
    accepted: z.number(),
    refused: z.array(z.object({ line: z.number(), reason: z.string() })),
  }),
});

export const agreement = z.object({
  id: z.number(),
  tenantId: z.number().describe("who proposed it"),
  withTenantId: z.number(),
  purpose: z.string(),
  fields: z.array(z.string()),
  proposedAt: time,
  agreedAt: time.nullable(),
  expiresAt: time,
  revokedAt: time.nullable(),
});
export const listAgreements = contract({
  method: "GET",
  path: "/api/v1/agreements",
  tag,
  access: "manager",
  summary: "Agreements with other companies on this node: what may cross, why and until when",
  reply: z.object({ items: z.array(agreement) }),
});
export const proposeAgreement = contract({
  method: "POST",
  path: "/api/v1/agreements",
  tag,
  access: "owner",
  status: 201,
  summary: "Propose an agreement to another company; nothing crosses before it agrees",
  body: z.object({
    withTenantId: z.number().int(),
    purpose: z.string().min(1).max(80),
    fields: z.array(z.string().min(1).max(60)).min(1).max(50),
    expiresAt: time,
  }),
  reply: agreement,
});
export const acceptAgreement = contract({
  method: "POST",
  path: "/api/v1/agreements/:id/agree",
  tag,
  access: "owner",
  summary: "Agree to what another company proposed",
  params: idParam,
  reply: agreement,
});
export const revokeAgreement = contract({
  method: "DELETE",
  path: "/api/v1/agreements/:id",
  tag,
  access: "owner",
  summary: "End an agreement, from either side, at once",
  params: idParam,
  reply: done,
});

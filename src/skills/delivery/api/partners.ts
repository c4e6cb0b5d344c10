import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";
import { base, id, tag } from "./shared.ts";

/** Companies that bring for each other: the agreement between two, and what a sender wants of its parcels. */

const rule = z.strictObject({
  proof: z.enum(["none", "code", "photo", "signature"]).default("none"),
  afterFailure: z
    .enum(["another_window", "collect", "return"])
    .default("another_window")
    .describe("after a vain attempt: another window, fetched at the depot, or back"),
  compensationMinor: z.number().int().min(0).max(100_000).default(0),
  paysPercent: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(100)
    .describe("of the window's price; the rest is the customer's"),
  tries: z.number().int().min(1).max(5).default(2),
  takesBack: z.boolean().default(false).describe("couriers take something along from its customers' doors"),
  takesBackWords: z.string().trim().max(200).default("").describe("what, and how big; customers read it"),
  collectDays: z.number().int().min(1).max(60).default(7).describe("so long a parcel waits at the depot"),
});
export type SenderRule = z.output<typeof rule>;

const partner = z.object({
  id: id.describe("of the agreement"),
  tenantId: id,
  name: z.string(),
  state: z.enum(["asked", "asks", "stands", "ended"]).describe("asked: by us; asks: the other company"),
  since: time.describe("agreed, or proposed"),
  until: time,
  fields: z.array(z.string()).describe("what may cross"),
  rule: rule.nullable().describe("of the parcels that it sends with us; null: as the city has it"),
});
export type PartnerReply = z.output<typeof partner>;

export const listPartners = contract({
  method: "GET",
  path: `${base}/partners`,
  tag,
  access: "manager",
  summary: "Companies on this node that deliveries cross to or from",
  reply: z.object({ items: z.array(partner) }),
});
export const proposePartner = contract({
  method: "POST",
  path: `${base}/partners`,
  tag,
  access: "owner",
  status: 201,
  summary:
    "Ask a company for an agreement on deliveries: address, place, window and parcel cross, nothing else",
  body: z.strictObject({
    slug: z.string().trim().min(1).max(80).describe("the short name in the address of its page"),
    years: z.number().int().min(1).max(5).default(2),
  }),
  reply: partner,
});
export const agreePartner = contract({
  method: "POST",
  path: `${base}/partners/:id/agree`,
  tag,
  access: "owner",
  summary: "Agree to what another company asks",
  params: idParam,
  reply: done,
});
export const endPartner = contract({
  method: "DELETE",
  path: `${base}/partners/:id`,
  tag,
  access: "owner",
  summary: "End an agreement, at once; what is booked is still brought",
  params: idParam,
  reply: done,
});
export const putSenderRule = contract({
  method: "PUT",
  path: `${base}/senders/:id/rule`,
  tag,
  access: "manager",
  summary: "What a sender wants of its parcels: proof, what follows a vain attempt, compensation",
  params: idParam,
  body: rule,
  reply: rule,
});

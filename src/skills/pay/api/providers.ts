import { z } from "zod";
import { contract, done, time } from "#kernel/api";
import { base, revision, tag, text } from "./shared.ts";

const kind = z.enum(["stripe", "mollie"]);
export type ProviderName = z.output<typeof kind>;

const provider = z.object({
  kind,
  isConnected: z.boolean(),
  active: z.boolean(),
  keyEnds: z.string().describe("the last signs of the key, to know it by"),
  hasSecret: z.boolean(),
  webhook: z
    .string()
    .describe("where the service shall call; Stripe wants it entered, Mollie is told with each payment"),
  events: z.array(z.string()).describe("which events to choose at the service"),
  fault: z
    .enum(["", "unreachable", "bad_key", "refused", "strange_answer", "busy"])
    .describe('why the last call brought nothing; "" = all is well'),
  faultAt: time.nullable(),
  revision,
});
export type Provider = z.output<typeof provider>;

const params = z.object({ kind });
const path = `${base}/providers`;
export const listPayProviders = contract({
  method: "GET",
  path,
  tag,
  access: "manager",
  summary: "Services that take payments for the company",
  reply: z.object({ items: z.array(provider) }),
});
export const savePayProvider = contract({
  method: "PUT",
  path: `${path}/:kind`,
  tag,
  access: "manager",
  summary: "Connect a service or change its keys; the key is tried at once",
  params,
  body: z.strictObject({
    apiKey: text(300).default("").describe('"" = as it is'),
    webhookSecret: text(300).default("").describe('Stripe: whsec_...; "" = as it is'),
    active: z.boolean().default(true),
    revision,
  }),
  reply: provider,
});
export const removePayProvider = contract({
  method: "DELETE",
  path: `${path}/:kind`,
  tag,
  access: "manager",
  summary: "Forget the keys; payments that were made stay",
  params,
  reply: done,
});
export const tellOfPayment = contract({
  method: "POST",
  path: "/api/v1/pay-hooks/:key",
  tag,
  access: "public",
  acceptsForm: true,
  bodyBytes: 256 * 1024,
  summary: "What a payment service tells: Stripe signed, Mollie by an id that is then read from Mollie",
  params: z.object({ key: z.string().max(60) }),
  body: z.record(z.string(), z.unknown()),
  reply: done,
});

import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";
import { base, id, tag } from "./shared.ts";

/**
 * Where a system is told what becomes of deliveries. Messages are signed as Standard Webhooks 1.0 has it (`webhook-id`,
 * `webhook-timestamp`, `webhook-signature`) and hold no personal data.
 */

export const webhookType = z.enum([
  "delivery.booked",
  "delivery.changed",
  "delivery.loaded",
  "delivery.under_way",
  "delivery.expected",
  "delivery.done",
  "delivery.failed",
  "delivery.cancelled",
  "delivery.take_back",
]);

const webhook = z.object({
  id,
  url: z.string(),
  state: z.enum(["works", "waiting", "failing", "stopped"]).describe("waiting: nothing was sent yet"),
  failingSince: time.nullable(),
  waiting: z.number().int().describe("messages that are still to be sent"),
  last: z
    .array(
      z.object({
        type: webhookType,
        at: time,
        attempts: z.number().int(),
        arrivedAt: time.nullable(),
        status: z.number().int().nullable().describe("HTTP; 0 = no answer; null = not sent yet"),
        fault: z.string(),
      }),
    )
    .describe("the newest five"),
});
export type WebhookReply = z.input<typeof webhook>;
const ofCarrier = z.strictObject({ carrierId: z.coerce.number().int().positive().optional() });

export const listDeliveryWebhooks = contract({
  method: "GET",
  path: `${base}/webhooks`,
  tag,
  access: "manager",
  summary: "Where is told what becomes of deliveries, and how that goes",
  query: ofCarrier,
  reply: z.object({ items: z.array(webhook) }),
});
export const createDeliveryWebhook = contract({
  method: "POST",
  path: `${base}/webhooks`,
  tag,
  access: "owner",
  status: 201,
  summary: "Tell a system; the secret that signs is shown once",
  query: ofCarrier,
  body: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000) }),
  reply: z.object({ webhook, secret: z.string() }),
});
export const resumeDeliveryWebhook = contract({
  method: "POST",
  path: `${base}/webhooks/:id/resume`,
  tag,
  access: "owner",
  summary: "Send again after it was stopped: what changed meanwhile is told once, as it is now",
  params: idParam,
  query: ofCarrier,
  reply: webhook,
});
export const deleteDeliveryWebhook = contract({
  method: "DELETE",
  path: `${base}/webhooks/:id`,
  tag,
  access: "owner",
  summary: "Tell no more",
  params: idParam,
  query: ofCarrier,
  reply: done,
});

import { z } from "zod";
import { conversation, message } from "./conversations.ts";

/**
 * What GET /api/v1/events (Server-Sent Events) carries as `data`; `id` is the tenant's seq. After a lost
 * connection send Last-Event-ID: everything since then comes first. `reset` says that too much was missed:
 * load the views again.
 */
export const liveEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message"), message, conversation: conversation.nullable() }),
  z.object({ type: z.literal("conversation"), conversation }),
  z.object({
    type: z.literal("typing"),
    conversationId: z.number(),
    who: z.string(),
    side: z.enum(["customer", "us"]),
    staffId: z.string().nullable(),
  }),
  z.object({
    type: z.literal("changed"),
    what: z.enum(["contact", "channel", "parked", "callback", "knowledge", "company", "staff", "delivery"]),
    id: z.string().nullable(),
  }),
  z.object({ type: z.literal("reset") }),
]);
export type LiveEvent = z.output<typeof liveEvent>;

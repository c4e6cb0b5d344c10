import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";

const tag = "Telephone";

const missedCall = z.object({
  id: z.number(),
  /** E.164 */
  phone: z.string(),
  contact: z.object({ id: z.number(), name: z.string() }).nullable(),
  conversationId: z.number().nullable(),
  state: z.enum(["open", "done"]),
  /** How often the number called. */
  times: z.number().int(),
  firstAt: time,
  lastAt: time,
  hasVoicemail: z.boolean(),
  /** How often we called back in vain. */
  tries: z.number().int(),
  triedAt: time.nullable(),
  takenBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  doneHow: z.enum(["called", "dismissed"]).nullable(),
  doneAt: time.nullable(),
});
export type MissedCall = z.output<typeof missedCall>;

export const listMissedCalls = contract({
  method: "GET",
  path: "/api/v1/missed-calls",
  tag,
  access: "staff",
  summary: "Who called in vain, each number once; who waits longest first",
  query: z.object({ state: z.enum(["open", "done"]).default("open") }),
  reply: z.object({
    items: z.array(missedCall),
    /** Calls with a suppressed number that nobody answered, in the last seven days. */
    suppressed: z.number().int(),
  }),
});
export const takeMissedCall = contract({
  method: "POST",
  path: "/api/v1/missed-calls/:id/take",
  tag,
  access: "staff",
  summary: "I call back, so nobody else does (half an hour); or I give it back",
  params: idParam,
  body: z.object({ isMine: z.boolean() }),
  reply: missedCall,
});
export const dismissMissedCall = contract({
  method: "POST",
  path: "/api/v1/missed-calls/:id/dismiss",
  tag,
  access: "staff",
  summary: "Nobody needs to call back; or they do after all",
  params: idParam,
  body: z.object({ isDismissed: z.boolean() }),
  reply: missedCall,
});

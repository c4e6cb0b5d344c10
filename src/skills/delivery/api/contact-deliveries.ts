import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import { base, id, skillName, tag } from "./shared.ts";

/** What stands beside a conversation: the person's deliveries, as colleagues answer about them. */

const card = z.object({
  id,
  senderName: z.string().describe('"" = the company itself'),
  reference: z.string(),
  address: z.string(),
  earliestAt: time,
  latestAt: time,
  timeZone: z.string(),
  state: z.enum(["held", "booked", "loaded", "under_way", "done", "failed", "cancelled", "expired"]),
  attempt: z.number().int(),
  skills: z.array(skillName),
  doorNote: z.string(),
  told: z.object({ from: time, until: time }).nullable().describe("the half-hour that the customer was told"),
  expected: z.object({ from: time, until: time }).nullable(),
  isLate: z.boolean(),
  outcome: z
    .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"])
    .nullable(),
  outcomeWords: z.string(),
  endedAt: time.nullable(),
  proof: z.enum(["none", "code", "photo", "signature"]),
  photoUrl: z.string().nullable(),
  signature: z.string().nullable().describe("path of an SVG in a field of 300 x 120"),
  compensation: z.object({ minor: z.number().int(), currency: z.string() }).nullable().describe("owed"),
  answer: z.enum(["good", "bad"]).nullable(),
  answerWords: z.string(),
});
export type DeliveryCard = z.input<typeof card>;

export const listContactDeliveries = contract({
  method: "GET",
  path: `${base}/contacts/:id/deliveries`,
  tag,
  access: "staff",
  summary: "The last deliveries of a person, the nearest first",
  params: idParam,
  reply: z.object({ items: z.array(card) }),
});

export const erasePhotos = contract({
  method: "POST",
  path: `${base}/deliveries/:id/photos/erase`,
  tag,
  access: "manager",
  summary:
    "Erase the pictures of a hand-over, for good; what became of the delivery stays, and the log says why",
  params: idParam,
  body: z.strictObject({ reason: z.string().trim().min(3).max(200) }),
  reply: z.object({ erased: z.number().int() }),
});

import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import { base, coordinates, day, id, skillName, skillNames, tag } from "./shared.ts";

/** Windows that are certain, and what becomes of the chosen one. */

const carrier = id
  .optional()
  .describe("the company that drives, where it is another one; needs its standing agreement");
export const key = z
  .string()
  .min(1)
  .max(120)
  .describe("chosen by the caller; the same call again with the same key is done once and answered alike");
const key_ = key.optional();

export const chosen = z.strictObject({ eveningId: id, earliestAt: time, latestAt: time });
const offered = z.object({
  ...chosen.shape,
  priceMinor: z.number().int(),
  currency: z.string(),
  extraSeconds: z.number().int().describe("under way that it adds to the plan: the least is the greenest"),
});
const refusal = z.discriminatedUnion("reason", [
  z
    .object({ reason: z.literal("outside"), nearest: coordinates, distanceMetres: z.number() })
    .describe("nobody drives there; the nearest place that is served"),
  z
    .object({ reason: z.literal("too_much"), most: z.number() })
    .describe("no courier takes so much; the most that one does"),
  z
    .object({ reason: z.literal("not_carried"), missing: z.array(skillName) })
    .describe("no courier may carry this"),
  z
    .object({ reason: z.literal("no_round"), nextDate: day.nullable() })
    .describe("nothing is planned in these days; the next day that is"),
  z
    .object({ reason: z.literal("full"), untilDate: day })
    .describe("every window up to this day is taken; ask for later days"),
]);
/** As far as evenings can be planned. */
const days = z.coerce.number().int().min(1).max(61).default(7).describe("from today on");
export const offers = z.object({
  cityId: id,
  windows: z.array(offered),
  refusal: refusal.nullable().describe("why there are no windows, and what would work"),
});
export type OffersReply = z.input<typeof offers>;

const minute = z.number().int().min(0).max(1_860);
/** A sender's counter: where a parcel lies, if not at the depot. */
const pickup = z
  .strictObject({
    place: coordinates,
    name: z.string().trim().min(1).max(120).describe("as the courier knows it, e.g. the shop's name"),
    fromMinute: minute
      .max(1_800)
      .describe(
        "when the counter is open: minutes of the city's clock on the evening's day; 1440 and more is the next morning",
      ),
    toMinute: minute,
    serviceSeconds: z.number().int().min(0).max(3_600).default(180),
  })
  .refine(({ fromMinute, toMinute }) => toMinute > fromMinute, "The counter closes before it opens.");

const delivery = z.object({
  id,
  senderReference: z.string(),
  contactId: id.nullable(),
  conversationId: id.nullable(),
  cityId: id,
  eveningId: id,
  earliestAt: time,
  latestAt: time,
  place: coordinates,
  address: z.string(),
  doorNote: z.string(),
  serviceSeconds: z.number().int(),
  demand: z.number().int(),
  skills: z.array(skillName),
  pickup: pickup.nullable().describe("where the courier fetches it; null = at the depot"),
  state: z.enum(["held", "booked", "loaded", "under_way", "done", "failed", "cancelled", "expired"]),
  holdUntil: time.nullable(),
  shiftId: id.nullable(),
  priceMinor: z.number().int(),
  currency: z.string(),
});
export type DeliveryReply = z.input<typeof delivery>;

/** Always 200: that a window is gone is an answer, not a fault. */
export const answer = z.object({
  outcome: z.enum(["held", "booked", "changed", "cancelled", "gone", "too_late"]),
  delivery: delivery.nullable(),
  instead: offers.nullable().describe("where the window was gone: what is free now"),
});
export type AnswerReply = z.input<typeof answer>;

const wish = {
  serviceSeconds: z.number().int().min(0).max(3_600).optional(),
  demand: z.number().int().min(0).max(10_000).default(1).describe("of a courier's capacity"),
};

export const listDeliveryWindows = contract({
  method: "GET",
  path: `${base}/windows`,
  tag,
  access: "staff",
  summary: "Windows of the coming days that are certain for a place, with their prices",
  query: z.strictObject({
    lat: z.coerce.number().min(-80).max(80),
    lon: z.coerce.number().min(-180).max(180),
    cityId: z.coerce
      .number()
      .int()
      .positive()
      .optional()
      .describe("without it the city that serves the place"),
    days,
    serviceSeconds: z.coerce.number().int().min(0).max(3_600).optional(),
    demand: z.coerce.number().int().min(0).max(10_000).default(1),
    skills: z
      .string()
      .regex(/^(?:(?:cold|age_check|fragile)(?:,|$))*$/)
      .default("")
      .describe("cold, age_check, fragile, with commas between"),
    pickup: z
      .string()
      .regex(/^-?\d{1,2}(\.\d{1,20})?,-?\d{1,3}(\.\d{1,20})?,\d{1,4},\d{1,4}(,\d{1,4})?$/)
      .optional()
      .describe(
        "where it lies, if not at the depot: latitude,longitude,fromMinute,toMinute[,serviceSeconds] of the counter",
      ),
    carrierId: z.coerce
      .number()
      .int()
      .positive()
      .optional()
      .describe(carrier.description ?? ""),
  }),
  reply: offers,
});
export const holdDelivery = contract({
  method: "POST",
  path: `${base}/deliveries`,
  tag,
  access: "staff",
  summary: "Hold a window that was offered, until it is booked or the time to do so is over",
  body: z.strictObject({
    key,
    cityId: id,
    place: coordinates,
    window: chosen,
    ...wish,
    skills: skillNames,
    address: z.string().trim().min(1).max(300),
    doorNote: z.string().trim().max(500).default(""),
    pickup: pickup
      .optional()
      .describe("where the courier fetches it on the round that brings it; without it at the depot"),
    senderReference: z.string().trim().max(120).default(""),
    contactId: id.optional(),
    conversationId: id.optional(),
    carrierId: carrier,
  }),
  reply: answer,
});
const given = z.strictObject({ key: key_, carrierId: carrier }).default({});
export const bookDelivery = contract({
  method: "POST",
  path: `${base}/deliveries/:id/book`,
  tag,
  access: "staff",
  summary: "Book a held window; a hold that is over is booked as long as its window is free",
  params: idParam,
  body: given,
  reply: answer,
});
export const changeDelivery = contract({
  method: "POST",
  path: `${base}/deliveries/:id/change`,
  tag,
  access: "staff",
  summary: "Another window; where it is gone, the old one stays",
  params: idParam,
  body: z.strictObject({ key: key_, carrierId: carrier, window: chosen }),
  reply: answer,
});
export const cancelDelivery = contract({
  method: "POST",
  path: `${base}/deliveries/:id/cancel`,
  tag,
  access: "staff",
  summary: "Take a delivery back, until the courier is near",
  params: idParam,
  body: given,
  reply: answer,
});
export const eraseDelivery = contract({
  method: "POST",
  path: `${base}/deliveries/erase`,
  tag,
  access: "manager",
  summary:
    "A customer is to be forgotten: address, place, notes and reference of their deliveries are removed, what is still to come is taken back",
  body: z
    .strictObject({
      senderReference: z
        .string()
        .trim()
        .min(1)
        .max(120)
        .optional()
        .describe("all deliveries of this reference"),
      id: id.optional().describe("of one delivery, where its reference does not cross to the carrier"),
      carrierId: carrier,
    })
    .refine(
      ({ senderReference, id }) => (senderReference === undefined) !== (id === undefined),
      "Name either senderReference or id.",
    ),
  reply: z.object({ erased: z.number().int().describe("deliveries that nobody can be found by any more") }),
});
export const windowsForDelivery = contract({
  method: "GET",
  path: `${base}/deliveries/:id/windows`,
  tag,
  access: "staff",
  summary: "Windows that a delivery could move to",
  params: idParam,
  query: z.strictObject({ days, carrierId: z.coerce.number().int().positive().optional() }),
  reply: offers,
});
export const getDelivery = contract({
  method: "GET",
  path: `${base}/deliveries/:id`,
  tag,
  access: "staff",
  summary: "One delivery",
  params: idParam,
  query: z.strictObject({ carrierId: z.coerce.number().int().positive().optional() }),
  reply: delivery,
});
export const listDeliveries = contract({
  method: "GET",
  path: `${base}/deliveries`,
  tag,
  access: "staff",
  summary: "Deliveries, the newest first",
  query: z.strictObject({
    eveningId: z.coerce.number().int().positive().optional(),
    state: delivery.shape.state.optional(),
    before: z.coerce.number().int().positive().optional().describe("ids below this one"),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    carrierId: z.coerce.number().int().positive().optional(),
  }),
  reply: z.object({ items: z.array(delivery) }),
});

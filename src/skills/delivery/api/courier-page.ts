import { z } from "zod";
import { contract, time } from "#kernel/api";
import { features } from "./city-map.ts";
import { base, coordinates, day, id, skillName, tag } from "./shared.ts";

/**
 * The courier's page. Its key stands in the fragment of the address and comes as `Authorization: Courier TENANT.HEX`; names
 * and numbers of customers' contacts never cross, only what is on the label.
 */

const stop = z.object({
  deliveryId: id,
  code: z.string().describe("what the label's code holds, without the parcel's number"),
  name: z.string(),
  address: z.string(),
  place: coordinates,
  earliestAt: time,
  latestAt: time,
  expectedAt: time.nullable(),
  isInPlan: z.boolean(),
  doorNote: z.string(),
  parcels: z.number().int(),
  fetchAt: z
    .string()
    .nullable()
    .describe("the counter where it lies still; null = in the bag, or at the depot"),
  senderName: z.string(),
  senderReference: z.string(),
  skills: z.array(skillName),
  proof: z.enum(["none", "code", "photo", "signature"]),
  codeHint: z
    .object({ salt: z.string(), digit: z.number().int().min(0).max(9) })
    .nullable()
    .describe(
      "turns most wrong codes away without a net: the first four bytes of SHA-256 of salt and code, big-endian, modulo 10",
    ),
  state: z.enum(["booked", "loaded", "under_way", "done", "failed"]),
  outcome: z
    .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"])
    .nullable(),
  mayNeighbour: z.boolean(),
  mayLeave: z.boolean(),
  canWrite: z.boolean().describe("the customer has a conversation"),
  takeBack: z.string().describe('what the customer gives back, in their words; "" = nothing'),
  isTakenAlong: z.boolean().nullable().describe("null: not said yet"),
});
export type CourierStop = z.input<typeof stop>;

/** A stop to pick up, as long as something is to be fetched there. */
const pickup = z.object({
  name: z.string(),
  place: coordinates,
  earliestAt: time,
  latestAt: time.describe("the counter is open until then"),
  expectedAt: time.nullable(),
  deliveryIds: z.array(id).describe("whose parcels are scanned there"),
  before: id.nullable().describe("it comes before this stop; null = nothing comes after it"),
});
export type CourierPickUp = z.input<typeof pickup>;

const shift = z.object({
  id,
  date: day,
  cityName: z.string(),
  timeZone: z.string(),
  phone: z.string().describe('of the dispatcher, E.164; "" = none'),
  state: z.enum(["planned", "accepted", "out", "done"]),
  earliestAt: time,
  latestAt: time,
  start: z.object({ name: z.string(), place: coordinates }),
  end: z.object({ name: z.string(), place: coordinates }),
  frozen: z.number().int().describe("so many of its stops stay in their order"),
  against: z
    .object({
      rule: z.enum(["overlap", "rest", "daily_hours", "average_hours", "breaks"]),
      wouldMinutes: z.number().int(),
      limitMinutes: z.number().int(),
    })
    .nullable()
    .describe("what the working hours act says against a planned shift beside the other work that is known"),
  stops: z.array(stop).describe("in their order, what ended first; empty until the day itself"),
  pickups: z.array(pickup).describe("counters on the way, in their order"),
  messages: z.array(
    z.object({
      id,
      at: time,
      from: z.enum(["dispatcher", "customer", "courier"]),
      deliveryId: id.nullable(),
      text: z.string(),
    }),
  ),
});
export type CourierShift = z.input<typeof shift>;

const page = z.object({
  company: z.object({
    name: z.string(),
  }),
  courier: z.object({
    id,
    name: z.string(),
    language: z.enum(["de", "en"]),
    formOfAddress: z.enum(["du", "sie"]),
  }),
  now: time,
  shifts: z.array(shift).describe("of today and the coming seven days"),
});
export type CourierPageReply = z.input<typeof page>;

export const getCourierPage = contract({
  method: "GET",
  path: `${base}/courier`,
  tag,
  access: "public",
  summary: "The rounds of the courier whose key it is",
  reply: page,
});

export const getCourierMap = contract({
  method: "GET",
  path: `${base}/courier/map`,
  tag,
  access: "public",
  summary: "The owner's map round the stops of a round of this courier; empty without one",
  query: z.strictObject({ shiftId: z.coerce.number().int().positive() }),
  reply: z.object({ features, attribution: z.string() }),
});

/** What a courier did, told now or hours later. The key makes a thing told twice one; times are the phone's. */
const doing = {
  key: z.uuid(),
  at: time,
  shiftId: id,
};
const ofStop = { ...doing, deliveryId: id };
const event = z.discriminatedUnion("kind", [
  z.strictObject({ ...doing, kind: z.literal("accept") }),
  z.strictObject({ ...doing, kind: z.literal("decline"), words: z.string().max(200).default("") }),
  z.strictObject({ ...doing, kind: z.literal("scan"), code: z.string().min(1).max(60) }),
  z.strictObject({ ...doing, kind: z.literal("leave") }).describe("the depot, with the parcels"),
  z.strictObject({ ...ofStop, kind: z.literal("arrive") }),
  z.strictObject({
    ...ofStop,
    kind: z.literal("done"),
    outcome: z.enum(["handed_over", "neighbour", "left_there"]),
    to: z.string().max(80).default("").describe("who took it, or where it lies"),
    code: z.string().max(12).optional(),
    photoFileId: z.string().max(60).optional(),
    signature: z.string().max(20_000).optional().describe("path of an SVG in a field of 300 x 120"),
    isOfAge: z
      .literal(true)
      .optional()
      .describe("the courier saw that the person is old enough; no more is kept"),
  }),
  z.strictObject({ ...ofStop, kind: z.literal("not_there"), photoFileId: z.string().max(60).optional() }),
  z.strictObject({ ...ofStop, kind: z.literal("refused"), words: z.string().max(200).default("") }),
  z
    .strictObject({
      ...ofStop,
      kind: z.literal("take_back"),
      isTaken: z.boolean(),
      words: z.string().trim().max(200).default("").describe("why not"),
    })
    .describe("what the customer gives back was taken along, or not"),
  z.strictObject({ ...ofStop, kind: z.literal("undo") }).describe("what was said of this stop was a mistake"),
  z.strictObject({ ...ofStop, kind: z.literal("write"), text: z.string().trim().min(1).max(500) }),
  z.strictObject({
    ...doing,
    kind: z.literal("delay"),
    minutes: z.number().int().min(1).max(240),
    words: z.string().max(200).default(""),
  }),
  z.strictObject({ ...doing, kind: z.literal("back") }),
  z.strictObject({ ...doing, kind: z.literal("place"), place: coordinates }),
]);
export type CourierEvent = z.output<typeof event>;

export const tellCourierEvents = contract({
  method: "POST",
  path: `${base}/courier/events`,
  tag,
  access: "public",
  summary: "What a courier did, in any order and as often as it is told",
  body: z.strictObject({ events: z.array(event).min(1).max(200) }),
  reply: z.object({
    results: z.array(
      z.object({
        key: z.uuid(),
        outcome: z.enum(["taken", "known", "refused"]),
        why: z
          .enum(["code", "locked", "age", "proof", "not_yours", "over", "unknown"])
          .nullable()
          .describe("of a refusal; locked: too many wrong codes were said, a dispatcher records it"),
      }),
    ),
    page,
  }),
});

/** A picture as proof; JPEG. It is kept as long as the exact place. */
export const keepCourierPhoto = contract({
  method: "POST",
  path: `${base}/courier/photos`,
  tag,
  access: "public",
  summary: "A picture as proof of a hand-over",
  bodyBytes: 3 * 2 ** 20,
  body: z.strictObject({ key: z.uuid(), deliveryId: id, jpeg: z.base64().max(2_800_000) }),
  reply: z.object({ photoFileId: z.string() }),
});

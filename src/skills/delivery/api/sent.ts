import { z } from "zod";
import { contract, done, idParam, language, time } from "#kernel/api";
import { answer, chosen, key } from "./deliveries.ts";
import { base, coordinates, id, skillName, skillNames, tag } from "./shared.ts";

/** What staff hand in: at a counter, by order, from a list. */

const PARCELS_MOST = 50;
const ROWS_MOST = 25;
const TEXT_CHARACTERS = 2_000_000;
const LINES_MOST = 2_000;
const carrierId = id.optional().describe("the company that drives, where it is another one");
const asked = z.coerce.number().int().positive().optional();

const carrier = z.object({
  tenantId: id,
  name: z.string(),
  isOwn: z.boolean(),
  cities: z.array(z.object({ id, name: z.string(), timeZone: z.string() })),
});
export type CarrierReply = z.input<typeof carrier>;
export const listCarriers = contract({
  method: "GET",
  path: `${base}/carriers`,
  tag,
  access: "staff",
  summary: "Who drives for this company: itself, and those it has a standing agreement with",
  reply: z.object({
    items: z.array(carrier),
    consentWords: z
      .object({ de: z.string(), en: z.string() })
      .describe("what a customer agrees to who wants to be told when the courier is near"),
  }),
});

const phone = z
  .string()
  .regex(/^\+[1-9]\d{4,14}$/)
  .describe("E.164");
const customer = z.strictObject({
  name: z.string().trim().max(120).default(""),
  phone: phone.optional(),
  email: z.email().max(254).optional(),
  language: language.default("de"),
});
const parcel = {
  senderReference: z.string().trim().max(120).default(""),
  parcels: z.number().int().min(1).max(PARCELS_MOST).default(1),
  skills: skillNames,
  doorNote: z.string().trim().max(500).default(""),
};

export const sendParcel = contract({
  method: "POST",
  path: `${base}/sent`,
  tag,
  access: "staff",
  summary:
    "Hold a window for a parcel, with the customer whom it is for; it is booked by /deliveries/:id/book",
  body: z.strictObject({
    key,
    carrierId,
    cityId: id,
    place: coordinates,
    address: z.string().trim().min(1).max(300),
    window: chosen,
    ...parcel,
    demand: z.number().int().min(0).max(10_000).optional().describe("without it the number of parcels"),
    conversationId: id.optional(),
    customer: customer.optional(),
    consent: z
      .strictObject({ evidence: z.string().trim().min(1).max(200) })
      .optional()
      .describe("the customer agreed to be told; where and how"),
  }),
  reply: z.object({
    ...answer.shape,
    contactId: id.nullable(),
    isToldOf: z.boolean().describe("the customer is told before the courier comes"),
  }),
});

const sent = z.object({
  id,
  cityId: id,
  eveningId: id,
  senderName: z.string().describe('"" = the carrier itself'),
  senderReference: z.string(),
  recipient: z.string(),
  contactId: id.nullable(),
  conversationId: id.nullable(),
  address: z.string(),
  doorNote: z.string(),
  skills: z.array(skillName),
  parcels: z.number().int(),
  timeZone: z.string(),
  earliestAt: time,
  latestAt: time,
  state: z.enum(["held", "booked", "loaded", "under_way", "done", "failed", "cancelled", "expired"]),
  holdUntil: time.nullable(),
  toldFrom: time.nullable().describe("the half-hour that the customer was told"),
  toldUntil: time.nullable(),
  outcome: z
    .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"])
    .nullable(),
  outcomeWords: z.string(),
  endedAt: time.nullable(),
  priceMinor: z.number().int(),
  compensationMinor: z.number().int(),
  currency: z.string(),
  takeBack: z
    .object({
      what: z.string(),
      state: z.enum(["asked", "taken", "not_taken", "at_depot", "returned"]),
      why: z.string(),
    })
    .nullable()
    .describe("what its customer gives back"),
});
export type SentReply = z.input<typeof sent>;
export const listSent = contract({
  method: "GET",
  path: `${base}/sent`,
  tag,
  access: "staff",
  summary: "What was handed in, the newest first; a carrier sees that of its senders, too",
  query: z.strictObject({
    carrierId: asked,
    q: z.string().trim().max(100).optional().describe("in reference, address or name"),
    state: z.enum(["open", "done", "failed", "cancelled"]).optional(),
    before: asked.describe("ids below this one"),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  reply: z.object({ items: z.array(sent), next: id.nullable() }),
});

const row = z.strictObject({
  line: z.number().int().min(1),
  ...parcel,
  name: z.string().max(120).default(""),
  address: z.string().max(300),
  phone: z
    .string()
    .regex(/^(?:\+[1-9]\d{4,14})?$/)
    .default("")
    .describe('E.164, "" = none'),
  email: z.string().max(254).default(""),
  date: z.iso.date().nullable().default(null),
  fromMinute: z.number().int().min(0).max(1_800).nullable().default(null).describe("of a wished window"),
});
export type ParcelRow = z.output<typeof row>;
export const readParcelList = contract({
  method: "POST",
  path: `${base}/sent/list`,
  tag,
  access: "staff",
  summary: "Read a CSV of parcels: which column is what, and what each line says; nothing is done",
  bodyBytes: 4 * 2 ** 20,
  body: z.strictObject({ text: z.string().min(1).max(TEXT_CHARACTERS) }),
  reply: z.object({
    columns: z.array(
      z.object({ header: z.string(), field: z.string().nullable().describe("null: it is not read") }),
    ),
    rows: z.array(row).max(LINES_MOST),
    faults: z.array(
      z.object({
        line: z.number().int(),
        fault: z.enum([
          "broken",
          "address",
          "parcels",
          "date",
          "skills",
          "phone",
          "email",
          "window",
          "too_many",
        ]),
        value: z.string(),
      }),
    ),
  }),
});
export type ParcelListReply = z.input<typeof readParcelList.reply>;

const imported = z.object({
  line: z.number().int(),
  outcome: z
    .enum(["ready", "booked", "known", "choose", "not_found", "no_window", "taken_back", "too_many"])
    .describe(
      "known: this reference is booked already; choose: several addresses are meant; no_window: nothing is free as wished; taken_back: it was, and stays so; too_many: this person, or this sender, has so many open",
    ),
  deliveryId: id.nullable(),
  address: z.string(),
  earliestAt: time.nullable(),
  latestAt: time.nullable(),
  choices: z.array(z.string()),
});
export type ImportedReply = z.input<typeof imported>;
export const sendParcelList = contract({
  method: "POST",
  path: `${base}/sent/import`,
  tag,
  access: "staff",
  summary: "Book lines of a list; the same reference is booked once, however often it is sent",
  body: z.strictObject({
    carrierId,
    cityId: id.optional(),
    isTrial: z.boolean().default(false).describe("say what would be done"),
    rows: z.array(row).min(1).max(ROWS_MOST),
  }),
  reply: z.object({ items: z.array(imported) }),
});

export const markReturned = contract({
  method: "POST",
  path: `${base}/deliveries/:id/take-back/returned`,
  tag,
  access: "staff",
  summary: "What was taken along from the door is with its sender",
  params: idParam,
  body: z.strictObject({ carrierId }),
  reply: done,
});

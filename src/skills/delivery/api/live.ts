import { z } from "zod";
import { contract, time } from "#kernel/api";
import { features } from "./city-map.ts";
import { base, coordinates, day, id, tag } from "./shared.ts";

/**
 * A delivery as its customer sees it, without an app. The key stands in the fragment of the address and comes as
 * `Authorization: Delivery TENANT.HEX`; it works until a day after the delivery ended.
 */

const choice = z.enum(["home", "neighbour", "leave", "not_home", "other_window"]);
export type LiveChoice = z.output<typeof choice>;

const colours = z.record(z.string(), z.string());

const live = z.object({
  company: z.object({
    name: z.string(),
    logo: z.string().nullable(),
    accent: z.object({ light: colours, dark: colours }).describe("CSS custom properties"),
    page: z.string().describe("where the conversation goes on"),
    legal: z.object({ imprint: z.string(), privacy: z.string() }),
  }),
  senderName: z.string().describe('who sends it; "" = the company itself'),
  reference: z.string(),
  address: z.string(),
  place: coordinates,
  earliestAt: time,
  latestAt: time,
  timeZone: z.string(),
  state: z.enum(["held", "booked", "loaded", "under_way", "done", "failed", "cancelled", "expired"]),
  attempt: z.number().int(),
  outcome: z
    .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"])
    .nullable(),
  outcomeWords: z.string().describe("who took it, or where it lies"),
  endedAt: time.nullable(),
  expected: z
    .object({ from: time, until: time })
    .nullable()
    .describe("the half-hour; null as long as nobody can know"),
  isLate: z.boolean().describe("it will hardly keep its window, or did not"),
  owed: z
    .object({
      minor: z.number().int().describe("for promises that were broken already"),
      ruleMinor: z.number().int().describe("for this one, if it is broken, too; 0 = nothing, or it was"),
      currency: z.string(),
    })
    .nullable(),
  stopsBefore: z.number().int().nullable(),
  way: z
    .array(coordinates)
    .describe(
      "from the courier's last stop by the next ones, made coarse; empty until the half-hour is told; the door is `place`",
    ),
  code: z
    .string()
    .nullable()
    .describe("what the courier is told at the door, where a code proves the hand-over"),
  isAgeChecked: z.boolean().describe("handed over to somebody old enough only"),
  doorNote: z.string(),
  takeBack: z
    .object({
      what: z.string(),
      state: z.enum(["asked", "taken", "not_taken", "at_depot", "returned"]),
      why: z.string().describe("why it was not taken"),
    })
    .nullable()
    .describe("what the customer gives back when the courier comes"),
  takesBack: z
    .object({ words: z.string().describe("what may be given back, and how big") })
    .nullable()
    .describe("null: it cannot be asked for (any more)"),
  choices: z.array(choice).describe("what can still be chosen"),
  chosen: choice.nullable(),
  next: z
    .enum(["another_window", "collect", "return"])
    .nullable()
    .describe("what follows a vain attempt; null: nothing, or people look at it"),
  collect: z.object({ name: z.string(), until: day }).nullable().describe("where it can be fetched"),
  isAsked: z.boolean().describe("whether all was well may be answered"),
  answer: z.enum(["good", "bad"]).nullable(),
  language: z.enum(["de", "en"]),
  formOfAddress: z.enum(["du", "sie"]),
  updatedAt: time,
});
export type LiveReply = z.input<typeof live>;

export const getLive = contract({
  method: "GET",
  path: `${base}/live`,
  tag,
  access: "public",
  summary: "Where a parcel is, for whom it is",
  reply: live,
});

export const getLiveMap = contract({
  method: "GET",
  path: `${base}/live/map`,
  tag,
  access: "public",
  summary: "What the owner's map has round the door",
  reply: z.object({ features, attribution: z.string() }),
});
export type LiveMapReply = z.input<typeof getLiveMap.reply>;

const window = z.object({
  eveningId: id,
  earliestAt: time,
  latestAt: time,
  priceMinor: z.number().int(),
  currency: z.string(),
});

export const listLiveWindows = contract({
  method: "GET",
  path: `${base}/live/windows`,
  tag,
  access: "public",
  summary: "Windows for another attempt, after a vain one",
  reply: z.object({ windows: z.array(window) }),
});
export type LiveWindowsReply = z.input<typeof listLiveWindows.reply>;

export const actLive = contract({
  method: "POST",
  path: `${base}/live/choices`,
  tag,
  access: "public",
  summary: "What its customer wants of it, as long as the courier is not at the door",
  body: z.discriminatedUnion("do", [
    z.strictObject({ do: z.literal("home") }),
    z.strictObject({ do: z.literal("neighbour"), words: z.string().trim().min(1).max(120) }),
    z.strictObject({ do: z.literal("leave"), words: z.string().trim().min(1).max(120) }),
    z.strictObject({ do: z.literal("not_home") }),
    z
      .strictObject({ do: z.literal("take_back"), words: z.string().trim().max(200) })
      .describe('something is given back when the courier comes; "" = nothing, after all'),
    z
      .strictObject({ do: z.literal("other_window"), eveningId: id, earliestAt: time, latestAt: time })
      .describe("another attempt; a window that is gone meanwhile is a conflict"),
    z.strictObject({
      do: z.literal("answer"),
      answer: z.enum(["good", "bad"]),
      words: z.string().trim().max(500).default(""),
    }),
  ]),
  reply: live,
});

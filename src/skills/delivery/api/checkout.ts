import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";
import { answer, chosen, offers } from "./deliveries.ts";
import { base, coordinates, id, name, skillNames, tag } from "./shared.ts";

/**
 * Windows in a shop's checkout. The page asks with a public key, from an origin that the key is for; it holds a window and
 * hands the hold to the shop's server, which books it with its API key.
 */

const ORIGINS_MOST = 20;
const PARCELS_MOST = 50;

const checkoutKey = z.object({
  key: z
    .string()
    .regex(/^\d{1,9}-[0-9a-f]{32}$/)
    .describe("public; it opens nothing but windows"),
});
const skillList = z
  .string()
  .regex(/^(?:(?:cold|age_check|fragile)(?:,|$))*$/)
  .default("");

export const checkoutPlaces = contract({
  method: "GET",
  path: `${base}/checkout/:key/places`,
  tag,
  access: "public",
  isCrossOrigin: true,
  summary: "Where an address is, for the checkout of a shop",
  params: checkoutKey,
  query: z.strictObject({ text: z.string().trim().min(1).max(200) }),
  reply: z.object({
    items: z.array(z.object({ cityId: id, address: z.string(), place: coordinates })),
    isSure: z.boolean(),
    attribution: z.string(),
  }),
});
export const checkoutWindows = contract({
  method: "GET",
  path: `${base}/checkout/:key/windows`,
  tag,
  access: "public",
  isCrossOrigin: true,
  summary: "Windows that are certain for a place, for the checkout of a shop",
  params: checkoutKey,
  query: z.strictObject({
    lat: z.coerce.number().min(-80).max(80),
    lon: z.coerce.number().min(-180).max(180),
    days: z.coerce.number().int().min(1).max(14).default(7),
    parcels: z.coerce.number().int().min(1).max(PARCELS_MOST).default(1),
    skills: skillList,
  }),
  reply: z.object({ ...offers.shape, timeZone: z.string() }),
});
export const checkoutHold = contract({
  method: "POST",
  path: `${base}/checkout/:key/holds`,
  tag,
  access: "public",
  isCrossOrigin: true,
  summary: "Hold a window for somebody who has not paid yet",
  params: checkoutKey,
  body: z.strictObject({
    hold: z.uuid().describe("chosen at random by the page; the shop's server books by it"),
    insteadOf: z.uuid().optional().describe("what the same page held before: it is given back first"),
    cityId: id,
    place: coordinates,
    address: z.string().trim().min(1).max(300),
    window: chosen,
    parcels: z.number().int().min(1).max(PARCELS_MOST).default(1),
    skills: skillNames,
  }),
  reply: z.object({
    outcome: z.enum(["held", "gone"]),
    hold: z.uuid().nullable(),
    holdUntil: time.nullable(),
    now: time.describe("the node's clock, as the page's may be wrong"),
    instead: offers.nullable(),
  }),
});

export const bookCheckoutHold = contract({
  method: "POST",
  path: `${base}/holds/:hold/book`,
  tag,
  access: "staff",
  summary: "Book what a shop's page holds; from the shop's server, after the order stands",
  params: z.object({ hold: z.uuid() }),
  body: z.strictObject({
    carrierId: id.optional(),
    senderReference: z.string().trim().max(120).default(""),
    doorNote: z.string().trim().max(500).default(""),
  }),
  reply: answer,
});

const origin = z
  .string()
  .max(200)
  .regex(/^https?:\/\/[^/?#\s]+$/, 'such as "https://shop.example", without a path')
  .refine((text) => URL.canParse(text), 'such as "https://shop.example", without a path')
  // As browsers write it: small letters, no port that goes without saying.
  .overwrite((text) => (URL.canParse(text) ? new URL(text).origin : text));
const checkout = z.strictObject({
  name,
  origins: z.array(origin).min(1).max(ORIGINS_MOST).describe("of the pages that may use the key"),
  active: z.boolean().default(true),
});
export type CheckoutInput = z.output<typeof checkout>;
const shownCheckout = z.object({ ...checkout.shape, id, key: checkoutKey.shape.key });
export type CheckoutReply = z.output<typeof shownCheckout>;
const ofCarrier = z.strictObject({ carrierId: z.coerce.number().int().positive().optional() });

export const listCheckouts = contract({
  method: "GET",
  path: `${base}/checkouts`,
  tag,
  access: "manager",
  summary: "Keys of shops' checkouts",
  query: ofCarrier,
  reply: z.object({ items: z.array(shownCheckout) }),
});
export const createCheckout = contract({
  method: "POST",
  path: `${base}/checkouts`,
  tag,
  access: "owner",
  status: 201,
  summary: "A key for a shop's checkout",
  query: ofCarrier,
  body: checkout,
  reply: shownCheckout,
});
export const putCheckout = contract({
  method: "PUT",
  path: `${base}/checkouts/:id`,
  tag,
  access: "owner",
  summary: "Change a checkout's name and origins, or switch it off",
  params: idParam,
  query: ofCarrier,
  body: checkout,
  reply: shownCheckout,
});
export const deleteCheckout = contract({
  method: "DELETE",
  path: `${base}/checkouts/:id`,
  tag,
  access: "owner",
  summary: "The key opens nothing any more",
  params: idParam,
  query: ofCarrier,
  reply: done,
});

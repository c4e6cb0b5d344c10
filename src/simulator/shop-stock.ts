import { z } from "zod";
import { type Ask, json, objectOf, type Reply } from "./http.ts";

/** What the three shops' simulators share: orders as their owner thinks of them, and how a shop may fail. */

const shopOrder = z.object({
  number: z.string(),
  /** new, unpaid, paid, packing, part, sent, delivered, cancelled, returned, refunded */
  state: z.string().default("paid"),
  email: z.string().default("kaethe.brandt@example.org"),
  phone: z.string().default("0170 5550100"),
  postcode: z.string().default("20095"),
  lastName: z.string().default("Brandt"),
  country: z.string().default("DE"),
  items: z.array(z.string()).default(["Gusseiserne Pfanne 28 cm"]),
  total: z.number().default(49.9),
  placed: z.string().default("2026-11-20T09:00:00"),
  carrier: z.string().default(""),
  trackingCode: z.string().default(""),
  expected: z.string().default(""),
});
export type ShopOrder = z.output<typeof shopOrder>;

/**
 * well; down: 503; slow: never answers; changed: fields have other types; limited: 429 or what this shop says for it;
 * wrong: answers every question with the first order it has, whoever's that is; page: a web page in place of data.
 */
const MOODS = ["well", "down", "slow", "changed", "limited", "wrong", "page"] as const;
export type Mood = (typeof MOODS)[number];

const settings = z.object({
  port: z.number().default(0),
  keys: z.record(z.string(), z.string()).default({}),
  /** Keys that are right but may not read orders. */
  mayRead: z.boolean().default(true),
  orders: z.array(shopOrder).default([]),
  mood: z.enum(MOODS).default("well"),
});
export type ShopSettings = z.output<typeof settings>;

export interface Shop {
  settings: ShopSettings;
  /** Questions for orders so far, whatever became of them. */
  asked: number;
}

export function openShop(given: unknown): Shop {
  return { settings: settings.parse(given), asked: 0 };
}

export function configureShop(shop: Shop, given: unknown): void {
  const change = typeof given === "object" && given !== null ? given : {};
  shop.settings = settings.parse({ ...shop.settings, ...change });
}

/** PUT /_shop changes settings while it runs; GET says how often it was asked. @returns null for the shop's own paths */
export function control(shop: Shop, { method, path, body }: Ask): Reply | null {
  if (path !== "/_shop") return null;
  if (method === "PUT") configureShop(shop, objectOf(body));
  return json({ asked: shop.asked });
}

/** How it fails before it looks at anything. */
export function moodReply({ settings: { mood } }: Shop): Reply | null {
  if (mood === "slow") return { status: 200, body: "", silent: "hang" };
  if (mood === "down") return { status: 503, type: "text/html", body: "<h1>Service Unavailable</h1>" };
  if (mood === "page") return { status: 200, type: "text/html", body: "<!doctype html><title>Shop</title>" };
  return null;
}

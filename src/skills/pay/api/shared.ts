import { z } from "zod";

export const tag = "Payments";
export const base = "/api/v1/pay";

export const id = z.number().int().positive();
export const text = (characters: number) => z.string().trim().max(characters);
export const named = (characters: number) => z.string().trim().min(1).max(characters);
/** Counts changes; who saves names the one that was loaded, so that nobody overwrites a colleague unseen. */
export const revision = z.number().int().min(0);
/** Minor units of the currency (cents). */
export const minor = z.number().int();
/** 99,999,999.99 */
export const amount = z.number().int().min(1).max(9_999_999_999);
export const day = z.iso.date();
/** Made by who calls; the same one brings the same about once. */
export const key = named(100);
export const state = z.enum([
  "open",
  "reminded",
  "part_paid",
  "paid",
  "overpaid",
  "cancelled",
  "expired",
  "refunded",
]);
export const receiptFile = z.object({
  name: z.string(),
  mime: z.literal("application/pdf"),
  content: z.base64(),
});

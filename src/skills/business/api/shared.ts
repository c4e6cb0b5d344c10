import { z } from "zod";

export const tag = "Business customers";
export const base = "/api/v1/business";

export const id = z.number().int().positive();
/** Counts changes; who saves names the one that was loaded, so that nobody overwrites a colleague unseen. */
export const revision = z.number().int().positive();
export const text = (characters: number) => z.string().trim().max(characters);
export const named = (characters: number) => z.string().trim().min(1).max(characters);
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe("ISO 3166-1 alpha-2");
export const role = z.enum(["orderer", "accounts", "technician", "decision_maker"]);
export type Role = z.output<typeof role>;
export const roles = z.array(role).min(1).max(4);

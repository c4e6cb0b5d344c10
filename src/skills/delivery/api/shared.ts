import { z } from "zod";

/** Of what a PUT writes whole. */
export const version = z
  .string()
  .max(64)
  .describe(
    "of what was read: where somebody wrote it meanwhile, the answer is a conflict and nothing is written",
  );
export const tag = "Delivery";
export const base = "/api/v1/delivery";

/** Degrees, WGS 84. */
export const coordinates = z.strictObject({
  lat: z.number().min(-80).max(80),
  lon: z.number().min(-180).max(180),
});
export const id = z.number().int().positive();
export const name = z.string().trim().min(1).max(80);
export const skillName = z.enum(["cold", "age_check", "fragile"]);
export const skillNames = z.array(skillName).max(3).default([]);
export const day = z.iso.date().describe("YYYY-MM-DD, of the city's clock");

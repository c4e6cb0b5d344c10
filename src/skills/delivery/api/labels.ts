import { z } from "zod";
import { contract } from "#kernel/api";
import { base, id, tag } from "./shared.ts";

/** Labels of parcels, to print. */

const ITEMS_MOST = 500;
const PARCELS_MOST = 50;

export const makeLabels = contract({
  method: "POST",
  path: `${base}/labels`,
  tag,
  access: "staff",
  summary: "Labels with codes to scan, as a PDF: one a page of 10 x 15 cm, or four on a sheet of A4",
  body: z.strictObject({
    carrierId: id.optional().describe("the company that drives, where it is another one"),
    format: z.enum(["10x15", "a4"]).default("10x15"),
    items: z
      .array(
        z.strictObject({
          deliveryId: id,
          parcels: z.number().int().min(1).max(PARCELS_MOST).default(1),
        }),
      )
      .min(1)
      .max(ITEMS_MOST)
      .describe("at most 500 labels in all"),
  }),
  reply: z.object({
    name: z.string().describe("of the file"),
    pdf: z.base64(),
    labels: z.number().int(),
  }),
});

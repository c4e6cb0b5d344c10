import { z } from "zod";
import { contract } from "#kernel/api";
import { base, day, tag } from "./shared.ts";

export const exportPayments = contract({
  method: "POST",
  path: `${base}/export`,
  tag,
  access: "manager",
  summary: "What came and went back in a period, for the bookkeeping: CSV, or a DATEV posting batch (EXTF)",
  body: z.strictObject({ from: day, to: day, format: z.enum(["csv", "extf"]) }),
  reply: z.object({
    name: z.string(),
    mime: z.literal("text/csv"),
    rows: z.number().int(),
    content: z.base64().describe("csv: UTF-8; extf: Windows-1252"),
  }),
});

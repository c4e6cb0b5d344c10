import { z } from "zod";
import type { Contract } from "#kernel/api";

/** Method, address and who may call. */
export const at = (method: Contract["method"], path: string, access: Contract["access"] = "staff") => ({
  method,
  path,
  tag: "Notices",
  access,
});

export const both = (most: number) => z.object({ de: z.string().max(most), en: z.string().max(most) });
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 07:30");
/** An IANA name; whoever names none lives by the company's clock. */
export const timeZone = z
  .string()
  .max(60)
  .refine(isZone, 'the name of a time zone such as "America/New_York"');

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z][\w+\-/]*$/.test(name);
  } catch {
    return false;
  }
}

export const quietHours = z.object({ from: clock, to: clock });
/** Which channels there are is the node's matter; pages ask /api/v1/channels. */
export const channelKind = z.string().max(30);
export const channelRef = z.object({ id: z.number(), kind: channelKind, name: z.string() });
export const slugText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, "lower-case letters, digits and hyphens");
export const topicsBase = "/api/v1/notice-topics";

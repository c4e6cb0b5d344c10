import { z } from "zod";

/** What this skill tells. Every ref is an id as text; nothing personal. */
export const events = {
  /** A delivery was held, booked, moved, cancelled, expired, loaded or brought; ref = delivery id. */
  "delivery.changed": z.string().regex(/^\d+$/),
  /** Rounds, shifts or windows of an evening changed; ref = evening id. */
  "delivery.evening": z.string().regex(/^\d+$/),
} as const;

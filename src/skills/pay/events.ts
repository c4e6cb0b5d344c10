import { z } from "zod";

/** What this skill tells; nothing personal, and no amount. */
export const events = {
  /** A request, a statement or a setting changed; `ref` says which, e.g. "request 7". */
  "pay.changed": z.string(),
} as const;

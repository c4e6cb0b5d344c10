import { z } from "zod";

/** What this skill tells; nothing personal, no amount, no account. */
export const events = {
  /** `ref` says what changed: "request 7", "coin", "till", "proposal 3". */
  "wallet.changed": z.string().regex(/^[a-z]+( \d+)?$/),
} as const;

import { z } from "zod";

/** What this skill tells. Every ref is an id as text; nothing personal. */
export const events = {
  /** A notice changed its state, or its progress moved; ref = notice id. */
  "notices.changed": z.string().regex(/^\d+$/),
  /** Topics, templates or settings changed; ref = topic id or "". */
  "notices.topics_changed": z.string(),
  /** Somebody subscribed, changed or ended a subscription; ref = topic id. */
  "notices.subscriptions_changed": z.string().regex(/^\d+$/),
} as const;

import { z } from "zod";

/** What this skill tells. Every ref is an id as text; nothing personal. */
export const events = {
  /** A report is new, moved on, or somebody joined it; ref = report id. */
  "reports.changed": z.string().regex(/^\d+$/),
  /** Kinds, teams or places changed. */
  "reports.settings_changed": z.string(),
} as const;

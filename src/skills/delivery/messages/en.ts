import type { Catalogue } from "#kernel";

/** What this skill says to customers. */
export const en: Catalogue["en"] = {};

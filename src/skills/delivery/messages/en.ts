import type { Catalogue } from "#kernel";
import { evening } from "./en/evening.ts";
import { papers } from "./en/papers.ts";
import { talk } from "./en/talk.ts";

/** What this skill says in English. */
export const en: Catalogue["en"] = { ...talk, ...evening, ...papers };

import type { Catalogue } from "#kernel";
import { evening } from "./de/evening.ts";
import { papers } from "./de/papers.ts";
import { talk } from "./de/talk.ts";

/** What this skill says in German. */
export const de: Catalogue["de"] = { ...talk, ...evening, ...papers };

import type { Catalogue } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";

export const catalogue: Catalogue = { de, en };

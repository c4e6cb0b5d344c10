import type { Catalogue } from "../text/catalogue.ts";
import { consents } from "./en/consents.ts";
import { conversations } from "./en/conversations.ts";
import { knowledge } from "./en/knowledge.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { work } from "./en/work.ts";

/** Every English sentence of the desk: the type asks for all of them. */
export const en: Catalogue = { ...shell, ...conversations, ...consents, ...knowledge, ...work, ...settings };

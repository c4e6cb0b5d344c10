import { consents } from "./de/consents.ts";
import { conversations } from "./de/conversations.ts";
import { knowledge } from "./de/knowledge.ts";
import { settings } from "./de/settings.ts";
import { shell } from "./de/shell.ts";
import { work } from "./de/work.ts";

/** Every German sentence of the desk. */
export const de = { ...shell, ...conversations, ...consents, ...knowledge, ...work, ...settings } as const;

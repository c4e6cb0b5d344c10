import type { Catalogue } from "../text/catalogue.ts";
import { conversations } from "./en/conversations.ts";
import { shell } from "./en/shell.ts";

/** Every English sentence of the desk: the type asks for all of them. */
export const en: Catalogue = { ...shell, ...conversations };

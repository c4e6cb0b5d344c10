import { conversations } from "./de/conversations.ts";
import { shell } from "./de/shell.ts";

/** Every German sentence of the desk. */
export const de = { ...shell, ...conversations } as const;

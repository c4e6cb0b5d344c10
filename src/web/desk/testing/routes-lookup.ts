import { listQuestions } from "../../../skills/colleagues/api.ts";
import { listLookupCards, listLookupConnections } from "../../../skills/lookup/api.ts";
import { on } from "./route.ts";

/** Nobody has proved anything, no shop is connected, no colleague was asked. */
export const lookupRoutes = [
  on(listLookupConnections, () => ({ items: [] })),
  on(listLookupCards, () => ({ items: [] })),
  on(listQuestions, () => ({ items: [] })),
];

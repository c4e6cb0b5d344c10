import { listLookupCards, listLookupConnections } from "../../../skills/lookup/api.ts";
import { on } from "./route.ts";

/** Nobody has proved anything, and no shop is connected. */
export const lookupRoutes = [
  on(listLookupConnections, () => ({ items: [] })),
  on(listLookupCards, () => ({ items: [] })),
];

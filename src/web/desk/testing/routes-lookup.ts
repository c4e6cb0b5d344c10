import { listQuestions } from "../../../skills/colleagues/api.ts";
import { listContactDeliveries } from "../../../skills/delivery/api.ts";
import { listLookupCards, listLookupConnections } from "../../../skills/lookup/api.ts";
import { on } from "./route.ts";

/** Nobody has proved anything, no shop is connected, no colleague was asked, nothing is brought. */
export const lookupRoutes = [
  on(listLookupConnections, () => ({ items: [] })),
  on(listLookupCards, () => ({ items: [] })),
  on(listQuestions, () => ({ items: [] })),
  on(listContactDeliveries, () => ({ items: [] })),
];

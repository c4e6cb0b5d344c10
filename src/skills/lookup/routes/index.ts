import { type AnyRoute, type House, route } from "#kernel";
import { listLookupCards } from "../api.ts";
import type { Outside } from "../ports.ts";
import { cardsOfContact } from "../store/cards.ts";
import { connectionRoutes } from "./connections.ts";

export function lookupRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  return [
    ...connectionRoutes(house, outside),
    route(listLookupCards, async ({ actor, params }) => ({
      items: await cardsOfContact(house, actor, params.id),
    })),
  ];
}

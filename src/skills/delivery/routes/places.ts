import { type AnyRoute, type House, route } from "#kernel";
import { findPlaces } from "../api/places.ts";
import type { Geocoder } from "../places/geocoder.ts";
import { asking } from "../plan/asking.ts";
import type { Room } from "../plan/room.ts";
import { placeSearch } from "../store/place-search.ts";

/** Addresses as staff type them. */
export function placeRoutes(house: House, room: Room, geocoder: Geocoder): readonly AnyRoute[] {
  const search = placeSearch(house, room.book, geocoder);
  return [
    route(findPlaces, async ({ actor, query: { text, cityId, carrierId } }) => {
      const { tenantId } = await asking(house, actor, carrierId);
      return search(tenantId, { text, cityId });
    }),
  ];
}

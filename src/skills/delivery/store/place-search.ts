import type { House } from "#kernel";
import type { PlacesReply } from "../api/places.ts";
import type { Geocoder } from "../places/geocoder.ts";
import type { PlanBook } from "../plan/plan-book.ts";
import { NO_ADDRESS, readAddress } from "../rules/spoken/address.ts";
import { openChooseCities } from "./talk/choose-cities.ts";
import { openFindPlace } from "./talk/find-place.ts";

export type PlaceSearch = (
  tenantId: number,
  asked: { readonly text: string; readonly cityId?: number | undefined },
) => Promise<PlacesReply>;

/** Where an address is, in any of the carrier's cities, or in one. */
export function placeSearch(house: House, book: PlanBook, geocoder: Geocoder): PlaceSearch {
  const findPlace = openFindPlace(geocoder, openChooseCities(house));
  return async (tenantId, { text, cityId }) => {
    const cities = [...(await book.cities(tenantId)).values()]
      .filter(({ city }) => city.active && (cityId === undefined || city.id === cityId))
      .map(({ city: { id, name, timeZone, middle, radiusMetres } }) => ({
        id,
        name,
        timeZone,
        middle,
        radius_m: radiusMetres,
      }));
    const { language } = await house.profile(tenantId);
    const found = await findPlace({
      tenantId,
      cities,
      text,
      heard: readAddress(text) ?? NO_ADDRESS,
      language,
    });
    if (found.is === "none") return { result: "nothing", items: [], attribution: "" };
    if (found.is === "unavailable") return { result: "unavailable", items: [], attribution: "" };
    const places = found.is === "sure" ? [found.place] : found.places;
    const attributions = await Promise.all(
      [...new Set(places.map((one) => one.cityId))].map((id) =>
        geocoder.attribution({ tenantId, cityId: id }),
      ),
    );
    return {
      result: found.is === "sure" ? "sure" : "choose",
      items: places.map(({ cityId: id, place, address }) => ({
        cityId: id,
        cityName: cities.find((one) => one.id === id)?.name ?? "",
        address,
        place,
      })),
      attribution: [...new Set(attributions)].filter((one) => one !== "").join(", "),
    };
  };
}

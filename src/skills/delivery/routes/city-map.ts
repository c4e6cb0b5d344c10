import { type AnyRoute, AppError, type House, route } from "#kernel";
import { deleteCityTiles, getCityMap, putCityMap, putCityTiles } from "../api/city-map.ts";
import { MapFault, readMapLayers } from "../api/map-layers.ts";
import { readCity } from "../store/cities.ts";
import {
  type CityTiles,
  readCityMap,
  readCityTiles,
  writeCityMap,
  writeCityTiles,
} from "../store/city-maps.ts";
import { inTenant } from "../store/tx.ts";
import { shownFeatures } from "./shown-map.ts";

/** The owner's map of a city. */

const FAULTS: Readonly<Record<MapFault["code"], string>> = {
  notGeoJson: "This is no GeoJSON FeatureCollection.",
  tooManyFeatures: "It has more than 50,000 features; leave out what a city map does not show.",
  tooManyPoints: "It has more than 400,000 points; simplify it before.",
  nothingToDraw: "Nothing in it is a district, a park, a water or a street (property `kind`).",
};

function read(geojson: unknown) {
  try {
    return readMapLayers(geojson);
  } catch (error) {
    if (!(error instanceof MapFault)) throw error;
    throw new AppError("bad_request", undefined, [{ path: "geojson", message: FAULTS[error.code] }]);
  }
}

export function cityMapRoutes(house: House): readonly AnyRoute[] {
  const setTiles = (
    tenantId: number,
    cityId: number,
    wanted: { fileId: string; attribution: string } | null,
  ): Promise<CityTiles | null> =>
    inTenant(house, tenantId, async (tx) => {
      await readCity(tx, tenantId, cityId);
      return writeCityTiles(tx, { tenantId, cityId }, wanted, house.clock.now());
    });
  return [
    route(getCityMap, async ({ actor: { tenantId }, params: { id: cityId } }) => {
      const { features, attribution, tiles } = await inTenant(house, tenantId, async (tx) => {
        await readCity(tx, tenantId, cityId);
        const map = await readCityMap(tx, { tenantId, cityId });
        return { ...map, tiles: await readCityTiles(tx, { tenantId, cityId }) };
      });
      return { features: shownFeatures(features), attribution, tiles };
    }),
    route(putCityTiles, async ({ actor: { tenantId }, params: { id: cityId }, body }) => ({
      tiles: (await setTiles(tenantId, cityId, body)) as CityTiles,
    })),
    route(deleteCityTiles, async ({ actor: { tenantId }, params: { id: cityId } }) => {
      await setTiles(tenantId, cityId, null);
      return { tiles: null };
    }),
    route(putCityMap, async ({ actor: { tenantId }, params: { id: cityId }, body }) => {
      const { features, skipped } = read(body.geojson);
      await inTenant(house, tenantId, async (tx) => {
        await readCity(tx, tenantId, cityId);
        const map = { features, attribution: body.attribution };
        await writeCityMap(tx, { tenantId, cityId }, map, house.clock.now());
      });
      return { features: features.length, skipped };
    }),
  ];
}

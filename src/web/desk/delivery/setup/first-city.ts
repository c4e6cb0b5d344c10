import {
  type CityInput,
  createCourier,
  createDeliveryCity,
  listDeliveryWindows,
  planEvenings,
  putCourier,
  putDeliveryCity,
  putShiftPattern,
  type ShownCity,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { minuteOf } from "./city-draft.ts";

/** What a new owner says; everything else begins with what usual cities have. */
export interface FirstCity {
  name: string;
  lat: number;
  lon: number;
  timeZone: string;
  depot: string;
  weekdays: readonly number[];
  from: string;
  to: string;
  priceMinor: number;
  courier: string;
}

export const firstSteps = ["city", "courier", "week", "evenings", "window"] as const;
export type FirstStep = (typeof firstSteps)[number];

const windowMinutes = 120;
const everyMinutes = 60;
const days = 14;

export interface FirstWindow {
  cityId: number;
  timeZone: string;
  /** The first one that is certain at the depot; null when no evening could be planned. */
  earliestAt: string | null;
  latestAt: string | null;
}

/** What an attempt that broke off has made already: the next one goes on from there, and makes nothing twice. */
export interface FirstMade {
  city?: ShownCity;
  courierId?: number;
}

/**
 * City, courier, a usual week and two weeks of evenings, one after the other.
 * @param made filled on the way; what stands in it is written anew as it is given now
 * @param onStep what is done now
 */
export async function makeFirstCity(
  given: FirstCity,
  made: FirstMade,
  onStep: (step: FirstStep) => void,
): Promise<FirstWindow> {
  onStep("city");
  made.city = made.city
    ? await call(putDeliveryCity, { params: { id: made.city.id }, body: cityOf(given, made.city) })
    : await call(createDeliveryCity, { body: cityOf(given) });
  const { city } = made;
  const [depot] = city.depots;
  onStep("courier");
  const body = { name: given.courier };
  const courier =
    made.courierId === undefined
      ? await call(createCourier, { body })
      : await call(putCourier, { params: { id: made.courierId }, body });
  made.courierId = courier.id;
  onStep("week");
  const shift = {
    courierId: courier.id,
    startDepotId: depot?.id ?? 0,
    fromMinute: Math.max(0, (minuteOf(given.from) ?? 0) - 30),
    toMinute: (minuteOf(given.to) ?? 0) + 30,
  };
  await call(putShiftPattern, {
    params: { id: city.id },
    body: { items: given.weekdays.map((weekday) => ({ ...shift, weekday })) },
  });
  onStep("evenings");
  const from = new Intl.DateTimeFormat("en-CA", { timeZone: given.timeZone }).format(new Date());
  await call(planEvenings, { params: { id: city.id }, body: { from, days } });
  onStep("window");
  const { lat, lon } = given;
  const query = { lat, lon, cityId: city.id, days };
  const [first] = (await call(listDeliveryWindows, { query })).windows;
  return {
    cityId: city.id,
    timeZone: given.timeZone,
    earliestAt: first?.earliestAt ?? null,
    latestAt: first?.latestAt ?? null,
  };
}

function cityOf(given: FirstCity, made?: ShownCity) {
  const { name, lat, lon, timeZone, depot, weekdays, from, to, priceMinor } = given;
  const middle = { lat, lon };
  const id = made?.depots[0]?.id;
  const depots = [{ ...(id !== undefined && { id }), name: depot, place: middle }];
  return { name, timeZone, middle, depots, windows: windowsOf() };

  /** Two hours each, one beginning every hour. */
  function windowsOf(): CityInput["windows"] {
    const begin = minuteOf(from) ?? 0;
    const end = minuteOf(to) ?? 0;
    const windows: CityInput["windows"] = [];
    for (let at = begin; at + windowMinutes <= end; at += everyMinutes)
      windows.push({
        weekdays: [...weekdays],
        fromMinute: at,
        toMinute: at + windowMinutes,
        cutoffMinutes: 120,
        priceMinor,
      });
    return windows;
  }
}

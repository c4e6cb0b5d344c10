import {
  type CityInput,
  createCourier,
  createDeliveryCity,
  listDeliveryWindows,
  planEvenings,
  putShiftPattern,
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
  /** The first one that is certain at the depot; null when no evening could be planned. */
  earliestAt: string | null;
  latestAt: string | null;
}

/** City, courier, a usual week and two weeks of evenings, one after the other. @param onStep what is done now */
export async function makeFirstCity(
  given: FirstCity,
  onStep: (step: FirstStep) => void,
): Promise<FirstWindow> {
  onStep("city");
  const city = await call(createDeliveryCity, { body: cityOf(given) });
  const [depot] = city.depots;
  onStep("courier");
  const courier = await call(createCourier, { body: { name: given.courier } });
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
    earliestAt: first?.earliestAt ?? null,
    latestAt: first?.latestAt ?? null,
  };
}

function cityOf({ name, lat, lon, timeZone, depot, weekdays, from, to, priceMinor }: FirstCity) {
  const middle = { lat, lon };
  return { name, timeZone, middle, depots: [{ name: depot, place: middle }], windows: windowsOf() };

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

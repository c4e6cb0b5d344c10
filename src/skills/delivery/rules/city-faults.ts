import type { CityInput } from "../api/cities.ts";
import { hourlyFault } from "./hourly-speeds.ts";
import { polygonFault } from "./zones.ts";

/** What a city's owner has written that cannot work, by field, each with what would. */

export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

const LONGEST_MINUTES = 720;
const SHORTEST_MINUTES = 30;
/** A depot or zone further away was written with latitude and longitude the wrong way round, or belongs to another city. */
const FURTHEST_M = 150_000;

/** @param distance_m from the city's middle */
export function cityFaults(
  city: CityInput,
  distance_m: (at: { lat: number; lon: number }) => number,
): FieldFault[] {
  return [
    ...(isTimeZone(city.timeZone)
      ? []
      : [
          {
            path: "timeZone",
            message: `There is no time zone "${city.timeZone}"; write it like "Europe/Berlin".`,
          },
        ]),
    ...city.depots.flatMap(({ name, place }, n) =>
      distance_m(place) > FURTHEST_M
        ? [{ path: `depots.${n}.place`, message: farAway(name, distance_m(place)) }]
        : [],
    ),
    ...city.zones.flatMap((zone, n) => zoneFaults(zone, n, distance_m)),
    ...city.windows.flatMap((rule, n) => windowFaults(city, rule, n)),
    ...hourlyFaults(city),
    ...repeated(city.depots, "depots"),
    ...repeated(city.zones, "zones"),
  ];
}

function hourlyFaults({ hourlySpeeds = [] }: CityInput): FieldFault[] {
  const message = hourlyFault(hourlySpeeds);
  return message === null ? [] : [{ path: "hourlySpeeds", message }];
}

const farAway = (name: string, far_m: number): string =>
  `"${name}" is ${Math.round(far_m / 1_000)} km from the city's middle; are latitude and longitude exchanged?`;

function zoneFaults(
  { name, polygon }: CityInput["zones"][number],
  n: number,
  distance_m: (at: { lat: number; lon: number }) => number,
): FieldFault[] {
  const path = `zones.${n}.polygon`;
  const shape = polygonFault(polygon);
  if (shape) return [{ path, message: shape }];
  const [lon = 0, lat = 0] = polygon.coordinates[0]?.[0] ?? [];
  const far_m = distance_m({ lat, lon });
  return far_m > FURTHEST_M ? [{ path, message: farAway(name, far_m) }] : [];
}

function windowFaults(city: CityInput, rule: CityInput["windows"][number], n: number): FieldFault[] {
  const path = `windows.${n}.toMinute`;
  const minutes = rule.toMinute - rule.fromMinute;
  if (minutes < SHORTEST_MINUTES || minutes > LONGEST_MINUTES)
    return [
      {
        path,
        message: `A window is ${SHORTEST_MINUTES} to ${LONGEST_MINUTES} minutes long; this one is ${minutes}. After midnight goes on counting: 1 o'clock is 1500.`,
      },
    ];
  if (minutes * 60 < city.bufferSeconds)
    return [
      {
        path,
        message: `The city's buffer of ${Math.round(city.bufferSeconds / 60)} minutes leaves nothing of a window of ${minutes}; make the window longer or the buffer smaller.`,
      },
    ];
  return [];
}

function repeated(items: readonly { readonly name: string }[], list: string): FieldFault[] {
  return items.flatMap(({ name }, n) =>
    items.findIndex((one) => one.name === name) < n
      ? [{ path: `${list}.${n}.name`, message: `"${name}" is there twice; name them apart.` }]
      : [],
  );
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

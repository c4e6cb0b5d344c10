import type { MapInput } from "../../../../skills/delivery/api/map.ts";
import { type Evening, hasEnded, stopAt } from "../evening/rounds.ts";
import type { CityFormat } from "../use-city-format.ts";

/** What stands on the map of an evening, whatever lies under it. */

export type Shown = Pick<Evening, "rounds" | "depots" | "atRisk">;
export type Position = MapInput["stops"][number]["at"];

const positionOf = ({ lat, lon }: { lat: number; lon: number }): Position => [lon, lat];

interface Parts {
  readonly evening: Shown;
  readonly openRound: number | null;
  readonly format: CityFormat;
}

/** Rounds as lines; stops, depots and couriers as signs. Ids: `r` a round, `s` a stop, `d` a depot. */
export function mapInput({ evening, openRound, format }: Parts): Pick<MapInput, "routes" | "stops"> {
  const { rounds, depots, atRisk } = evening;
  const depot = new Map(depots.map(({ id, place }) => [id, place]));
  const risky = new Set(atRisk.map(({ deliveryId }) => deliveryId));
  const driven = rounds.filter(({ state }) => state !== "dropped");
  return {
    routes: driven.map((round) => ({
      id: `r${round.shiftId}`,
      colour: 0,
      isDimmed: openRound !== null && round.shiftId !== openRound,
      places: [depot.get(round.startDepotId), ...round.stops.map(({ place }) => place)].flatMap((place) =>
        place ? [positionOf(place)] : [],
      ),
    })),
    stops: [
      ...depots.map(({ id, name, place }) => ({
        id: `d${id}`,
        at: positionOf(place),
        sign: "",
        label: name,
        state: "depot" as const,
      })),
      ...rounds.flatMap(({ stops }) =>
        stops.map((stop) => ({
          id: `s${stop.deliveryId}`,
          at: positionOf(stop.place),
          sign: "",
          label: `${stop.name}, ${format.clock(stopAt(stop))}`,
          state: hasEnded(stop)
            ? ("done" as const)
            : risky.has(stop.deliveryId)
              ? ("risk" as const)
              : ("open" as const),
        })),
      ),
      ...rounds.flatMap(({ shiftId, courierName, place }, n) =>
        place
          ? [
              {
                id: `r${shiftId}`,
                at: positionOf(place),
                sign: String(n + 1),
                label: courierName,
                state: "courier" as const,
              },
            ]
          : [],
      ),
    ],
  };
}

/** Which colour a sign or line has: the place of its round in the evening, from 0. */
export function placesOf(rounds: Evening["rounds"]): ReadonlyMap<string, number> {
  return new Map(
    rounds.flatMap((round, place) => [
      [`r${round.shiftId}`, place] as const,
      ...round.stops.map(({ deliveryId }) => [`s${deliveryId}`, place] as const),
    ]),
  );
}

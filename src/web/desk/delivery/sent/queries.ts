import { queryOptions } from "@tanstack/react-query";
import {
  findPlaces,
  listCarriers,
  listDeliveryWindows,
  windowsForDelivery,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";

export const carriersQuery = queryOptions({
  queryKey: ["delivery", "carriers"],
  queryFn: ({ signal }) => call(listCarriers, {}, signal),
  staleTime: 30_000,
});

/** Fewer signs are no address. */
const leastCharacters = 5;

export const placesQuery = (text: string, carrierId: number | undefined) =>
  queryOptions({
    queryKey: ["delivery", "places", text, carrierId],
    queryFn: ({ signal }) => call(findPlaces, { query: { text, carrierId } }, signal),
    enabled: text.length >= leastCharacters,
    staleTime: 60_000,
  });

export interface WindowQuestion {
  lat: number;
  lon: number;
  cityId: number | undefined;
  demand: number;
  skills: string;
  carrierId: number | undefined;
}

/** Certain at this moment: they are asked for again when somebody comes back to the page. */
export const windowsQuery = (asked: WindowQuestion | null) =>
  queryOptions({
    queryKey: ["delivery", "live", "windows", asked],
    queryFn: ({ signal }) => call(listDeliveryWindows, { query: { ...asked, days: 14 } }, signal),
    enabled: asked !== null,
    staleTime: 0,
  });

export const otherWindowsQuery = (id: number, carrierId: number | undefined) =>
  queryOptions({
    queryKey: ["delivery", "live", "other-windows", id, carrierId],
    queryFn: ({ signal }) => call(windowsForDelivery, { params: { id }, query: { carrierId } }, signal),
    staleTime: 0,
  });

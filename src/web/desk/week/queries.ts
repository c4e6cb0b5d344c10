import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getCosts, getWeek } from "../../../skills/week/api.ts";
import { call } from "../../client/call.ts";

/** Figures of weeks that are over move little. */
const freshMs = 60_000;

export const weekKey = ["week"] as const;

/** @param monday missing = the last week */
export const weekQuery = (monday: string | undefined) =>
  queryOptions({
    queryKey: [...weekKey, "figures", monday ?? "last"],
    queryFn: ({ signal }) => call(getWeek, { query: monday === undefined ? {} : { monday } }, signal),
    staleTime: freshMs,
    placeholderData: keepPreviousData,
  });

export const costsQuery = queryOptions({
  queryKey: [...weekKey, "costs"],
  queryFn: ({ signal }) => call(getCosts, {}, signal),
  staleTime: freshMs,
});

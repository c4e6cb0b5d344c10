import { queryOptions } from "@tanstack/react-query";
import { honestyReport, listFacts, listRules, listVetoes } from "../../../skills/advocate/api.ts";
import { call } from "../../client/call.ts";

/** What the live feed does not tell is asked again after this. */
const freshMs = 10_000;
const factsMost = 100;

const keys = ["advocate"] as const;

export const rulesQuery = queryOptions({
  queryKey: [...keys, "rules"],
  queryFn: ({ signal }) => call(listRules, {}, signal),
  staleTime: freshMs,
});

export const vetoesQuery = queryOptions({
  queryKey: [...keys, "vetoes"],
  queryFn: ({ signal }) => call(listVetoes, {}, signal),
  staleTime: freshMs,
});

export const personsKey = [...keys, "persons"] as const;

export function reportQuery(months: number) {
  return queryOptions({
    queryKey: [...keys, "report", months],
    queryFn: ({ signal }) => call(honestyReport, { query: { months } }, signal),
    staleTime: freshMs,
  });
}

export function factsQuery(contactId: number) {
  return queryOptions({
    queryKey: [...keys, "facts", contactId],
    queryFn: ({ signal }) => call(listFacts, { query: { contactId, limit: factsMost } }, signal),
    staleTime: freshMs,
  });
}

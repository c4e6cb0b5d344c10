import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { checkFlow, getFlow, listFlows, listFlowVersions } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import type { Language } from "../text/catalogue.ts";

/** All but the check begin with "knowledge", which the live feed calls stale when a flow went live. */
export const flowsQuery = queryOptions({
  queryKey: ["knowledge", "flows"],
  queryFn: ({ signal }) => call(listFlows, {}, signal),
});

export function flowQuery(id: number) {
  return queryOptions({
    queryKey: ["knowledge", "flow", id],
    queryFn: ({ signal }) => call(getFlow, { params: { id } }, signal),
    // The editor holds the text; what others saved is told when this one saves.
    refetchOnWindowFocus: false,
  });
}

export function flowVersionsQuery(id: number) {
  return queryOptions({
    queryKey: ["knowledge", "flow-versions", id],
    queryFn: ({ signal }) => call(listFlowVersions, { params: { id } }, signal),
  });
}

/** Faults, drawing and examples of a text; what was found last stays until the next is there. */
export function checkQuery(text: string, language: Language) {
  return queryOptions({
    queryKey: ["flow-check", language, text],
    queryFn: ({ signal }) => call(checkFlow, { body: { text, language } }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 30_000,
  });
}

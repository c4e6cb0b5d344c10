import { queryOptions } from "@tanstack/react-query";
import { getTelephone, listCalls, listMissedCalls } from "../../../skills/telephone/api.ts";
import { call } from "../../client/call.ts";

const freshMs = 5_000;

/** Beside the promised calls: what changes one of them is told for all (live-feed.ts). */
export const missedQuery = (state: "open" | "done") =>
  queryOptions({
    queryKey: ["callbacks", "missed", state],
    queryFn: ({ signal }) => call(listMissedCalls, { query: { state } }, signal),
  });

export const callsQuery = (contactId: number) =>
  queryOptions({
    queryKey: ["callbacks", "calls", contactId],
    queryFn: ({ signal }) => call(listCalls, { params: { id: contactId } }, signal),
    staleTime: freshMs,
  });

export const telephoneQuery = queryOptions({
  queryKey: ["callbacks", "telephone"],
  queryFn: ({ signal }) => call(getTelephone, {}, signal),
});

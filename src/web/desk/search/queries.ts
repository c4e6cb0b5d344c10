import { queryOptions } from "@tanstack/react-query";
import { search } from "#kernel/api";
import { call } from "../../client/call.ts";

/** Shorter words find everything and help nobody. */
export const shortestSearch = 2;

export function searchQuery(q: string, limit: number) {
  return queryOptions({
    queryKey: ["search", q, limit],
    queryFn: ({ signal }) => call(search, { query: { q, limit } }, signal),
    enabled: q.length >= shortestSearch,
    staleTime: 15_000,
  });
}

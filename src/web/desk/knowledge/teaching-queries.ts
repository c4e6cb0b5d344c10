import { queryOptions } from "@tanstack/react-query";
import {
  compareVersion,
  knowledgeFigures,
  knowledgeHealth,
  knowledgeLimits,
  listChecks,
  listClusters,
  listProposals,
  listVersions,
} from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";

/** All begin with "knowledge", which the live feed calls stale when the knowledge has changed. */
export const figuresQuery = queryOptions({
  queryKey: ["knowledge", "figures"],
  queryFn: ({ signal }) => call(knowledgeFigures, { query: { days: 28 } }, signal),
  staleTime: 60_000,
});
export const healthQuery = queryOptions({
  queryKey: ["knowledge", "health"],
  queryFn: ({ signal }) => call(knowledgeHealth, {}, signal),
  // The live feed tells when it is measured; asking again covers a feed that is away.
  refetchInterval: (query) => (query.state.data?.state === "measuring" ? 5_000 : false),
});
export const limitsQuery = queryOptions({
  queryKey: ["knowledge", "limits"],
  queryFn: ({ signal }) => call(knowledgeLimits, {}, signal),
});
export const clustersQuery = queryOptions({
  queryKey: ["knowledge", "clusters"],
  queryFn: ({ signal }) => call(listClusters, {}, signal),
  staleTime: 60_000,
});
export const proposalsQuery = queryOptions({
  queryKey: ["knowledge", "proposals"],
  queryFn: ({ signal }) => call(listProposals, { query: { limit: 200 } }, signal),
  staleTime: 10_000,
});
export const checksQuery = queryOptions({
  queryKey: ["knowledge", "checks"],
  queryFn: ({ signal }) => call(listChecks, {}, signal),
  staleTime: 10_000,
});
export const versionsQuery = queryOptions({
  queryKey: ["knowledge", "versions"],
  queryFn: ({ signal }) => call(listVersions, {}, signal),
});
export function comparisonQuery(id: number) {
  return queryOptions({
    queryKey: ["knowledge", "comparison", id],
    queryFn: ({ signal }) => call(compareVersion, { params: { id }, query: { days: 28 } }, signal),
  });
}

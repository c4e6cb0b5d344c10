import { queryOptions } from "@tanstack/react-query";
import { listSourceItems, listSources } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { freshMs, noticeKeys } from "../queries.ts";

const healthEveryMs = 15_000;

export const sourcesQuery = queryOptions({
  queryKey: [...noticeKeys.all, "sources"],
  queryFn: ({ signal }) => call(listSources, {}, signal),
  staleTime: freshMs,
  refetchInterval: healthEveryMs,
});

export function sourceItemsQuery(id: number) {
  return queryOptions({
    queryKey: [...noticeKeys.all, "source-items", id],
    queryFn: ({ signal }) => call(listSourceItems, { params: { id } }, signal),
    staleTime: freshMs,
    refetchInterval: healthEveryMs,
  });
}

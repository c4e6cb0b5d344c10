import { queryOptions } from "@tanstack/react-query";
import { getReport } from "../../../skills/reports/api.ts";
import { call } from "../../client/call.ts";

/** Reports move while somebody looks at them: they are asked for again after this. */
export const freshMs = 5_000;
export const reportKeys = {
  lists: ["reports", "list"] as const,
  one: (id: number) => ["reports", "one", id] as const,
};

export function reportQuery(id: number) {
  return queryOptions({
    queryKey: reportKeys.one(id),
    queryFn: ({ signal }) => call(getReport, { params: { id } }, signal),
    staleTime: freshMs,
    refetchInterval: freshMs,
  });
}

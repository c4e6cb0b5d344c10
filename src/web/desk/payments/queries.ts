import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { getPayRequest, getPaySettings, listPayProviders } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";

/** Money comes while somebody looks: it is asked for again after this. */
export const freshMs = 10_000;

export const payKeys = {
  all: ["pay"] as const,
  requests: ["pay", "requests"] as const,
  entries: ["pay", "entries"] as const,
  statements: ["pay", "statements"] as const,
  files: ["pay", "files"] as const,
};

export const requestQuery = (id: number) =>
  queryOptions({
    queryKey: ["pay", "request", id],
    queryFn: ({ signal }) => call(getPayRequest, { params: { id } }, signal),
    staleTime: 0,
    refetchInterval: freshMs,
  });

export const settingsQuery = queryOptions({
  queryKey: ["pay", "settings"],
  queryFn: ({ signal }) => call(getPaySettings, {}, signal),
  staleTime: 60_000,
});

export const providersQuery = queryOptions({
  queryKey: ["pay", "providers"],
  queryFn: ({ signal }) => call(listPayProviders, {}, signal),
  staleTime: 0,
});

/** What was shown of payments is out of date. */
export function usePayChange(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: payKeys.all });
}

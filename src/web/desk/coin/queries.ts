import { queryOptions, useQueryClient } from "@tanstack/react-query";
import {
  getCoin,
  getCoinReport,
  getTill,
  listCoinProposals,
  listMerchants,
  listRedemptions,
  listSales,
  prefillAttestation,
} from "../../../skills/wallet/api.ts";
import { call } from "../../client/call.ts";

/** Other members sign while somebody looks: what is open is asked for again so often. */
const openMs = 5_000;
const calmMs = 30_000;

export const coinQuery = queryOptions({
  queryKey: ["coin", "setup"],
  queryFn: ({ signal }) => call(getCoin, {}, signal),
  staleTime: 0,
  refetchInterval: openMs,
});

export const proposalsQuery = queryOptions({
  queryKey: ["coin", "proposals"],
  queryFn: ({ signal }) => call(listCoinProposals, { query: { state: "all" } }, signal),
  staleTime: 0,
  refetchInterval: openMs,
});

export const merchantsQuery = queryOptions({
  queryKey: ["coin", "merchants"],
  queryFn: ({ signal }) => call(listMerchants, {}, signal),
  staleTime: 0,
  refetchInterval: openMs,
});

export const payoutsQuery = queryOptions({
  queryKey: ["coin", "payouts"],
  queryFn: ({ signal }) => call(listRedemptions, {}, signal),
  staleTime: 0,
  refetchInterval: openMs,
});

export const salesQuery = queryOptions({
  queryKey: ["coin", "sales"],
  queryFn: ({ signal }) => call(listSales, {}, signal),
  staleTime: 0,
  refetchInterval: openMs,
});

export const reportQuery = queryOptions({
  queryKey: ["coin", "report"],
  queryFn: ({ signal }) => call(getCoinReport, {}, signal),
  staleTime: calmMs,
});

export const statementQuery = queryOptions({
  queryKey: ["coin", "statement"],
  queryFn: ({ signal }) => call(prefillAttestation, {}, signal),
  staleTime: calmMs,
});

export const tillQuery = queryOptions({
  queryKey: ["till", "memberships"],
  queryFn: ({ signal }) => call(getTill, {}, signal),
  staleTime: 0,
  refetchInterval: calmMs,
});

/** What was shown of coin and till is out of date. */
export function useCoinChange(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ["coin"] }),
      client.invalidateQueries({ queryKey: ["till"] }),
    ]);
  };
}

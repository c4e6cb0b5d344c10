import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  getCityMap,
  getDelivery,
  getDeliveryReport,
  getReplay,
  getRunning,
  listDeliveryCities,
  listDeliveryStatements,
  listEvenings,
  tryChange,
  type WhatIf,
} from "../../../skills/delivery/api.ts";
import { call } from "../../client/call.ts";

/** The live feed says when something under "live" is out of date; expected times move on without it. */
const freshMs = 30_000;
/** Evenings from so long ago until as long ahead are offered. */
const CHOICE_DAYS = 60;
const dayMs = 86_400_000;

export const citiesQuery = queryOptions({
  queryKey: ["delivery", "cities"],
  queryFn: ({ signal }) => call(listDeliveryCities, {}, signal),
});

export function cityMapQuery(id: number) {
  return queryOptions({
    queryKey: ["delivery", "map", id],
    queryFn: ({ signal }) => call(getCityMap, { params: { id } }, signal),
  });
}

/** @param today of the city's clock, YYYY-MM-DD */
export function eveningsQuery(cityId: number, today: string) {
  const from = new Date(Date.parse(today) - (CHOICE_DAYS / 2) * dayMs).toISOString().slice(0, 10);
  return queryOptions({
    queryKey: ["delivery", "live", "evenings", cityId, from],
    queryFn: ({ signal }) => call(listEvenings, { query: { cityId, from, days: CHOICE_DAYS } }, signal),
    staleTime: freshMs,
    // At midnight the span moves by a day: the list of before stands until the new one is there.
    placeholderData: (before, query) => (query?.queryKey[3] === cityId ? before : undefined),
  });
}

export function runningQuery(id: number) {
  return queryOptions({
    queryKey: ["delivery", "live", "running", id],
    queryFn: ({ signal }) => call(getRunning, { params: { id } }, signal),
    staleTime: 0,
    refetchInterval: freshMs,
  });
}

/** A promise that stands in no round any more. */
export function looseQuery(id: number) {
  return queryOptions({
    queryKey: ["delivery", "live", "one", id],
    queryFn: ({ signal }) => call(getDelivery, { params: { id } }, signal),
  });
}

/** Tried anew on every version of the rounds; the earlier answer stands until then. */
export function whatIfQuery(id: number, change: WhatIf | null, version: number) {
  return queryOptions({
    queryKey: ["delivery", "what-if", id, change, version],
    queryFn: ({ signal }) => call(tryChange, { params: { id }, body: change as WhatIf }, signal),
    enabled: change !== null,
    placeholderData: keepPreviousData,
    gcTime: freshMs,
  });
}

export function replayQuery(id: number) {
  return queryOptions({
    queryKey: ["delivery", "replay", id],
    queryFn: ({ signal }) => call(getReplay, { params: { id } }, signal),
    staleTime: freshMs,
  });
}

export const statementsQuery = queryOptions({
  queryKey: ["delivery", "statements"],
  queryFn: ({ signal }) => call(listDeliveryStatements, {}, signal),
  staleTime: freshMs,
});

interface Span {
  readonly from: string;
  readonly until: string;
  readonly cityId?: number;
}

export function reportQuery(span: Span) {
  return queryOptions({
    queryKey: ["delivery", "report", span],
    queryFn: ({ signal }) => call(getDeliveryReport, { query: span }, signal),
    staleTime: freshMs,
    placeholderData: keepPreviousData,
  });
}

import { queryOptions, useQueryClient } from "@tanstack/react-query";
import {
  getCityKnowledge,
  getOtherWork,
  getShiftPattern,
  listCouriers,
  listPartners,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";

export const couriersQuery = queryOptions({
  queryKey: ["delivery", "couriers"],
  queryFn: ({ signal }) => call(listCouriers, {}, signal),
});

export const partnersQuery = queryOptions({
  queryKey: ["delivery", "partners"],
  queryFn: ({ signal }) => call(listPartners, {}, signal),
});

export const knowledgeQuery = (cityId: number) =>
  queryOptions({
    queryKey: ["delivery", "knowledge", cityId],
    queryFn: ({ signal }) => call(getCityKnowledge, { params: { id: cityId } }, signal),
  });

export const patternQuery = (cityId: number) =>
  queryOptions({
    queryKey: ["delivery", "pattern", cityId],
    queryFn: ({ signal }) => call(getShiftPattern, { params: { id: cityId } }, signal),
  });

export const otherWorkQuery = (courierId: number) =>
  queryOptions({
    queryKey: ["delivery", "other-work", courierId],
    queryFn: ({ signal }) => call(getOtherWork, { params: { id: courierId } }, signal),
  });

/** Cities, couriers, evenings and rules hang together: what was shown of them is asked for again. */
export function useSetupChange(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["delivery"] });
}

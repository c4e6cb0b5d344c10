import { queryOptions } from "@tanstack/react-query";
import { getTopic, listTopics, trainingState } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";

export const topicsQuery = queryOptions({
  queryKey: ["knowledge", "topics"],
  queryFn: ({ signal }) => call(listTopics, {}, signal),
});

export const trainingQuery = queryOptions({
  queryKey: ["knowledge", "training"],
  queryFn: ({ signal }) => call(trainingState, {}, signal),
  // The live feed tells when training ends; asking while it runs shows the seconds.
  refetchInterval: (query) => (query.state.data?.state === "training" ? 2_000 : false),
});

export function topicQuery(id: number) {
  return queryOptions({
    queryKey: ["knowledge", "topic", id],
    queryFn: ({ signal }) => call(getTopic, { params: { id } }, signal),
  });
}

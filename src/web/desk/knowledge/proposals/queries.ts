import { queryOptions } from "@tanstack/react-query";
import { getIntake, type Intake, listIntakes } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";

const ASK_AGAIN_MS = 1_500;

/** It goes on by itself; asking again shows how far it is. */
export function isWorking({ state }: Pick<Intake, "state">): boolean {
  return state === "waiting" || state === "reading" || state === "grouping";
}

export const intakesQuery = queryOptions({
  queryKey: ["knowledge", "intakes"],
  queryFn: ({ signal }) => call(listIntakes, {}, signal),
  refetchInterval: (query) => (query.state.data?.items.some(isWorking) ? ASK_AGAIN_MS : false),
});

export function intakeQuery(id: number) {
  return queryOptions({
    queryKey: ["knowledge", "intakes", id],
    queryFn: ({ signal }) => call(getIntake, { params: { id } }, signal),
    refetchInterval: (query) => (query.state.data && isWorking(query.state.data) ? ASK_AGAIN_MS : false),
  });
}

import { queryOptions } from "@tanstack/react-query";
import { listColleagues, listQuestions, type Question } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";

export const colleaguesQuery = queryOptions({
  queryKey: ["colleagues", "list"],
  queryFn: ({ signal }) => call(listColleagues, {}, signal),
});

export const questionKeys = {
  of: (conversationId: number) => ["colleagues", "questions", conversationId] as const,
};

const queuedEveryMs = 2_000;
const sentEveryMs = 60_000;

/** That a mail has left, or was reminded of, changes nothing in the conversation's row: it is asked for while one is open. */
function nextLookMs(items: readonly Question[] = []): number | false {
  if (items.some(({ state }) => state === "queued")) return queuedEveryMs;
  return items.some(({ state }) => state === "sent") && sentEveryMs;
}

export function questionsQuery(conversationId: number) {
  return queryOptions({
    queryKey: questionKeys.of(conversationId),
    queryFn: ({ signal }) => call(listQuestions, { params: { id: conversationId } }, signal),
    refetchInterval: ({ state }) => nextLookMs(state.data?.items),
  });
}

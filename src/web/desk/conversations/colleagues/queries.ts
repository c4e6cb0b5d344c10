import { queryOptions } from "@tanstack/react-query";
import { listColleagues, listQuestions } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";

export const colleaguesQuery = queryOptions({
  queryKey: ["colleagues", "list"],
  queryFn: ({ signal }) => call(listColleagues, {}, signal),
});

export const questionKeys = {
  of: (conversationId: number) => ["colleagues", "questions", conversationId] as const,
};

export function questionsQuery(conversationId: number) {
  return queryOptions({
    queryKey: questionKeys.of(conversationId),
    queryFn: ({ signal }) => call(listQuestions, { params: { id: conversationId } }, signal),
  });
}

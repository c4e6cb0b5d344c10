import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
  type Conversation,
  countConversations,
  getConversation,
  listConversations,
  listMessages,
  type Message,
  type QueryOf,
} from "#kernel/api";
import { call } from "../../client/call.ts";

export type Filter = Pick<QueryOf<typeof listConversations>, "view" | "channel" | "topic" | "sort">;
export type Page<Item> = { items: Item[]; next: string | null };
export type Pages<Item> = { pages: Page<Item>[]; pageParams: unknown[] };

const rowsPerPage = 50;
const messagesPerPage = 50;

export const conversationKeys = {
  lists: ["conversations"] as const,
  list: (filter: Filter) => ["conversations", filter] as const,
  one: (id: number) => ["conversation", id] as const,
  messages: (id: number) => ["messages", id] as const,
  counts: ["conversation-counts"] as const,
};

export const countsQuery = queryOptions({
  queryKey: conversationKeys.counts,
  queryFn: ({ signal }) => call(countConversations, {}, signal),
});

export function listQuery(filter: Filter) {
  return infiniteQueryOptions({
    queryKey: conversationKeys.list(filter),
    queryFn: ({ pageParam, signal }): Promise<Page<Conversation>> =>
      call(
        listConversations,
        { query: { ...filter, cursor: pageParam ?? undefined, limit: rowsPerPage } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function conversationQuery(id: number) {
  return queryOptions({
    queryKey: conversationKeys.one(id),
    queryFn: ({ signal }) => call(getConversation, { params: { id } }, signal),
  });
}

/** Newest page first; each page in reading order, so `getNextPageParam` leads to what is older. */
export function messagesQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: conversationKeys.messages(id),
    queryFn: ({ pageParam, signal }): Promise<Page<Message>> =>
      call(
        listMessages,
        { params: { id }, query: { cursor: pageParam ?? undefined, limit: messagesPerPage } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

import { queryOptions } from "@tanstack/react-query";
import { getContact, listContacts } from "#kernel/api";
import { call } from "../../../client/call.ts";

export function contactQuery(id: number) {
  return queryOptions({
    queryKey: ["contact", id],
    queryFn: ({ signal }) => call(getContact, { params: { id } }, signal),
  });
}

const shownContacts = 20;

export function contactsQuery(q: string) {
  return queryOptions({
    queryKey: ["contacts", q],
    queryFn: ({ signal }) => call(listContacts, { query: { ...(q && { q }), limit: shownContacts } }, signal),
    staleTime: 30_000,
  });
}

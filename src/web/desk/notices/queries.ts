import { queryOptions } from "@tanstack/react-query";
import {
  countRecipients,
  getNotice,
  getNoticeSettings,
  listNoticeTemplates,
  listNoticeTopics,
  noticeProgress,
  previewNotice,
} from "../../../skills/notices/api.ts";
import { call } from "../../client/call.ts";

/** The live feed does not tell about notices yet: what stands still is asked again after this, what moves more often. */
export const freshMs = 5_000;
export const movingMs = 2_000;

export const noticeKeys = {
  all: ["notices"] as const,
  lists: ["notices", "list"] as const,
  one: (id: number) => ["notices", "one", id] as const,
};

export const noticeTopicsQuery = queryOptions({
  queryKey: [...noticeKeys.all, "topics"],
  queryFn: ({ signal }) => call(listNoticeTopics, {}, signal),
  staleTime: freshMs,
});

export const noticeTemplatesQuery = queryOptions({
  queryKey: [...noticeKeys.all, "templates"],
  queryFn: ({ signal }) => call(listNoticeTemplates, {}, signal),
  staleTime: freshMs,
});

export const noticeSettingsQuery = queryOptions({
  queryKey: [...noticeKeys.all, "settings"],
  queryFn: ({ signal }) => call(getNoticeSettings, {}, signal),
  staleTime: freshMs,
});

export function noticeQuery(id: number) {
  return queryOptions({
    queryKey: noticeKeys.one(id),
    queryFn: ({ signal }) => call(getNotice, { params: { id } }, signal),
    staleTime: freshMs,
    refetchInterval: ({ state }) =>
      state.data?.state === "sending" || state.data?.state === "scheduled" ? freshMs : false,
  });
}

export function previewQuery(id: number) {
  return queryOptions({
    queryKey: [...noticeKeys.one(id), "preview"],
    queryFn: ({ signal }) => call(previewNotice, { params: { id } }, signal),
    staleTime: freshMs,
  });
}

export function recipientsQuery(id: number) {
  return queryOptions({
    queryKey: [...noticeKeys.one(id), "recipients"],
    queryFn: ({ signal }) => call(countRecipients, { params: { id } }, signal),
    staleTime: freshMs,
  });
}

export function progressQuery(id: number) {
  return queryOptions({
    queryKey: [...noticeKeys.one(id), "progress"],
    queryFn: ({ signal }) => call(noticeProgress, { params: { id } }, signal),
    staleTime: 0,
    // Receipts, replies and withdrawals still come in after the last message left.
    refetchInterval: ({ state }) =>
      state.data?.state === "sending" || state.data?.state === "scheduled" ? movingMs : 5 * freshMs,
  });
}

import { queryOptions } from "@tanstack/react-query";
import {
  getCompany,
  listCallbacks,
  listChannels,
  listDepartments,
  listStaff,
  listTextBlocks,
  me,
  setupState,
} from "#kernel/api";
import { call } from "../../client/call.ts";

/** What the whole desk reads. The live feed says when one of these has changed. */
export const queries = {
  setup: queryOptions({ queryKey: ["setup"], queryFn: ({ signal }) => call(setupState, {}, signal) }),
  me: queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => call(me, {}, signal) }),
  company: queryOptions({ queryKey: ["company"], queryFn: ({ signal }) => call(getCompany, {}, signal) }),
  staff: queryOptions({ queryKey: ["staff"], queryFn: ({ signal }) => call(listStaff, {}, signal) }),
  departments: queryOptions({
    queryKey: ["departments"],
    queryFn: ({ signal }) => call(listDepartments, {}, signal),
  }),
  textBlocks: queryOptions({
    queryKey: ["text-blocks"],
    queryFn: ({ signal }) => call(listTextBlocks, {}, signal),
  }),
  channels: queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => call(listChannels, {}, signal) }),
  callbacks: (state: "open" | "done" | "all") =>
    queryOptions({
      queryKey: ["callbacks", state],
      queryFn: ({ signal }) => call(listCallbacks, { query: { state } }, signal),
    }),
};

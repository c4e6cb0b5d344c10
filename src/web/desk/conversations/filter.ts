import { views } from "#kernel/api";
import type { Filter } from "./queries.ts";

const channels = ["web", "whatsapp", "telegram", "email", "phone"] as const;

/** The list's filter stands in the address, so that it can be kept, shared and gone back to. */
export type FilterSearch = Partial<Filter>;

/** Reads it from an address; what is unknown falls away. */
export function readFilter(search: Record<string, unknown>): FilterSearch {
  const view = views.find((name) => name === search.view);
  const channel = channels.find((name) => name === search.channel);
  return {
    ...(view && { view }),
    ...(channel && { channel }),
    ...(typeof search.topic === "string" && search.topic && { topic: search.topic }),
    ...(search.sort === "newest" && { sort: "newest" as const }),
  };
}

/** The whole filter, with what holds when nothing is said. */
export function completeFilter(search: FilterSearch): Filter {
  return { view: "open", sort: "due", ...search };
}

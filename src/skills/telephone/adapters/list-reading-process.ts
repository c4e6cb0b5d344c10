import { type ListOrder, readList } from "../rules/call-list.ts";

/** What the process for large lists does: one file, one answer. */
export function work(order: ListOrder): ReturnType<typeof readList> {
  return readList(order);
}

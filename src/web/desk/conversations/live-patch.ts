import type { Conversation, Message } from "#kernel/api";
import type { Filter, Page, Pages } from "./queries.ts";

/** Whose desk it is: decides which views a conversation stands in. */
export interface Viewer {
  staffId: string;
  departmentId: number | null;
}

/** Does it stand in this list? The same rule as the node's views. */
export function belongs(conversation: Conversation, filter: Filter, viewer: Viewer): boolean {
  if (filter.channel && conversation.channel.kind !== filter.channel) return false;
  if (filter.topic && conversation.topic !== filter.topic) return false;
  const isOpen = conversation.state === "waiting" || conversation.state === "person";
  switch (filter.view) {
    case "mine":
      return isOpen && conversation.assignee?.id === viewer.staffId;
    case "department":
      return isOpen && viewer.departmentId !== null && conversation.department?.id === viewer.departmentId;
    case "unassigned":
      return conversation.state === "waiting" && conversation.assignee === null;
    case "open":
      return isOpen;
    case "closed":
      return conversation.state === "closed";
    default:
      return true;
  }
}

/** By due time (without one: last), then by how long it waits; or newest first. The id decides between equals. */
export function compareBy(sort: Filter["sort"]) {
  return (a: Conversation, b: Conversation): number => {
    const newest = Date.parse(b.lastMessageAt) - Date.parse(a.lastMessageAt);
    if (sort !== "due") return newest || b.id - a.id;
    if (a.dueAt !== b.dueAt) {
      if (!a.dueAt || !b.dueAt) return a.dueAt ? -1 : 1;
      return Date.parse(a.dueAt) - Date.parse(b.dueAt);
    }
    return (a.dueAt ? waitsSince(a) - waitsSince(b) : newest) || a.id - b.id;
  };
}

function waitsSince({ waitingSince, lastMessageAt }: Conversation): number {
  return Date.parse(waitingSince ?? lastMessageAt);
}

/**
 * Puts a changed conversation where it now belongs in a loaded list. What lies behind the last loaded page stays
 * out: the next page brings it.
 */
export function patchList(
  list: Pages<Conversation>,
  changed: Conversation,
  filter: Filter,
  viewer: Viewer,
): Pages<Conversation> {
  const compare = compareBy(filter.view === "closed" || filter.view === "all" ? "newest" : filter.sort);
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.filter((row) => row.id !== changed.id),
  }));
  if (!belongs(changed, filter, viewer)) return { ...list, pages };
  for (const page of pages) {
    const place = page.items.findIndex((row) => compare(changed, row) < 0);
    const at = place >= 0 ? place : page === pages.at(-1) && page.next === null ? page.items.length : -1;
    if (at < 0) continue;
    page.items.splice(at, 0, changed);
    break;
  }
  return { ...list, pages };
}

/**
 * Puts a new or changed message in its place. The node makes message ids so that their order is the reading order:
 * the provider's second, then arrival. What belongs before the oldest loaded page stays out: that page brings it.
 */
export function patchMessages(list: Pages<Message>, changed: Message): Pages<Message> {
  const pages: Page<Message>[] = list.pages.map((page) => ({ ...page, items: [...page.items] }));
  for (const page of pages) {
    const at = page.items.findIndex(({ id }) => id >= changed.id);
    const isOlder = at === 0 && page.items[0]?.id !== changed.id;
    const hasOlder = page !== pages.at(-1) || page.next !== null;
    if (isOlder && hasOlder) continue;
    if (at < 0) page.items.push(changed);
    else page.items.splice(at, page.items[at]?.id === changed.id ? 1 : 0, changed);
    break;
  }
  return { ...list, pages };
}

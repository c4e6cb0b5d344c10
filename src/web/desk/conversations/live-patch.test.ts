import { describe, expect, test } from "vitest";
import type { Conversation, Message } from "#kernel/api";
import { seedWorld } from "../testing/seed.ts";
import { makeMessage, minutesFromNow } from "../testing/world.ts";
import { belongs, compareBy, patchList, patchMessages } from "./live-patch.ts";
import type { Filter, Pages } from "./queries.ts";

const viewer = { staffId: "jana", departmentId: 1 };
const rows = [...seedWorld().conversations.values()];
const base = rows[0] as Conversation;
const mine: Filter = { view: "mine", sort: "due" };

function listOf(items: Conversation[], next: string | null = null): Pages<Conversation> {
  return { pages: [{ items, next }], pageParams: [null] };
}
const ids = (list: Pages<Conversation>) => list.pages.flatMap((page) => page.items.map(({ id }) => id));
const due = (id: number, minutes: number | null): Conversation => ({
  ...base,
  id,
  dueAt: minutes === null ? null : minutesFromNow(minutes),
});

describe("a changed conversation in a loaded list", () => {
  test("stands by its due time, without one at the end", () => {
    const list = listOf([due(1, 5), due(2, 20)]);
    expect(ids(patchList(list, due(3, 10), mine, viewer))).toEqual([1, 3, 2]);
    expect(ids(patchList(list, due(4, null), mine, viewer))).toEqual([1, 2, 4]);
    expect(ids(patchList(list, due(1, 30), mine, viewer))).toEqual([2, 1]);
  });

  test("with the same due time as others: the longest wait stands first", () => {
    const waits = (id: number, minutes: number) => ({
      ...due(id, 60),
      waitingSince: minutesFromNow(-minutes),
    });
    const list = listOf([waits(7, 30), { ...waits(5, 10), dueAt: waits(7, 30).dueAt }]);
    const late = { ...waits(6, 20), dueAt: list.pages[0]?.items[0]?.dueAt ?? null };
    expect(ids(patchList(list, late, mine, viewer))).toEqual([7, 6, 5]);
  });

  test("leaves a view that it does not belong to any more", () => {
    const list = listOf([due(1, 5), due(2, 20)]);
    expect(ids(patchList(list, { ...due(1, 5), state: "closed" }, mine, viewer))).toEqual([2]);
    expect(
      ids(patchList(list, { ...due(1, 5), assignee: { id: "piet", name: "Piet" } }, mine, viewer)),
    ).toEqual([2]);
  });

  test("stays out behind the last loaded page: the next page brings it", () => {
    expect(ids(patchList(listOf([due(1, 5)], "more"), due(2, 99), mine, viewer))).toEqual([1]);
    expect(ids(patchList(listOf([due(1, 5)]), due(2, 99), mine, viewer))).toEqual([1, 2]);
  });

  test("patching each row into an empty list gives the node's own order", () => {
    for (const view of ["open", "all", "closed", "mine", "department", "unassigned"] as const) {
      const filter: Filter = { view, sort: "due" };
      const sort = view === "all" || view === "closed" ? "newest" : "due";
      const expected = rows.filter((row) => belongs(row, filter, viewer)).sort(compareBy(sort));
      const built = rows.reduce((list, row) => patchList(list, row, filter, viewer), listOf([]));
      expect(ids(built)).toEqual(expected.map(({ id }) => id));
    }
  });

  test("channel and topic narrow a view", () => {
    expect(belongs(base, { ...mine, channel: "web" }, viewer)).toBe(false);
    expect(belongs(base, { ...mine, channel: "whatsapp", topic: base.topic ?? "" }, viewer)).toBe(true);
    expect(belongs(base, { ...mine, topic: "other" }, viewer)).toBe(false);
  });
});

describe("a message in a loaded conversation", () => {
  const at = (minutes: number, text: string) => makeMessage(1, { text, sentAt: minutesFromNow(minutes) });
  const list = (items: Message[]): Pages<Message> => ({ pages: [{ items, next: null }], pageParams: [null] });
  const texts = (pages: Pages<Message>) => pages.pages.flatMap((page) => page.items.map(({ text }) => text));
  const [first, third] = [at(-3, "first"), at(-1, "third")];

  test("a late one is put where it was said", () => {
    expect(texts(patchMessages(list([first, third]), at(-2, "second")))).toEqual([
      "first",
      "second",
      "third",
    ]);
    expect(texts(patchMessages(list([first, third]), at(0, "new")))).toEqual(["first", "third", "new"]);
  });

  test("within one second it stands where it arrived, whatever the milliseconds say", () => {
    const answer = makeMessage(1, { author: "agent", text: "answer", sentAt: "2026-11-22T03:37:05.400Z" });
    const thanks = makeMessage(1, { text: "thanks", sentAt: "2026-11-22T03:37:05.000Z" });
    expect(texts(patchMessages(list([answer]), thanks))).toEqual(["answer", "thanks"]);
  });

  test("what is older than the loaded pages stays out; between two pages it finds its own", () => {
    const pages = {
      pages: [
        { items: [third], next: "a" },
        { items: [first], next: "b" },
      ],
      pageParams: [null, "a"],
    };
    expect(texts(patchMessages(pages, at(-9, "long ago")))).toEqual(["third", "first"]);
    expect(texts(patchMessages(pages, at(-2, "second")))).toEqual(["third", "first", "second"]);
    expect(texts(patchMessages(pages, at(0, "new")))).toEqual(["third", "new", "first"]);
  });

  test("a known one is replaced, not doubled", () => {
    const read = { ...first, status: "read" as const, text: "first, read" };
    expect(texts(patchMessages(list([first, third]), read))).toEqual(["first, read", "third"]);
  });
});

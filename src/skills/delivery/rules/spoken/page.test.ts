import { expect, test } from "vitest";
import { MOST_SHOWN, pageOf } from "./page.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
/** Evenings from 24 November on, so many windows each, from 17 o'clock on. */
const evenings = (days: number, each: number) =>
  Array.from({ length: days }, (_, day) =>
    Array.from({ length: each }, (_, n) => {
      const earliestAt = Date.parse("2026-11-24T16:00:00Z") + day * 24 * HOUR + n * HOUR;
      return { eveningId: day + 1, earliestAt, latestAt: earliestAt + 2 * HOUR };
    }),
  ).flat();
const count = (shown: readonly { eveningId: number }[]) => shown.map(({ eveningId }) => eveningId).join("");

test("whole days are shown, as many as fit", () => {
  const windows = evenings(7, 4);
  const first = pageOf(windows, {}, ZONE);
  expect([first.kind, count(first.shown), first.hasMore]).toEqual(["first", "11112222", true]);
  const three = pageOf(evenings(7, 3), {}, ZONE);
  expect(count(three.shown)).toBe("111222");
  const long = pageOf(evenings(1, 12), {}, ZONE);
  expect(long.shown).toHaveLength(MOST_SHOWN);
  expect(long.hasMore).toBe(true);
});

test("page by page to the end, and then from the beginning", () => {
  const windows = evenings(3, 4);
  const second = pageOf(windows, { after: windows[7]?.earliestAt }, ZONE);
  expect([second.kind, count(second.shown), second.hasMore]).toEqual(["later", "3333", false]);
  const end = pageOf(windows, { after: windows.at(-1)?.earliestAt }, ZONE);
  expect([end.kind, count(end.shown)]).toEqual(["noMore", "11112222"]);
});

test("behind the last free day it is said whether days are planned; a day that is not planned is not called taken", () => {
  const windows = evenings(3, 4);
  const after = windows.at(-1)?.earliestAt;
  const first = pageOf(windows.slice(0, 8), {}, ZONE, "2026-11-27");
  expect([first.kind, first.hasMore]).toEqual(["first", true]);
  expect(pageOf(windows, { after }, ZONE, "2026-11-27").kind).toBe("taken");
  const end = pageOf(windows, { after }, ZONE, "2026-11-26");
  expect([end.kind, pageOf(windows, { after: windows[7]?.earliestAt }, ZONE, "2026-11-26").hasMore]).toEqual([
    "noMore",
    false,
  ]);
  const named = (day: string) => {
    const at = Date.parse(`${day}T17:00:00Z`);
    return pageOf(windows, { named: { at, until: null, hasDay: true, hasTime: true } }, ZONE, "2026-12-01");
  };
  expect([named("2026-12-01").kind, named("2026-12-02").kind]).toEqual(["instead", "unplanned"]);
});

test("what was named is shown, or what lies nearest to it", () => {
  const windows = evenings(3, 4);
  const at = Date.parse("2026-11-25T08:00:00Z");
  const day = pageOf(windows, { named: { at, until: null, hasDay: true, hasTime: false } }, ZONE);
  expect([day.kind, count(day.shown)]).toEqual(["fitting", "2222"]);
  const none = pageOf(windows, { named: { at, until: null, hasDay: true, hasTime: true } }, ZONE);
  expect([none.kind, count(none.shown)]).toEqual(["instead", "2222"]);
});

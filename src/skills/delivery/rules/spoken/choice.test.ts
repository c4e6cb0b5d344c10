import { expect, test } from "vitest";
import { fitting, type NamedTime, readPlaceInList, wholePart } from "./choice.ts";

const ZONE = "Europe/Berlin";
const at = (local: string) => Date.parse(`${local}:00+01:00`);
/** Two evenings, each 17-19, 18-20, 19-21, 20-22. */
const windows = ["2026-11-24", "2026-11-25"].flatMap((day, evening) =>
  [17, 18, 19, 20].map((hour) => ({
    eveningId: evening + 1,
    earliestAt: at(`${day}T${hour}:00`),
    latestAt: at(`${day}T${hour + 2}:00`),
  })),
);
const begins = (named: NamedTime) =>
  fitting(named, windows, ZONE).map(({ eveningId, earliestAt }) => [
    eveningId,
    (earliestAt - at("2026-11-24T00:00")) / 3_600_000 - (eveningId - 1) * 24,
  ]);
const DAY = { hasDay: true, hasTime: false, until: null };
const BOTH = { hasDay: true, hasTime: true, until: null };
const TIME = { hasDay: false, hasTime: true, until: null };

test("a day means all windows of that day", () => {
  expect(begins({ ...DAY, at: at("2026-11-25T09:00") })).toEqual([
    [2, 17],
    [2, 18],
    [2, 19],
    [2, 20],
  ]);
  expect(begins({ ...DAY, at: at("2026-11-27T09:00") })).toEqual([]);
});

test("a span of days means all of them", () => {
  expect(begins({ ...DAY, at: at("2026-11-24T09:00"), until: at("2026-11-28T23:59") })).toHaveLength(8);
});

test("of windows that overlap, a time means the one that begins then, or those round it", () => {
  expect(begins({ ...BOTH, at: at("2026-11-25T18:00") })).toEqual([[2, 18]]);
  expect(begins({ ...BOTH, at: at("2026-11-25T18:30") })).toEqual([
    [2, 17],
    [2, 18],
  ]);
});

test("a time alone means the first day on which a window fits", () => {
  expect(begins({ ...TIME, at: at("2026-11-23T20:00") })).toEqual([[1, 20]]);
  expect(begins({ ...TIME, at: at("2026-11-26T12:00") })).toEqual([]);
});

test("an evening means the windows inside it, a short span those that it touches", () => {
  expect(begins({ ...BOTH, at: at("2026-11-25T18:00"), until: at("2026-11-25T22:00") })).toEqual([
    [2, 18],
    [2, 19],
    [2, 20],
  ]);
  expect(begins({ ...BOTH, at: at("2026-11-25T21:00"), until: at("2026-11-25T21:30") })).toEqual([[2, 20]]);
});

test("who says evening means all of it, who says a time means that", () => {
  const evening = { ...BOTH, at: at("2026-11-25T19:00") };
  const whole = { ...evening, at: at("2026-11-25T16:00"), until: at("2026-11-25T23:00") };
  expect(wholePart("morgen abend", evening, ZONE)).toEqual(whole);
  expect(wholePart("tomorrow evening please", evening, ZONE)).toEqual(whole);
  expect(wholePart("morgen abend um 19 Uhr", evening, ZONE)).toEqual(evening);
  expect(wholePart("um sieben am Abend", evening, ZONE)).toEqual(evening);
});

test("eighteen o'clock is eighteen o'clock on either side of the clock's change", () => {
  const sunday = {
    eveningId: 9,
    earliestAt: Date.parse("2026-10-25T17:00:00Z"),
    latestAt: Date.parse("2026-10-25T19:00:00Z"),
  };
  // Named on Saturday, when 18 o'clock is 16 UTC.
  const named = { ...TIME, at: Date.parse("2026-10-24T16:00:00Z") };
  expect(fitting(named, [sunday], ZONE)).toEqual([sunday]);
});

test.each([
  ["die zweite", 1],
  ["Die 2.", 1],
  ["2", 1],
  ["Nummer 3 bitte", 2],
  ["ich nehme das erste", 0],
  ["the second one", 1],
  ["first please", 0],
  ["one", 0],
  ["das früheste", 0],
  ["egal", 0],
  ["the earliest", 0],
  ["die letzte bitte", 3],
  ["the last one", 3],
] as const)("%s is a place in the list", (text, place) => {
  expect(readPlaceInList(text, 4)).toBe(place);
});

test.each([
  "18 Uhr",
  "morgen abend",
  "die zwölfte",
  "8",
  "am 2. Dezember",
  "ja",
  "",
  "zweimal bestellt",
  "nächste Woche Dienstag",
])("%s is none", (text) => {
  expect(readPlaceInList(text, 4)).toBeNull();
});

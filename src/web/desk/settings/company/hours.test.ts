import { describe, expect, test } from "vitest";
import { readClock, spansOf, withDay } from "./hours.ts";

describe("opening hours as people type them", () => {
  test("several ways to write a time", () => {
    expect(["8", "08", "8:30", "0830", "8.30", "24:00", " 21:00 "].map(readClock)).toEqual([
      "08:00",
      "08:00",
      "08:30",
      "08:30",
      "08:30",
      "24:00",
      "21:00",
    ]);
  });

  test("what is no time of day is refused", () => {
    expect(["", "25", "24:30", "8:75", "acht"].map(readClock)).toEqual([null, null, null, null, null]);
  });

  test("a day's hours are replaced, the others stay in order", () => {
    const hours = [
      { weekday: 1, from: "08:00", to: "12:00" },
      { weekday: 3, from: "08:00", to: "21:00" },
    ];
    const changed = withDay(hours, 1, [
      { from: "13:00", to: "17:00" },
      { from: "08:00", to: "12:00" },
    ]);
    expect(spansOf(changed, 1)).toEqual([
      { from: "08:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ]);
    expect(spansOf(changed, 3)).toHaveLength(1);
    expect(withDay(hours, 3, [])).toHaveLength(1);
  });
});

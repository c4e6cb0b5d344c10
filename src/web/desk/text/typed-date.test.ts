import fc from "fast-check";
import { expect, test } from "vitest";
import { readTyped, writeTyped } from "./typed-date.ts";

const today = "2026-11-22";

test.each([
  ["24.12.2026", "2026-12-24"],
  ["24.12.26", "2026-12-24"],
  ["24.12.", "2026-12-24"],
  ["3.1.", "2027-01-03"],
  ["22.11.", "2026-11-22"],
  ["24/12/2026", "2026-12-24"],
  [" 2026-12-24 ", "2026-12-24"],
  ["12/24/2026", null],
  ["31.11.2026", null],
  ["24.12.2026, 17:54", null],
  ["24.12.202", null],
  ["morgen", null],
  ["", null],
])("the day in %j is %j", (text, day) => {
  expect(readTyped(text, { withTime: false, today })).toBe(day);
});

test.each([
  ["24.12.2026, 17:54", "2026-12-24T17:54"],
  ["24.12. 9:05", "2026-12-24T09:05"],
  ["24.12.2026 17.54 Uhr", "2026-12-24T17:54"],
  ["24/12/2026, 5:54 pm", "2026-12-24T17:54"],
  ["24/12/2026 12:10 am", "2026-12-24T00:10"],
  ["2099-07-01T08:00", "2099-07-01T08:00"],
  ["24.12.2026", null],
  ["24.12.2026, 24:00", null],
  ["24/12/2026, 17:54 pm", null],
])("the moment in %j is %j", (text, moment) => {
  expect(readTyped(text, { withTime: true, today })).toBe(moment);
});

test("what is written is read again, in both languages", () => {
  const minute = fc.date({
    min: new Date("1970-01-01T00:00Z"),
    max: new Date("2199-12-31T23:59Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(
      minute,
      fc.constantFrom("de" as const, "en" as const),
      fc.boolean(),
      (at, language, withTime) => {
        const value = at.toISOString().slice(0, withTime ? 16 : 10);
        expect(readTyped(writeTyped(value, language), { withTime, today })).toBe(value);
      },
    ),
  );
  expect(writeTyped("", "de")).toBe("");
  expect(writeTyped("2026-12-24T17:54", "de")).toBe("24.12.2026, 17:54");
  expect(writeTyped("2026-12-24", "en")).toBe("24/12/2026");
});

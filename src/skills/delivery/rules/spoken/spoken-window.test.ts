import { expect, test } from "vitest";
import { spokenClock, spokenMoney, spokenWindow, windowTitle } from "./spoken-window.ts";

const HAMBURG = "Europe/Berlin";
const de = { language: "de", timeZone: HAMBURG } as const;
const en = { language: "en", timeZone: HAMBURG } as const;
const span = (from: string, to: string) => ({ earliestAt: Date.parse(from), latestAt: Date.parse(to) });

const EVENING = span("2026-11-24T17:00:00Z", "2026-11-24T19:00:00Z");

test("a window is said with weekday, day and hours, in winter and in summer", () => {
  expect(spokenWindow(de, EVENING)).toBe("Dienstag, 24. November, 18 bis 20 Uhr");
  expect(spokenWindow(en, EVENING)).toBe("Tuesday, 24 November, 18:00 to 20:00");
  const summer = span("2026-07-03T15:30:00Z", "2026-07-03T17:30:00Z");
  expect(spokenWindow(de, summer)).toBe("Freitag, 3. Juli, 17:30 bis 19:30 Uhr");
});

test("the city's clock counts, not that of the machine", () => {
  const lisbon = { language: "de", timeZone: "Europe/Lisbon" } as const;
  expect(spokenWindow(lisbon, EVENING)).toBe("Dienstag, 24. November, 17 bis 19 Uhr");
});

test("the evening before the clocks change is like any other, and the night itself says so", () => {
  // 2026-10-25, 3 o'clock becomes 2 o'clock; 2026-03-29, 2 o'clock becomes 3 o'clock.
  const before = span("2026-10-24T16:00:00Z", "2026-10-24T18:00:00Z");
  expect(spokenWindow(de, before)).toBe("Samstag, 24. Oktober, 18 bis 20 Uhr");
  const after = span("2026-10-25T17:00:00Z", "2026-10-25T19:00:00Z");
  expect(spokenWindow(de, after)).toBe("Sonntag, 25. Oktober, 18 bis 20 Uhr");
  const twice = span("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z");
  expect(spokenWindow(de, twice)).toBe(
    "Sonntag, 25. Oktober, 2 bis 3 Uhr (die Uhr wird dazwischen umgestellt)",
  );
  const skipped = span("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z");
  expect(spokenWindow(en, skipped)).toBe("Sunday, 29 March, 01:00 to 04:00 (the clocks change in between)");
});

test("a window over midnight is one of the evening on which it begins", () => {
  const late = span("2026-11-24T22:00:00Z", "2026-11-25T00:00:00Z");
  expect(spokenWindow(de, late)).toBe("Dienstag, 24. November, 23 bis 1 Uhr");
});

test("a title fits into a button of any channel", () => {
  expect(windowTitle(de, EVENING)).toBe("Di 24.11., 18–20 Uhr");
  expect(windowTitle(en, EVENING)).toBe("Tue 24 Nov, 18:00–20:00");
  for (let day = 0; day < 366; day++)
    for (const language of ["de", "en"] as const) {
      const at = Date.parse("2026-01-01T16:30:00Z") + day * 86_400_000;
      const title = windowTitle(
        { language, timeZone: HAMBURG },
        { earliestAt: at, latestAt: at + 7_200_000 },
      );
      expect(title.length).toBeLessThanOrEqual(24);
    }
});

test("clock and money", () => {
  expect(spokenClock(de, Date.parse("2026-11-24T08:05:00Z"))).toBe("9:05");
  expect(spokenMoney("de", 490, "EUR").replace(/\s/g, " ")).toBe("4,90 €");
  expect(spokenMoney("en", 5, "EUR")).toBe("€0.05");
  expect(spokenMoney("en", 500, "JPY")).toMatch(/500/);
});

import { describe, expect, it } from "vitest";
import type { TenantProfile } from "../tenants/profile.ts";
import { peopleOf } from "./opening.ts";

const profile = {
  timeZone: "Europe/Berlin",
  openingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: "08:00", to: "18:00" })),
  holidayRegion: "DE-HH",
  closedDays: [],
} as unknown as TenantProfile;
const at = (time: string) => peopleOf(profile, Date.parse(time));

describe("when people are there, as the chat says it", () => {
  it("now", () => {
    expect(at("2026-11-24T09:00:00Z")).toEqual({ here: true, next: null });
  });

  it.each([
    ["2026-11-24T05:00:00Z", "heute, 08:00 Uhr", "today, 8:00 am"],
    ["2026-11-24T20:00:00Z", "morgen, 08:00 Uhr", "tomorrow, 8:00 am"],
    // Friday evening; Monday opens.
    ["2026-11-27T20:00:00Z", "Montag, 08:00 Uhr", "Monday, 8:00 am"],
  ])("at %s: %s", (time, de, en) => {
    expect(at(time)).toEqual({ here: false, next: { de, en } });
  });

  it("after more than six days with the date, and never for who does not open", () => {
    const closedDays = Array.from({ length: 9 }, (_, n) => `2026-12-${String(n + 1).padStart(2, "0")}`);
    const now = Date.parse("2026-11-30T20:00:00Z");
    expect(peopleOf({ ...profile, closedDays }, now).next).toEqual({
      de: "Donnerstag, 10. Dezember, 08:00 Uhr",
      en: "Thursday 10 December, 8:00 am",
    });
    const never = {
      ...profile,
      openingHours: [{ weekday: 1, from: "08:00", to: "09:00" }],
      closedDays: mondays(),
    };
    expect(peopleOf(never, now)).toEqual({ here: false, next: null });
  });
});

/** Every Monday of the next two years. */
function mondays(): string[] {
  return Array.from({ length: 110 }, (_, n) =>
    new Date(Date.UTC(2026, 10, 30 + 7 * n)).toISOString().slice(0, 10),
  );
}

import { expect, test } from "vitest";
import { planOf, underClock } from "./choice.ts";
import { describeRhythm } from "./describe.ts";
import { type Calendar, nextAllowed } from "./rhythm.ts";

const topic = {
  id: 1,
  slug: "lines",
  title: { de: "Linien", en: "Lines" },
  kind: "service" as const,
  parameters: [],
};
const anyTime = { values: {}, window: null, quiet: "default" as const, digestAt: null };
const company: Calendar = {
  zone: "Europe/Berlin",
  quiet: { from: 21 * 60, to: 7 * 60 },
  isQuietOnHolidays: false,
  isHoliday: () => false,
};

/** @returns the rhythm of somebody who named this zone */
function rhythmIn(timeZone: string | null) {
  const found = planOf(topic, underClock({ ...anyTime, timeZone }, company.zone));
  if ("fault" in found) throw new Error(found.fault);
  return found.plan.rhythm;
}

test("quiet hours are those of the clock on the subscriber's own wall", () => {
  // 22:00 in Berlin is 16:00 in New York.
  const evening = Date.parse("2026-11-24T21:00:00Z");
  expect(nextAllowed(rhythmIn("America/New_York"), company, evening)).toBe(evening);
  expect(nextAllowed(rhythmIn(null), company, evening)).toBe(Date.parse("2026-11-25T06:00:00Z"));
  // 9:00 in Berlin is 3:00 in New York: there it waits until seven.
  const morning = Date.parse("2026-11-24T08:00:00Z");
  expect(nextAllowed(rhythmIn(null), company, morning)).toBe(morning);
  expect(nextAllowed(rhythmIn("America/New_York"), company, morning)).toBe(
    Date.parse("2026-11-24T12:00:00Z"),
  );
});

test("the zone stands in the words that are agreed to, unless it is the company's own", () => {
  expect(describeRhythm(rhythmIn("America/New_York"), "en")).toBe("at any time, time in New York");
  expect(describeRhythm(rhythmIn("Europe/Berlin"), "de")).toBe("jederzeit");
});

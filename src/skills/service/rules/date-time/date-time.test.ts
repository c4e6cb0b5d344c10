import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localNow, toInstant } from "../zoned-time.ts";
import { findDateTime } from "./index.ts";

// A Wednesday, 10:30 in Berlin.
const context = { now: new Date("2026-11-25T09:30:00Z"), timeZone: "Europe/Berlin" };

describe("moments that a message names", () => {
  test.each([
    ["morgen um 15 Uhr", "2026-11-26T15:00"],
    ["tomorrow at 3 pm", "2026-11-26T15:00"],
    ["Können Sie mich morgen früh anrufen?", "2026-11-26T09:00"],
    ["heute um 14:30", "2026-11-25T14:30"],
    ["um 9 Uhr", "2026-11-26T09:00"],
    ["um 17 Uhr 15", "2026-11-25T17:15"],
    ["am Freitag gegen 11", "2026-11-27T11:00"],
    ["on Monday at 10.30 am", "2026-11-30T10:30"],
    ["Mittwoch 12 Uhr", "2026-12-02T12:00"],
    ["übermorgen um halb vier nachmittags", "2026-11-27T15:30"],
    ["the day after tomorrow at noon", "2026-11-27T12:00"],
    ["12.12. um 9:30 Uhr", "2026-12-12T09:30"],
    ["am 3.1. um 8 Uhr", "2027-01-03T08:00"],
    ["05.02.2027 16 Uhr", "2027-02-05T16:00"],
    ["2026-12-24 18:00", "2026-12-24T18:00"],
    ["in 2 Stunden", "2026-11-25T12:30"],
    ["in einer halben Stunde", "2026-11-25T11:00"],
    ["in 45 minutes", "2026-11-25T11:15"],
    ["heute Abend um 8 Uhr", "2026-11-25T20:00"],
    ["12 am tomorrow", "2026-11-26T00:00"],
    ["12 pm tomorrow", "2026-11-26T12:00"],
    ["morgen", "2026-11-26T09:00"],
  ])("%s is %s", (text, local) => {
    expect(findDateTime(text, context)?.local).toBe(local);
  });

  test.each([
    "Guten Morgen",
    "Wo ist HK-20417?",
    "31.2. um 10 Uhr",
    "Ich warte seit 3 Tagen",
    "um 5 Euro teurer",
    "",
  ])("%s names none", (text) => {
    expect(findDateTime(text, context)).toBeUndefined();
  });

  test("a day alone says that it has no time", () => {
    expect(findDateTime("am Freitag", context)?.hasTime).toBe(false);
    expect(findDateTime("am Freitag um 9", context)?.hasTime).toBe(true);
  });

  test("the moment is the clock's in the given zone", () => {
    expect(findDateTime("morgen um 15 Uhr", context)?.at.toISOString()).toBe("2026-11-26T14:00:00.000Z");
    const inSummer = { now: new Date("2026-07-01T09:30:00Z"), timeZone: "Europe/Berlin" };
    expect(findDateTime("morgen um 15 Uhr", inSummer)?.at.toISOString()).toBe("2026-07-02T13:00:00.000Z");
  });
});

describe("clocks", () => {
  test("a time that summer time skips becomes the time as much later", () => {
    const at = toInstant({ year: 2026, month: 3, day: 29 }, { hour: 2, minute: 30 }, "Europe/Berlin");
    expect(localNow(at, "Europe/Berlin").time).toEqual({ hour: 3, minute: 30 });
  });

  test("of a time that comes twice the first is taken", () => {
    const at = toInstant({ year: 2026, month: 10, day: 25 }, { hour: 2, minute: 30 }, "Europe/Berlin");
    expect(at.toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  test("reading a clock and setting it are inverse at every full minute outside the repeated hour", () => {
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Pacific/Auckland",
      "UTC",
    );
    const minutes = fc.integer({ min: 27_000_000, max: 31_000_000 });
    fc.assert(
      fc.property(zones, minutes, (timeZone, minute) => {
        const at = new Date(minute * 60_000);
        const { date, time } = localNow(at, timeZone);
        const back = toInstant(date, time, timeZone);
        expect(localNow(back, timeZone)).toEqual({ date, time });
        expect(at.getTime() - back.getTime()).toBeLessThanOrEqual(3_600_000);
        expect(at.getTime() - back.getTime()).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("texts that cannot name a moment are left alone", () => {
  const pieces =
    `heute morgen übermorgen abend früh um vor nach in am der die bis und zwischen von ein eine einer zwei vier fünf
    acht zwölf erster dritten halb viertel uhr stunde stunden tag tagen tagelang woche wochen monats jahren montag donnnerstags
    mitwoch sonnabend mai may january dezember weihnachten feiertagen ostern neujahr mittags nacht feierabend tomorrow
    tonight noon half past quarter four fourpm vieruhr o'clock after work monday next last weekend week ago first of the
    hour an paket bestellung wo ist mein rechnung umtauschen vertrag nachricht phone wednesday eve's 20417 15 3. 😀 – ?`.split(
      /\s+/,
    );

  test("and no other: with figures, words of time and names of days nothing is overlooked", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 }), (words) => {
        const text = words.join(" ");
        // A long text is always tried with every form.
        expect(findDateTime(text, context)).toEqual(findDateTime(`${text}${" ".repeat(2_000)}`, context));
      }),
      { numRuns: 600 },
    );
  });
});

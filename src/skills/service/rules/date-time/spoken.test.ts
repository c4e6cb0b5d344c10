import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { easterOf } from "./holidays.ts";
import { findDateTime } from "./index.ts";

// A Wednesday, 10:30 in Berlin.
const context = { now: new Date("2026-11-25T09:30:00Z"), timeZone: "Europe/Berlin" };
const local = (text: string) => findDateTime(text, context)?.local;
const berlin = (at: Date | undefined) =>
  at?.toLocaleString("sv-SE", { timeZone: "Europe/Berlin" }).slice(0, 16);

describe("moments in words", () => {
  test.each([
    ["übermorgen nachmittag um halb drei", "2026-11-27T14:30"],
    ["uebermorgen um halb drei", "2026-11-27T14:30"],
    ["next Tuesday at quarter past 4", "2026-12-01T16:15"],
    ["morgen um viertel nach vier", "2026-11-26T16:15"],
    ["morgen um viertel vor 10", "2026-11-26T09:45"],
    ["morgen um viertel vier", "2026-11-26T15:15"],
    ["Freitag dreiviertel zehn", "2026-11-27T09:45"],
    ["fünf vor halb drei am Freitag", "2026-11-27T14:25"],
    ["Freitag um zehn nach drei", "2026-11-27T15:10"],
    ["on Friday at ten to five", "2026-11-27T16:50"],
    ["Friday half past two", "2026-11-27T14:30"],
    ["saturday at half four", "2026-11-28T16:30"],
    ["morgen um vierzehn Uhr dreißig", "2026-11-26T14:30"],
    ["morgen gegen acht abends", "2026-11-26T20:00"],
    ["morgen um acht", "2026-11-26T08:00"],
    ["tomorrow at four", "2026-11-26T16:00"],
    ["tomorrow at 4 in the morning", "2026-11-26T04:00"],
    ["tommorow 3 o'clock", "2026-11-26T15:00"],
    ["morgen 14h30", "2026-11-26T14:30"],
    ["Freitag Mittag", "2026-11-27T12:00"],
    ["um Mitternacht am Freitag", "2026-11-27T00:00"],
    ["tonight at 8", "2026-11-25T20:00"],
    ["tonight", "2026-11-25T18:00"],
    ["morgen Vormittag", "2026-11-26T09:00"],
    ["am 3. Dezember um 10 Uhr", "2026-12-03T10:00"],
    ["3 December at noon", "2026-12-03T12:00"],
    ["December 3rd at 2 pm", "2026-12-03T14:00"],
    ["the third of December", "2026-12-03T09:00"],
    ["am dritten Dezember", "2026-12-03T09:00"],
    ["am 3. um 9", "2026-12-03T09:00"],
    ["am 30. um 9", "2026-11-30T09:00"],
    ["on the 2nd at 10 am", "2026-12-02T10:00"],
    ["am ersten Februar 2027", "2027-02-01T09:00"],
    ["03/12/2026 10:00", "2026-12-03T10:00"],
    ["12/24/2026", "2026-12-24T09:00"],
    ["Mo 14:15", "2026-11-30T14:15"],
    ["Fr. 10 Uhr", "2026-11-27T10:00"],
    ["mitwoch 12 uhr", "2026-12-02T12:00"],
    ["Thursday next week at 11", "2026-12-03T11:00"],
    ["nächste Woche Dienstag um 8", "2026-12-01T08:00"],
    ["Freitag in einer Woche", "2026-12-04T09:00"],
    ["a week on Monday", "2026-12-07T09:00"],
    ["heute in acht Tagen", "2026-12-02T09:00"],
    ["in acht Tagen", "2026-12-02T09:00"],
    ["in 8 Tagen", "2026-12-03T09:00"],
    ["in drei Wochen um 10 Uhr", "2026-12-16T10:00"],
    ["in two months", "2027-01-25T09:00"],
    ["in anderthalb Stunden", "2026-11-25T12:00"],
    ["in einer Viertelstunde", "2026-11-25T10:45"],
    ["in ten minutes", "2026-11-25T10:40"],
    ["an Heiligabend um 11", "2026-12-24T11:00"],
    ["am zweiten Weihnachtstag", "2026-12-26T09:00"],
    ["on Boxing Day", "2026-12-26T09:00"],
    ["Ostermontag", "2027-03-29T09:00"],
    ["on Good Friday at 3 pm", "2027-03-26T15:00"],
    ["Silvester um 10 Uhr", "2026-12-31T10:00"],
    ["am Monatsende", "2026-11-30T09:00"],
    ["Ende der Woche", "2026-11-27T09:00"],
    ["next Thursday", "2026-12-03T09:00"],
    ["am kommenden Donnerstag", "2026-11-26T09:00"],
    ["nächsten Freitag", "2026-11-27T09:00"],
  ])("%s is %s", (text, expected) => {
    expect(local(text)).toBe(expected);
  });

  test.each([
    ["gestern", "2026-11-24T09:00"],
    ["the day before yesterday", "2026-11-23T09:00"],
    ["letzten Montag", "2026-11-23T09:00"],
    ["last Friday", "2026-11-20T09:00"],
    ["vor drei Tagen bestellt", "2026-11-22T09:00"],
    ["two weeks ago", "2026-11-11T09:00"],
    ["ich warte seit Montag", "2026-11-23T09:00"],
  ])("%s is past: %s", (text, expected) => {
    expect(local(text)).toBe(expected);
  });

  test.each([
    ["zwischen Weihnachten und Neujahr", "2026-12-27 00:00 x", "2026-12-31 23:59"],
    ["morgen zwischen 14 und 16 Uhr", "2026-11-26 14:00", "2026-11-26 16:00"],
    ["between 2 and 4 pm tomorrow", "2026-11-26 14:00", "2026-11-26 16:00"],
    ["am Freitag von 9 bis 12", "2026-11-27 09:00", "2026-11-27 12:00"],
    ["Freitag 9-12 Uhr", "2026-11-27 09:00", "2026-11-27 12:00"],
    ["nächste Woche", "2026-11-30 09:00", "2026-12-04 23:59"],
    ["am Wochenende", "2026-11-28 09:00", "2026-11-29 23:59"],
    ["vom 3. bis 5. Dezember", "2026-12-03 09:00", "2026-12-05 23:59"],
    ["von Montag bis Mittwoch", "2026-11-30 09:00", "2026-12-02 23:59"],
    ["from Monday to Wednesday", "2026-11-30 09:00", "2026-12-02 23:59"],
    ["Mitte Januar", "2027-01-11 09:00", "2027-01-20 23:59"],
    ["im Dezember", "2026-12-01 09:00", "2026-12-31 23:59"],
    ["at Christmas", "2026-12-24 09:00", "2026-12-26 23:59"],
    ["over Easter", "2027-03-28 09:00", "2027-03-29 23:59"],
  ])("%s is a span", (text, from, until) => {
    const found = findDateTime(text, context);
    expect([berlin(found?.at), berlin(found?.until)]).toEqual([from.replace("00:00 x", "09:00"), until]);
  });

  test.each([
    "ich bin 24/7 zu Hause",
    "Good evening",
    "Schönen Abend noch",
    "vor 3 Wochenenden war es um 5 € billiger",
    "may I ask something",
    "bis 3 Stück",
    "HK-20417 ist die Nummer",
    "ein mal eins",
    "half of the order is missing",
    "noch nicht da",
    "30.2.2027",
    "version 10.30",
    "um ein Haar",
  ])("%s names none that could be meant", (text) => {
    const found = findDateTime(text, context);
    expect(found?.hasTime === true || (found !== undefined && found.at > context.now)).toBe(false);
  });

  test("the place in the text is that of the words, umlauts or not", () => {
    const text = "Grüße! Können Sie übermorgen nachmittag um halb drei anrufen?";
    const found = findDateTime(text, context);
    expect(text.slice(found?.start, found?.end)).toBe("übermorgen nachmittag um halb drei");
    const english = "Please call me next Tuesday at quarter past 4, thanks";
    const again = findDateTime(english, context);
    expect(english.slice(again?.start, again?.end)).toBe("next Tuesday at quarter past 4");
  });

  test("a time without a day says so", () => {
    expect(findDateTime("um 14 Uhr", context)?.hasDay).toBe(false);
    expect(findDateTime("heute um 14 Uhr", context)?.hasDay).toBe(true);
  });

  test("the night in which the clocks change: a skipped time moves on, hours are counted as they pass", () => {
    const spring = { now: new Date("2027-03-27T11:00:00Z"), timeZone: "Europe/Berlin" };
    expect(findDateTime("morgen um 02:30 Uhr", spring)?.at.toISOString()).toBe("2027-03-28T01:30:00.000Z");
    const evening = { now: new Date("2026-10-24T22:30:00Z"), timeZone: "Europe/Berlin" };
    expect(findDateTime("in 3 Stunden", evening)?.local).toBe("2026-10-25T02:30");
  });

  test("today is the customer's day, not the server's", () => {
    const late = { now: new Date("2026-11-25T23:30:00Z"), timeZone: "Europe/Berlin" };
    expect(findDateTime("morgen um 10 Uhr", late)?.local).toBe("2026-11-27T10:00");
    expect(findDateTime("tomorrow at 10 am", { ...late, timeZone: "America/New_York" })?.local).toBe(
      "2026-11-26T10:00",
    );
  });
});

test("Easter by the calendar: known years, always a Sunday from 22 March to 25 April", () => {
  expect([2024, 2025, 2026, 2027, 2038].map((year) => Object.values(easterOf(year)).join("-"))).toEqual([
    "2024-3-31",
    "2025-4-20",
    "2026-4-5",
    "2027-3-28",
    "2038-4-25",
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1600, max: 2400 }), (year) => {
      const { month, day } = easterOf(year);
      expect(new Date(Date.UTC(year, month - 1, day)).getUTCDay()).toBe(0);
      expect(month === 3 ? day >= 22 : month === 4 && day <= 25).toBe(true);
    }),
  );
});

test("any text is read quickly and without an error; what is found lies inside it", () => {
  const unit = fc.constantFrom(
    ..."0123456789.:/- uhr am pm um vor nach bis halb viertel drei montag ü\n".split(" "),
    " ",
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), (parts) => {
      const text = parts.join(" ");
      const found = findDateTime(text, context);
      if (!found) return;
      expect(Number.isNaN(found.at.getTime())).toBe(false);
      expect(found.start).toBeGreaterThanOrEqual(0);
      expect(found.end).toBeLessThanOrEqual(text.length);
      expect(found.end).toBeGreaterThan(found.start);
    }),
  );
  const start = performance.now();
  findDateTime("zehn vor ".repeat(500), context);
  findDateTime("1 bis ".repeat(700), context);
  expect(performance.now() - start).toBeLessThan(300);
});

import { describe, expect, test } from "vitest";
import { refusalOf, type Work } from "./working-hours.ts";

/**
 * Examples counted by hand. In 2026 the clocks in Berlin go forward on 29 March at 2:00 and back on 25 October at 3:00;
 * winter is UTC+1, summer UTC+2.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Winter in Berlin: "24 17:00" is in November 2026. */
const at = (text: string) => {
  const [day = "", time = ""] = text.split(" ");
  return Date.parse(`2026-11-${day}T${time}:00+01:00`);
};
const work = (from: string, until: string, ...breaks: readonly [string, string][]): Work => ({
  from: at(from),
  until: at(until),
  breaks: breaks.map(([begin, end]) => ({ from: at(begin), until: at(end) })),
});
const utc = (from: string, until: string): Work => ({
  from: Date.parse(`${from}:00Z`),
  until: Date.parse(`${until}:00Z`),
});
const ruleOf = (round: Work, others: readonly Work[]) => refusalOf(round, others)?.rule ?? null;

describe("rest (section 5)", () => {
  const newspapers = work("24 02:00", "24 06:00");

  test("newspapers until six and a round from five in the afternoon leave eleven hours", () => {
    expect(refusalOf(work("24 17:00", "24 21:00"), [newspapers])).toBeNull();
  });

  test("evening and the newspapers after it are one working day of thirteen hours", () => {
    // Rest Tuesday 6 to 17, then 17 to 6: 13 hours, of which 8 are work. Again rest until 17.
    const others = [newspapers, work("25 02:00", "25 06:00"), work("26 02:00", "26 06:00")];
    expect(refusalOf(work("24 17:00", "24 21:00"), others)).toBeNull();
  });

  test("a round that begins half an hour too soon is refused, and eleven hours after work is named", () => {
    // 2:00 to 20:30 would be one working day of 18 and a half hours.
    const refusal = refusalOf(work("24 16:30", "24 20:30"), [newspapers]);
    expect(refusal).toEqual({
      rule: "rest",
      section: "5",
      would_ms: 10.5 * HOUR,
      limit_ms: 11 * HOUR,
      earliestStartAt: at("24 17:00"),
    });
  });

  test("a late round that would leave too little before the next morning's work is refused", () => {
    // Office 9 to 13, round 20 to 23: 14 hours without eleven of rest. One that ends at 22 makes it 13.
    const office = work("24 09:00", "24 13:00");
    expect(ruleOf(work("24 20:00", "24 23:00"), [office])).toBe("rest");
    expect(refusalOf(work("24 19:00", "24 22:00"), [office])).toBeNull();
    // And with the office again at 8:30 the next day only ten and a half hours are left.
    expect(ruleOf(work("24 19:00", "24 22:00"), [office, work("25 08:30", "25 12:00")])).toBe("rest");
  });

  test("two works at once are refused with the first moment after", () => {
    const refusal = refusalOf(work("24 17:00", "24 19:00"), [work("24 16:00", "24 18:00")]);
    expect(refusal).toMatchObject({ rule: "overlap", would_ms: HOUR, earliestStartAt: at("24 18:00") });
  });
});

describe("nights in which the clocks change", () => {
  test("in spring the night is an hour shorter: from 20:00 until 7:00 it is only ten hours", () => {
    // Saturday 28 March, 16 to 20 (15 to 19 UTC); Sunday 7 o'clock is 5 UTC.
    const before = utc("2026-03-28T15:00", "2026-03-28T19:00");
    const early = refusalOf(utc("2026-03-29T05:00", "2026-03-29T09:00"), [before]);
    // Eleven hours after 19 UTC are 6 UTC, which is 8 o'clock.
    expect(early).toMatchObject({
      rule: "rest",
      would_ms: 10 * HOUR,
      earliestStartAt: Date.parse("2026-03-29T06:00:00Z"),
    });
    expect(refusalOf(utc("2026-03-29T06:00", "2026-03-29T10:00"), [before])).toBeNull();
  });

  test("in autumn it is an hour longer: from 21:00 until 7:00 it is eleven", () => {
    // Saturday 24 October, 17 to 21 (15 to 19 UTC); Sunday 7 o'clock is 6 UTC.
    const before = utc("2026-10-24T15:00", "2026-10-24T19:00");
    expect(refusalOf(utc("2026-10-25T06:00", "2026-10-25T10:00"), [before])).toBeNull();
    expect(ruleOf(utc("2026-10-25T05:45", "2026-10-25T09:45"), [before])).toBe("rest");
  });

  test("a work over the change has its real hours", () => {
    // 25 October, 22 o'clock (20 UTC) to 8 o'clock (7 UTC): ten by the clock, eleven in truth.
    expect(ruleOf(utc("2026-10-24T20:00", "2026-10-25T07:00"), [])).toBe("daily_hours");
    // 28 March, 22 o'clock (21 UTC) to 8 o'clock (6 UTC): ten by the clock, nine in truth, but no break in it.
    expect(ruleOf(utc("2026-03-28T21:00", "2026-03-29T06:00"), [])).toBe("breaks");
  });
});

describe("hours of a day (section 3)", () => {
  test("eight and two are ten; a quarter of an hour more is refused", () => {
    const office = work("24 08:00", "24 16:45", ["24 12:00", "24 12:45"]);
    expect(refusalOf(work("24 18:00", "24 20:00"), [office])).toBeNull();
    const refusal = refusalOf(work("24 18:00", "24 20:15"), [office]);
    expect(refusal).toMatchObject({ rule: "daily_hours", section: "3", would_ms: 10.25 * HOUR });
    // After eleven hours of rest from 16:45 on: 3:45 the next morning.
    expect(refusal?.earliestStartAt).toBe(at("25 03:45"));
  });

  test("a round that is too long at any hour has no earliest start", () => {
    const long = work("24 08:00", "24 20:00", ["24 12:00", "24 13:00"]);
    expect(refusalOf(long, [])).toMatchObject({ rule: "daily_hours", earliestStartAt: null });
  });
});

describe("eight hours on average of 24 weeks (section 3)", () => {
  /** Six days a week for 24 weeks, the last on the day before 24 November; `hours` of work with a break of 45 minutes. */
  const weeks = (hours: number): Work[] =>
    Array.from({ length: 24 * 7 }, (_, n) => n + 1).flatMap((daysAgo) => {
      if (daysAgo % 7 === 0) return [];
      const from = at("24 08:00") - daysAgo * DAY;
      const noon = from + 4 * HOUR;
      return [
        { from, until: from + (hours + 0.75) * HOUR, breaks: [{ from: noon, until: noon + 0.75 * HOUR }] },
      ];
    });
  const longDay = work("24 08:00", "24 17:45", ["24 12:00", "24 12:45"]);

  test("nine hours are allowed after weeks of seven and a half", () => {
    // 144 days of 7.5 hours and one of 9 are 1,089 of 1,152.
    expect(refusalOf(longDay, weeks(7.5))).toBeNull();
  });

  test("nine hours are refused after weeks of eight and a half, eight hours are not", () => {
    // 144 days of 8.5 hours and one of 9 are 1,233.
    const refusal = refusalOf(longDay, weeks(8.5));
    expect(refusal).toMatchObject({ rule: "average_hours", section: "3", limit_ms: 1_152 * HOUR });
    expect(refusal?.would_ms).toBe(1_233 * HOUR);
    expect(refusalOf(work("24 08:00", "24 16:30", ["24 12:00", "24 12:30"]), weeks(8.5))).toBeNull();
  });
});

describe("breaks (section 4)", () => {
  test("six hours need none, more need thirty minutes, more than nine 45", () => {
    expect(refusalOf(work("24 08:00", "24 14:00"), [])).toBeNull();
    expect(refusalOf(work("24 08:00", "24 14:15"), [])).toMatchObject({
      rule: "breaks",
      section: "4",
      would_ms: 0,
      limit_ms: HOUR / 2,
      earliestStartAt: null,
    });
    expect(refusalOf(work("24 08:00", "24 14:45", ["24 11:00", "24 11:30"]), [])).toBeNull();
    // 9 hours 15 minutes of work beside 30 minutes of break.
    expect(ruleOf(work("24 08:00", "24 17:45", ["24 12:00", "24 12:30"]), [])).toBe("breaks");
    expect(refusalOf(work("24 08:00", "24 18:00", ["24 12:00", "24 12:45"]), [])).toBeNull();
  });

  test("two quarters of an hour are a break, ten minutes are none", () => {
    expect(
      refusalOf(work("24 08:00", "24 15:00", ["24 10:00", "24 10:15"], ["24 12:00", "24 12:15"]), []),
    ).toBeNull();
    const tens: [string, string][] = [
      ["24 10:00", "24 10:10"],
      ["24 11:00", "24 11:10"],
      ["24 12:00", "24 12:10"],
    ];
    expect(ruleOf(work("24 08:00", "24 15:00", ...tens), [])).toBe("breaks");
  });

  test("nobody works more than six hours in a row, whatever follows", () => {
    // Break after 6 hours and a half: long enough, but too late.
    expect(ruleOf(work("24 08:00", "24 16:00", ["24 14:30", "24 15:00"]), [])).toBe("breaks");
  });

  test("the time between two works is a break", () => {
    const office = work("24 08:00", "24 12:00");
    expect(refusalOf(work("24 12:30", "24 16:30"), [office])).toBeNull();
    expect(ruleOf(work("24 12:10", "24 16:10"), [office])).toBe("breaks");
  });
});

import { expect, test } from "vitest";
import { readCalendar } from "./calendar.ts";

/** Tuesday, 2026-11-24, 10:00 in Hamburg. */
const now = Date.parse("2026-11-24T09:00:00Z");
const setting = { language: "de", timeZone: "Europe/Berlin", now } as const;

const calendar = (...lines: string[]) =>
  Buffer.from(
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n"),
  );
const event = (...lines: string[]) => [
  "BEGIN:VEVENT",
  "UID:e1",
  "DTSTAMP:20261101T000000Z",
  "SUMMARY:Lesung",
  ...lines,
  "END:VEVENT",
];
const read = (...lines: string[]) => readCalendar(calendar(...lines), setting);
const starts = (...lines: string[]) =>
  read(...lines).items.map(({ startsAt }) => new Date(startsAt ?? 0).toISOString().slice(0, 16));

const HAMBURG = [
  "BEGIN:VTIMEZONE",
  "TZID:Hansezeit",
  "BEGIN:STANDARD",
  "DTSTART:19961027T030000",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:19810329T020000",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "END:DAYLIGHT",
  "END:VTIMEZONE",
];

test("an event is read with day, hour and place in its words, folded lines and escapes undone", () => {
  const { items, problems, isComplete } = read(
    ...event(
      "DTSTART:20261127T180000Z",
      "DTEND:20261127T200000Z",
      "LOCATION:Zentralbibliothek\\, Saal 2",
      "DESCRIPTION:Ein Abend mit\\nMusik und ei",
      " ner Lesung",
      "CATEGORIES:Literatur,Musik",
      "URL:https://example.org/lesung",
    ),
  );
  expect(problems).toEqual([]);
  expect(isComplete).toBe(true);
  expect(items).toEqual([
    {
      id: "e1",
      title: { de: "Lesung", en: null },
      text: {
        de: "Freitag, 27. November 2026, 19:00 Uhr, Zentralbibliothek, Saal 2\nEin Abend mit\nMusik und einer Lesung",
        en: null,
      },
      link: "https://example.org/lesung",
      publishedAt: null,
      startsAt: Date.parse("2026-11-27T18:00:00Z"),
      endsAt: Date.parse("2026-11-27T20:00:00Z"),
      values: { category: ["Literatur", "Musik"], location: ["Zentralbibliothek, Saal 2"] },
      isCancelled: false,
    },
  ]);
});

test("times in a zone of the file, of the world's list, without any, and in an unknown one", () => {
  expect(starts(...HAMBURG, ...event("DTSTART;TZID=Hansezeit:20270401T190000"))).toEqual([
    "2027-04-01T17:00",
  ]);
  expect(starts(...event("DTSTART;TZID=America/New_York:20261130T190000"))).toEqual(["2026-12-01T00:00"]);
  expect(starts(...event("DTSTART:20261130T190000"))).toEqual(["2026-11-30T18:00"]);
  const unknown = read(...event("DTSTART;TZID=Mondzeit:20261130T190000"));
  expect(unknown.items[0]?.startsAt).toBe(Date.parse("2026-11-30T18:00:00Z"));
  expect(unknown.problems).toEqual([{ code: "unknown_zone", place: "e1" }]);
});

test("an event of the whole day runs from midnight to midnight of the company's zone, and says no hour", () => {
  const [item] = read(...event("DTSTART;VALUE=DATE:20261206")).items;
  expect([item?.startsAt, item?.endsAt].map((ms) => new Date(ms ?? 0).toISOString())).toEqual([
    "2026-12-05T23:00:00.000Z",
    "2026-12-06T23:00:00.000Z",
  ]);
  expect(item?.text.de).toBe("Sonntag, 6. Dezember 2026");
});

test("a series keeps its hour over the end of summer time, leaves out EXDATE, and ends at the horizon of 30 days", () => {
  const inOctober = { ...setting, now: Date.parse("2026-10-20T00:00:00Z") };
  const { items } = readCalendar(
    calendar(
      ...HAMBURG,
      ...event(
        "DTSTART;TZID=Hansezeit:20260903T190000",
        "RRULE:FREQ=WEEKLY;BYDAY=TH",
        "EXDATE;TZID=Hansezeit:20261105T190000",
      ),
    ),
    inOctober,
  );
  expect(items.map(({ startsAt }) => new Date(startsAt ?? 0).toISOString())).toEqual([
    "2026-10-22T17:00:00.000Z",
    "2026-10-29T18:00:00.000Z",
    "2026-11-12T18:00:00.000Z",
  ]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(3);
});

test("one occurrence that was moved and one that was cancelled replace those of the series", () => {
  const { items } = read(
    ...event("DTSTART:20261125T100000Z", "DTEND:20261125T110000Z", "RRULE:FREQ=DAILY;COUNT=3"),
    ...event("RECURRENCE-ID:20261126T100000Z", "DTSTART:20261126T150000Z", "DTEND:20261126T160000Z"),
    ...event("RECURRENCE-ID:20261127T100000Z", "DTSTART:20261127T100000Z", "STATUS:CANCELLED"),
  );
  expect(
    items.map(({ startsAt, isCancelled }) => [new Date(startsAt ?? 0).toISOString(), isCancelled]),
  ).toEqual([
    ["2026-11-25T10:00:00.000Z", false],
    ["2026-11-26T15:00:00.000Z", false],
    ["2026-11-27T10:00:00.000Z", true],
  ]);
});

test("what is over is left out; a single event is told however far ahead", () => {
  expect(starts(...event("DTSTART:20261120T100000Z"))).toEqual([]);
  expect(starts(...event("DTSTART:20271120T100000Z"))).toEqual(["2027-11-20T10:00"]);
});

test("a series that began long ago gives the same days as one that began lately, EXDATE included", () => {
  const series = (start: string, rule: string) =>
    starts(...event(`DTSTART:${start}`, `RRULE:${rule}`, "EXDATE:20100101T180000Z,20261204T180000Z"));
  const fridays = ["2026-11-27T18:00", "2026-12-11T18:00", "2026-12-18T18:00"];
  expect(series("20261120T180000Z", "FREQ=WEEKLY")).toEqual(fridays);
  expect(series("19800104T180000Z", "FREQ=WEEKLY")).toEqual(fridays);
  // 2,447 weeks lie between 1980-01-04 and 2026-11-27, an odd number: every second week passes it by.
  expect(series("19800104T180000Z", "FREQ=WEEKLY;INTERVAL=2")).toEqual(["2026-12-18T18:00"]);
  expect(series("19800107T180000Z", "FREQ=WEEKLY;BYDAY=FR")).toEqual(fridays);
  expect(series("19800104T180000Z", "FREQ=DAILY;UNTIL=20261126T000000Z")).toEqual([
    "2026-11-24T18:00",
    "2026-11-25T18:00",
  ]);
});

test("a calendar of hundreds of old series is read whole", () => {
  const many = Array.from({ length: 300 }, (_, at) =>
    event("DTSTART;TZID=Europe/Berlin:20050107T190000", "RRULE:FREQ=WEEKLY;BYDAY=FR").map((line) =>
      line.replace("UID:e1", `UID:${at}`),
    ),
  ).flat();
  const { items, problems, isComplete } = read(...many);
  expect({ count: items.length, problems, isComplete }).toEqual({
    count: 1_200,
    problems: [],
    isComplete: true,
  });
});

test("a rule that never matches ends by itself or is ended, and the other events are read", () => {
  const other = event("DTSTART:20261130T100000Z").map((line) => line.replace("UID:e1", "UID:e2"));
  const rules = [
    "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY",
    "FREQ=DAILY;INTERVAL=0",
  ];
  for (const rule of rules) {
    const { items, isBroken } = read(...event("DTSTART:20261125T100000Z", `RRULE:${rule}`), ...other);
    expect([rule, isBroken, items.some(({ id }) => id === "e2")]).toEqual([rule, false, true]);
  }
}, 30_000);

test("a broken calendar is refused whole, a broken event alone", () => {
  for (const text of ["", "<html></html>", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x", "rubbish"])
    expect(readCalendar(Buffer.from(text), setting)).toMatchObject({ isBroken: true });
  const good = event("DTSTART:20261130T100000Z").map((line) => line.replace("UID:e1", "UID:e2"));
  const { items, problems } = read(...event("DTSTART:2026-99-99"), ...event("RRULE:FREQ=DAILY"), ...good);
  expect(items.map(({ id }) => id)).toEqual(["e2"]);
  expect(problems.map(({ code }) => code)).toEqual(["bad_time"]);
});

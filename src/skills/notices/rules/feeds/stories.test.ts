import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceItem, SourceKind, SourceRead } from "./item.ts";
import { type KnownItem, STORY_RULES, type Story, tellStories } from "./stories.ts";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 10, 24, 9);

const item = (id: string, more: Partial<SourceItem> = {}): SourceItem => ({
  id,
  title: { de: `Meldung ${id}`, en: null },
  text: { de: null, en: null },
  link: null,
  publishedAt: null,
  startsAt: null,
  endsAt: null,
  values: {},
  isCancelled: false,
  ...more,
});

/** A source that is read again and again; each reading gives what is told. */
function source(kind: SourceKind) {
  let known: KnownItem[] = [];
  let isFirst = true;
  const step = (read: SourceRead | null, now: number): readonly Story[] => {
    const telling = tellStories(known, read, { rules: STORY_RULES[kind], now, isFirst });
    isFirst = false;
    const rest = known.filter(
      ({ id }) => !telling.renamed.includes(id) && !telling.items.some((one) => one.id === id),
    );
    known = [...rest, ...telling.items];
    return telling.stories;
  };
  const whole = kind === "gtfs_rt" || kind === "ical";
  return {
    reads: (items: SourceItem[], now = START, ended: string[] = []) =>
      brief(step({ items, problems: [], isBroken: false, isComplete: whole, ended }, now)),
    unchanged: (now = START) => brief(step(null, now)),
    known: () => known,
  };
}
const brief = (stories: readonly Story[]) =>
  stories.map(({ key, revision, change, reason }) => `${key}#${revision} ${reason ?? change}`);

test("the same alert is one story: created, changed, taken away after two readings without it", () => {
  const feed = source("gtfs_rt");
  const later = item("a", { text: { de: "bis 18 Uhr", en: null } });
  expect(feed.reads([item("a")])).toEqual(["a#1 created"]);
  expect(feed.reads([item("a")])).toEqual([]);
  expect(feed.reads([later])).toEqual(["a#2 changed"]);
  expect(feed.reads([])).toEqual([]);
  expect(feed.reads([])).toEqual(["a#3 gone"]);
  expect(feed.reads([])).toEqual([]);
  expect(feed.reads([later])).toEqual(["a#4 created"]);
});

test("one gap in a feed is no all-clear; 304 counts as one more reading of the same", () => {
  const feed = source("gtfs_rt");
  feed.reads([item("a"), item("b")]);
  expect(feed.reads([item("b")])).toEqual([]);
  expect(feed.reads([item("a"), item("b")])).toEqual([]);
  expect(feed.reads([item("b")])).toEqual([]);
  expect(feed.unchanged()).toEqual(["a#2 gone"]);
  expect(feed.unchanged()).toEqual([]);
});

test("an end that is reached is the all-clear of an alert, and no news of an appointment", () => {
  const until = { endsAt: START + HOUR_MS };
  const alerts = source("gtfs_rt");
  alerts.reads([item("a", until)]);
  expect(alerts.unchanged(START + HOUR_MS - 1)).toEqual([]);
  expect(alerts.unchanged(START + HOUR_MS)).toEqual(["a#2 expired"]);
  expect(alerts.reads([item("a", until)], START + HOUR_MS + 1)).toEqual([]);
  const calendar = source("ical");
  calendar.reads([]);
  expect(calendar.reads([item("e", until)])).toEqual(["e#1 created"]);
  expect(calendar.unchanged(START + HOUR_MS)).toEqual([]);
});

test("a new id for the same words is the same story, in one reading and in the next", () => {
  const feed = source("gtfs_rt");
  const words = { title: { de: "U3 gestört", en: null } };
  expect(feed.reads([item("1", words), item("2", words)])).toEqual(["1#1 created"]);
  expect(feed.reads([item("3", words)])).toEqual([]);
  expect(feed.known().map(({ id, story }) => [id, story])).toEqual([["3", "1"]]);
  expect(feed.reads([item("3", { ...words, link: "https://e.org/" })])).toEqual(["1#2 changed"]);
});

test("old articles of a feed that is connected are no news; new ones are, once; leaving the feed is no end", () => {
  const feed = source("feed");
  expect(feed.reads([item("1"), item("2")])).toEqual([]);
  expect(feed.reads([item("3"), item("1"), item("2")])).toEqual(["3#1 created"]);
  expect(feed.reads([item("3", { text: { de: "Tippfehler behoben", en: null } })])).toEqual([]);
  expect(feed.reads([])).toEqual([]);
});

test("an end that creeps forward with every reading is no news, a real delay is", () => {
  const feed = source("gtfs_rt");
  feed.reads([item("a", { endsAt: START + HOUR_MS })]);
  for (let minute = 1; minute <= 60; minute++)
    expect(feed.reads([item("a", { endsAt: START + HOUR_MS + minute * 60_000 })])).toEqual([]);
  expect(feed.reads([item("a", { endsAt: START + 3 * HOUR_MS })])).toEqual(["a#2 changed"]);
});

test("an appointment that is moved or cancelled is told, also when it stood there from the beginning", () => {
  const calendar = source("ical");
  const at = { startsAt: START + 24 * HOUR_MS, endsAt: START + 26 * HOUR_MS };
  expect(calendar.reads([item("e", at), item("f", at)])).toEqual([]);
  const moved = item("e", { ...at, startsAt: START + 25 * HOUR_MS });
  expect(calendar.reads([moved, item("f", at)])).toEqual(["e#1 created"]);
  expect(calendar.reads([{ ...moved, isCancelled: true }, item("f", at)])).toEqual(["e#2 cancelled"]);
});

test("names that are found later are no news", () => {
  const feed = source("gtfs_rt");
  feed.reads([item("a", { values: { route_id: ["r"], line: ["r"] } })]);
  expect(feed.reads([item("a", { values: { route_id: ["r"], line: ["U3"], mode: ["subway"] } })])).toEqual(
    [],
  );
  expect(feed.reads([item("a", { values: { route_id: ["r", "s"], line: ["U3", "U1"] } })])).toEqual([
    "a#2 changed",
  ]);
});

test("a differential feed ends what it names", () => {
  const feed = source("gtfs_rt");
  feed.reads([item("a"), item("b")]);
  expect(feed.reads([item("a"), item("b")], START, ["a"])).toEqual(["a#2 gone"]);
});

test("whatever a source says in whatever order: each story's parts count up from 1, and nothing changes or ends that has not begun", () => {
  const step = fc.oneof(
    fc.constant(null),
    fc.array(
      fc.record({ id: fc.nat(3), words: fc.nat(2), end: fc.option(fc.nat(5)), isCancelled: fc.boolean() }),
      {
        maxLength: 4,
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom<SourceKind>("feed", "gtfs_rt", "ical", "api"),
      fc.array(step, { maxLength: 12 }),
      (kind, steps) => {
        const feed = source(kind);
        const parts = new Map<string, string[]>();
        steps.forEach((read, at) => {
          const now = START + at * HOUR_MS;
          const told = read
            ? feed.reads(
                read.map(({ id, words, end, isCancelled }) =>
                  item(String(id), {
                    title: { de: `Worte ${words} von ${id}`, en: null },
                    endsAt: end === null ? null : START + end * HOUR_MS,
                    isCancelled,
                  }),
                ),
                now,
              )
            : feed.unchanged(now);
          for (const one of told) {
            const [key = "", rest = ""] = one.split("#");
            parts.set(key, [...(parts.get(key) ?? []), rest]);
          }
        });
        for (const told of parts.values()) {
          expect(told.map((one) => Number(one.split(" ")[0]))).toEqual(told.map((_, at) => at + 1));
          let isOpen = false;
          for (const one of told) {
            const isEnd = !/created|changed/.test(one);
            // Only an alert tells that its time is over; what others end quietly may begin again.
            if (!one.endsWith("created")) expect(isOpen).toBe(true);
            else if (kind === "gtfs_rt") expect(isOpen).toBe(false);
            isOpen = !isEnd;
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

import { expect, test } from "vitest";
import type { SourceItem } from "./item.ts";
import { noticeOf, type SourceAim } from "./notice-of-story.ts";
import type { Story } from "./stories.ts";

const item: SourceItem = {
  id: "a1",
  title: { de: "U3 gestört", en: "U3 disrupted" },
  text: { de: "Zwischen Barmbek und Mundsburg", en: null },
  link: "https://example.org/u3",
  publishedAt: null,
  startsAt: 1_000,
  endsAt: 9_000,
  values: { line: ["U3"], stop: ["Barmbek"], route_id: ["r"], cause: ["strike"] },
  isCancelled: false,
};
const story = (more: Partial<Story> = {}): Story => ({
  ...{ key: "a1", revision: 1, change: "created", reason: null, item },
  ...more,
});
const aim: SourceAim = { id: 7, topicId: 3, isAutomatic: true, mapping: { linie: "line" } };
const make = (part: Story, more: Partial<SourceAim> = {}) =>
  noticeOf(
    part,
    { ...aim, ...more },
    { language: "de", lead: (phase) => (phase === "alert" ? "" : `${phase}:`) },
  );

test("a part of a story becomes a notice for the topic's parameters, in both languages where there are words", () => {
  const notice = make(story());
  expect(notice).toEqual({
    reference: expect.stringMatching(/^source:7:[\w-]{22}:1$/),
    story: notice.reference.replace(/:1$/, ""),
    phase: "alert",
    topicId: 3,
    isAutomatic: true,
    title: "U3 gestört",
    texts: { de: "U3 gestört\nZwischen Barmbek und Mundsburg", en: "U3 disrupted" },
    link: "https://example.org/u3",
    values: { linie: ["U3"] },
    expiresAt: 9_000,
  });
});

test("updates and the all-clear share the story, say what they are, and an all-clear does not expire with the alert", () => {
  const parts = [
    make(story()),
    make(story({ revision: 2, change: "changed" })),
    make(story({ revision: 3, change: "ended", reason: "gone" })),
  ];
  expect(new Set(parts.map(({ story: key }) => key)).size).toBe(1);
  expect(new Set(parts.map(({ reference }) => reference)).size).toBe(3);
  expect(parts.map(({ phase, expiresAt }) => [phase, expiresAt])).toEqual([
    ["alert", 9_000],
    ["update", 9_000],
    ["all_clear", null],
  ]);
  expect(parts[2]?.texts.en).toBe("all_clear: U3 disrupted");
});

test("what names a stop only waits for a person where the topic knows lines only; what names nothing concerns everybody", () => {
  const stopOnly = { ...item, values: { stop: ["Barmbek"], stop_id: ["s"] } };
  expect(make(story({ item: stopOnly }))).toMatchObject({ isAutomatic: false, values: {} });
  expect(make(story({ item: stopOnly }), { mapping: { linie: "line", halt: "stop" } })).toMatchObject({
    isAutomatic: true,
    values: { halt: ["Barmbek"] },
  });
  const network = { ...item, values: { agency: ["Hochbahn"], effect: ["no_service"] } };
  expect(make(story({ item: network })).isAutomatic).toBe(true);
});

test("the longest item fits the notice's limits, and a title repeated in the text is said once", () => {
  const long = make(
    story({
      key: "k".repeat(300),
      item: { ...item, title: { de: "t".repeat(300), en: null }, text: { de: "x".repeat(10_000), en: null } },
    }),
  );
  expect(long.reference.length).toBeLessThanOrEqual(120);
  expect(long.title).toHaveLength(120);
  expect(long.texts.de).toHaveLength(4_000);
  const repeated = {
    ...item,
    title: { de: "U3 gestört", en: null },
    text: { de: "U3 gestört bis 18 Uhr", en: null },
  };
  expect(make(story({ item: repeated })).texts.de).toBe("U3 gestört bis 18 Uhr");
});

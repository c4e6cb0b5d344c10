import { describe, expect, test } from "vitest";
import { wordsOf } from "./fold.ts";
import { readWindow } from "./spoken-window.ts";
import { type KnownTopic, readChoice, readWish } from "./wish.ts";

const both = (text: string) => ({ de: text, en: text });
const LINES: KnownTopic = {
  id: 1,
  slug: "lines",
  title: { de: "Störungen", en: "Disruptions" },
  kind: "service",
  parameters: [
    {
      key: "line",
      kind: "line",
      label: both("Linie"),
      values: ["U3", "U6", "S1"].map((value) => ({ value, label: both(value) })),
      required: true,
    },
  ],
};
const BOOKS: KnownTopic = {
  id: 2,
  slug: "books",
  title: { de: "Neue Bücher", en: "New books" },
  kind: "service",
  parameters: [{ key: "author", kind: "author", label: both("Autor"), values: [], required: false }],
};
const wish = (text: string) => readWish(text, [LINES, BOOKS]);

describe("windows as people write them", () => {
  const cases: [string, number | undefined, [number, number] | undefined][] = [
    ["werktags 6 bis 9", 31, [360, 540]],
    ["weekdays 6 to 9", 31, [360, 540]],
    ["Mo-Fr 6:30-9 Uhr", 31, [390, 540]],
    ["montags bis freitags von 6 Uhr bis 9 Uhr", 31, [360, 540]],
    ["Monday to Friday 6am to 9am", 31, [360, 540]],
    ["am Wochenende", 96, undefined],
    ["weekends 9 to 12", 96, [540, 720]],
    ["mo, mi und fr ab 17 Uhr", 21, [1020, 1440]],
    ["samstags 22 bis 2", 32, [1320, 120]],
    ["6 to 9 pm", undefined, [1080, 1260]],
    ["zwischen 7 und 8", undefined, [420, 480]],
    ["täglich bis 9 Uhr", 127, [0, 540]],
    ["irgendwann", undefined, undefined],
    ["25 bis 99", undefined, undefined],
  ];
  test.each(cases)("%s", (text, weekdays, hours) => {
    const found = readWindow(wordsOf(text));
    expect(found.weekdays).toBe(weekdays);
    expect(found.hours && [found.hours.from, found.hours.to]).toEqual(hours);
  });
});

describe("wishes", () => {
  const subscribing = [
    "U3 werktags 6 bis 9",
    "U3, weekdays 6 to 9",
    "u 3 mo-fr 6-9",
    "Bitte sagen Sie mir Bescheid bei Störungen der U3",
    "subscribe to disruptions U3",
    "Ich möchte Meldungen zur U3 abonnieren",
    "Abo Störungen U3 Mo–Fr, 06:00–09:00 Uhr",
  ];
  test.each(subscribing)("subscribes: %s", (text) => {
    expect(wish(text)).toMatchObject({ kind: "subscribe", topic: { id: 1 }, values: ["U3"] });
  });

  test.each(["meine Abos", "Welche Benachrichtigungen habe ich?", "my subscriptions", "Show me my alerts"])(
    "lists: %s",
    (text) => expect(wish(text)).toEqual({ kind: "list" }),
  );

  test.each(["Abo", "Benachrichtigungen bitte", "subscribe", "alerts"])("offers topics: %s", (text) =>
    expect(wish(text)).toEqual({ kind: "topics" }),
  );

  test.each(["U3 abbestellen", "unsubscribe U3", "Bitte keine Meldungen mehr zu U3"])("ends: %s", (text) =>
    expect(wish(text)).toMatchObject({ kind: "end", values: ["U3"] }),
  );

  const others = [
    "Fährt die U3 heute?",
    "Wann kommt mein Paket?",
    "Ich war um 6 bis 9 Uhr da",
    "Können Sie mir Bescheid geben, wo meine Bestellung bleibt?",
    "Warum wurde ich am Montag nicht zurückgerufen?",
    "",
    "👍",
  ];
  test.each(others)("leaves to others: %s", (text) => expect(wish(text)).toBeNull());
});

test("free words are a value where the topic has no list, without the window around them", () => {
  expect(readChoice("Juli Zeh", BOOKS).values).toEqual(["Juli Zeh"]);
  expect(readChoice("Juli Zeh am Wochenende", BOOKS)).toMatchObject({
    values: ["Juli Zeh"],
    window: { weekdays: 96 },
  });
  expect(readChoice("alle", BOOKS)).toMatchObject({ values: [], isAll: true });
  expect(readChoice("U6 und S1", LINES).values.toSorted()).toEqual(["S1", "U6"]);
});

import { describe, expect, test } from "vitest";
import { casesOf, changeOf, everyOf, maySpeedBeShown, spreadOf, topicsOf, topicsToTeach } from "./figures.ts";
import { marketOf } from "./markets.ts";

describe("small numbers", () => {
  test("are not compared: both weeks need twenty", () => {
    expect(changeOf(30, 20)).toBe(0.5);
    expect(changeOf(20, 40)).toBe(-0.5);
    expect(changeOf(6, 3)).toBeNull();
    expect(changeOf(200, 19)).toBeNull();
    expect(changeOf(19, 200)).toBeNull();
    expect(changeOf(50, null)).toBeNull();
  });

  test("give no time: a median needs five, and is a value that somebody waited", () => {
    expect(spreadOf([1, 2, 3, 4])).toBeNull();
    expect(spreadOf([50, 10, 30, 20, 40])).toEqual({ median: 30, p90: 50, count: 5 });
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(spreadOf(hundred)).toEqual({ median: 50, p90: 90, count: 100 });
  });
});

test("a big company is counted in a sample that is as big as the biggest that is counted whole", () => {
  const every = [0, 1, 20_000, 20_001, 150_000].map((count) => everyOf({ since: count, turns: 3 * count }));
  expect(every).toEqual([1, 1, 1, 2, 8]);
});

test("a week that is looked at months later is counted in a sample of its own size", () => {
  // A small company: 900 a week, 23,000 since.
  expect(everyOf({ since: 23_000, turns: 900 })).toBe(1);
  // A big one, half a year later: 150,000 in the week, four million since, of which 200,000 are looked at.
  expect(everyOf({ since: 4_000_000, turns: 300_000 })).toBe(20);
  expect(everyOf({ since: 0, turns: 0 })).toBe(1);
});

describe("how fast people answered", () => {
  const person = (id: string, isOwner = false) => ({ id, isOwner });
  test("is a figure from five persons on", () => {
    const four = ["a", "b", "c", "d"].map((id) => person(id));
    expect(maySpeedBeShown(four)).toBe(false);
    expect(maySpeedBeShown([...four, person("a"), person("d")])).toBe(false);
    expect(maySpeedBeShown([...four, person("e")])).toBe(true);
  });
  test("is shown to owners about themselves, and never with one colleague among them", () => {
    expect(maySpeedBeShown([person("o", true)])).toBe(true);
    expect(maySpeedBeShown([person("o", true), person("p", true)])).toBe(true);
    expect(maySpeedBeShown([person("o", true), person("a")])).toBe(false);
    expect(maySpeedBeShown([])).toBe(false);
  });
});

const cases = [
  { topic: "hours", ending: "resolved", cases: 7 },
  { topic: "hours", ending: "pending", cases: 2 },
  { topic: "hours", ending: "handed_over", cases: 1 },
  { topic: "returns", ending: "handed_over", cases: 9 },
  { topic: "returns", ending: "person", cases: 2 },
  { topic: "returns", ending: "resolved", cases: 1 },
  { topic: "gifts", ending: "not_helped", cases: 4 },
  { topic: null, ending: "abandoned", cases: 6 },
];

describe("cases", () => {
  test("add up by topic, the most asked first; what is pending counts as settled", () => {
    expect(topicsOf({ cases })).toEqual([
      { topic: "returns", asked: 12, settled: 1 },
      { topic: "hours", asked: 10, settled: 9 },
      { topic: null, asked: 6, settled: 0 },
      { topic: "gifts", asked: 4, settled: 0 },
    ]);
    expect(casesOf({ cases })).toEqual({ all: 32, settled: 10, pending: 2, byPerson: 12 });
  });
  test("to teach is a topic that was asked often enough and mostly not settled", () => {
    // "gifts" was asked four times only, and nobody can teach "no topic".
    expect(topicsToTeach(topicsOf({ cases }), 4).map(({ topic }) => topic)).toEqual(["returns"]);
  });
});

test("a message's market is that of the number's calling code, or of a hidden number's country", () => {
  expect(["491", "431", "417", "352", "310", "120", "861", "DE.", "AT.", "IN.", ""].map(marketOf)).toEqual([
    "de",
    "western_europe",
    "western_europe",
    "western_europe",
    "nl",
    "north_america",
    "other",
    "de",
    "western_europe",
    "other",
    "other",
  ]);
});

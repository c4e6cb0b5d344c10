import { describe, expect, test } from "vitest";
import { emptySource, sourceChangeOf, sourceFaults, sourceInputOf } from "./source-draft.ts";

const feed = {
  ...emptySource("de", 3),
  kind: "feed" as const,
  name: " Bücher ",
  url: "https://bibliothek.example/neu.xml",
};

describe("a source in its form", () => {
  test("what is missing is named", () => {
    expect(sourceFaults(emptySource("de", null))).toEqual(["name", "url", "topic"]);
    expect(sourceFaults({ ...emptySource("de", 3), kind: "csv", name: "Tabelle" })).toEqual([]);
    expect(sourceFaults(feed)).toEqual([]);
  });

  test("minutes may have a comma, and are between half a minute and a day", () => {
    expect(sourceFaults({ ...feed, minutes: "0,4" })).toEqual(["minutes"]);
    expect(sourceFaults({ ...feed, minutes: "bald" })).toEqual(["minutes"]);
    expect(sourceInputOf({ ...feed, minutes: "2,5" }, 3).intervalSeconds).toBe(150);
    expect(sourceInputOf(feed, 3).intervalSeconds).toBeNull();
  });

  test("only what is fetched has an address", () => {
    expect(sourceInputOf(feed, 3)).toMatchObject({ name: "Bücher", url: feed.url, namesUrl: null });
    expect(sourceInputOf({ ...feed, kind: "webhook" }, 3)).toMatchObject({
      url: null,
      intervalSeconds: null,
    });
    expect(sourceChangeOf({ ...feed, kind: "webhook" }, 3)).not.toHaveProperty("url");
    expect(sourceChangeOf(feed, 3)).not.toHaveProperty("kind");
  });

  test("parameters that are bound to nothing are left out", () => {
    expect(sourceInputOf({ ...feed, mapping: { line: "route", stop: "" } }, 3).mapping).toEqual({
      line: "route",
    });
  });
});

import { expect, test } from "vitest";
import { answer } from "./api.ts";

test("an answer links to a page, and to nothing that a browser would run", () => {
  const isTaken = (link: string | null) =>
    answer.safeParse({ language: "de", text: "x", link, fileId: null, options: [] }).success;
  expect(["https://example.org/a?b=c", "http://example.org", null].map(isTaken)).toEqual([true, true, true]);
  expect(["javascript:alert(1)", " https://example.org", "https://a b", "/page", ""].map(isTaken)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

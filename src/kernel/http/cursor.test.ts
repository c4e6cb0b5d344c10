import { expect, test } from "vitest";
import { readCursor, writeCursor } from "./cursor.ts";

test("what was written is read again", () => {
  const key = [null, 1_764_000_000_000, 42, "2026-11-24"];
  expect(readCursor(writeCursor(key), ["time?", "time", "number", "string"])).toEqual(key);
  expect(readCursor(undefined, ["number"])).toBe(null);
});

test.each([
  ["no JSON", "nonsense"],
  ["too short", writeCursor([1])],
  ["too long", writeCursor([1, 2, 3])],
  ["a word for a number", writeCursor(["x", 2])],
  ["a fraction", writeCursor([1.5, 2])],
  ["a moment no clock shows", writeCursor([1, 9e15])],
  ["an object", Buffer.from('{"length":2}').toString("base64url")],
])("%s is refused", (_, cursor) => {
  expect(() => readCursor(cursor, ["number", "time"])).toThrow("bad_request");
});

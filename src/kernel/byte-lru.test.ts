import { expect, test } from "vitest";
import { byteLru } from "./byte-lru.ts";

test("the longest unused leave first when the limit is passed; uses are counted", () => {
  const cache = byteLru<string>(100);
  const round = (keys: readonly string[]) => {
    cache.trim();
    for (const key of keys) if (!cache.use(key)) cache.set(key, key, 40);
  };
  round(["a"]);
  round(["b"]);
  round(["a"]);
  round(["c"]);
  round(["a"]);
  round(["a"]);
  expect(cache.peek("b")).toBeUndefined();
  expect([cache.peek("a"), cache.peek("c")]).toEqual(["a", "c"]);
  expect(cache.figures()).toEqual({
    entries: 2,
    bytes: 80,
    limitBytes: 100,
    hits: 3,
    misses: 3,
    evictions: 1,
  });
});

test("a batch that needs more than the limit keeps all it needs until it is done", () => {
  const cache = byteLru<string>(100);
  cache.trim();
  for (const key of ["a", "b", "c", "d"]) cache.set(key, key, 40);
  cache.trim();
  expect(cache.figures().entries).toBe(4);
  cache.trim();
  cache.trim();
  expect(cache.figures().bytes).toBeLessThanOrEqual(100);
});

test("a value that is replaced counts once", () => {
  const cache = byteLru<string>(100);
  cache.set("a", "old", 60);
  cache.set("a", "new", 10);
  expect(cache.figures()).toMatchObject({ entries: 1, bytes: 10 });
  expect(cache.peek("a")).toBe("new");
});

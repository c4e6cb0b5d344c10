import { expect, test } from "vitest";
import { testClock } from "../clock.ts";
import type { House } from "../skill.ts";
import { openTenantCache } from "./tenant-cache.ts";

/** A cache over a table of words, and what was asked of it. */
function open(limitBytes = 1_000_000) {
  const table = new Map([[1, "one"]]);
  const asked: number[][] = [];
  const clock = testClock(0);
  let announced = (_: number) => {};
  let fails = false;
  let during = () => {};
  const house = {
    clock,
    onAnnounce: (_: string, listener: (tenantId: number) => void) => {
      announced = listener;
    },
  } as unknown as House;
  const cache = openTenantCache(house, {
    topic: "words",
    none: "",
    limitBytes,
    bytesOf: (word) => word.length,
    async read(tenantIds) {
      if (fails) throw new Error("database away");
      asked.push([...tenantIds]);
      const found = new Map([...table].filter(([id]) => tenantIds.includes(id)));
      during();
      return found;
    },
  });
  return {
    cache,
    table,
    asked,
    clock,
    announce: (id: number) => announced(id),
    fail: (now: boolean) => {
      fails = now;
    },
    whileReading: (work: () => void) => {
      during = work;
    },
  };
}

test("asks once for all that are missing, again for what was announced, and for all after a minute", async () => {
  const { cache, table, asked, clock, announce } = open();
  await cache.prepare([1, 2, 1]);
  await cache.prepare([2, 1]);
  expect([asked, cache.of(1), cache.of(2), cache.of(3)]).toEqual([[[1, 2]], "one", "", ""]);
  table.set(2, "two");
  announce(2);
  // What is under way still has what it had.
  expect(cache.of(2)).toBe("");
  await cache.prepare([1, 2]);
  expect([asked.at(-1), cache.of(2)]).toEqual([[2], "two"]);
  clock.advance(60_001);
  await cache.prepare([1, 2]);
  expect(asked.at(-1)).toEqual([1, 2]);
});

test("a change that is announced while it is read is read again, and so is what could not be read", async () => {
  const { cache, table, asked, announce, fail, whileReading } = open();
  whileReading(() => {
    table.set(1, "uno");
    announce(1);
    whileReading(() => {});
  });
  await cache.prepare([1]);
  await cache.prepare([1]);
  expect([asked, cache.of(1)]).toEqual([[[1], [1]], "uno"]);
  announce(1);
  fail(true);
  await expect(cache.prepare([1])).rejects.toThrow("away");
  expect(cache.of(1)).toBe("uno");
  fail(false);
  await cache.prepare([1]);
  expect(asked).toHaveLength(3);
});

test("keeps no more than its bytes: the longest unused are read again", async () => {
  const { cache, asked } = open(1_000);
  for (let id = 1; id <= 50; id++) await cache.prepare([id]);
  await cache.prepare([50]);
  expect(asked).toHaveLength(50);
  await cache.prepare([1]);
  expect([asked.at(-1), cache.of(1)]).toEqual([[1], "one"]);
});

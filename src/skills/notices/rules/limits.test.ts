import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, roomAhead, roomFrom } from "./limits.ts";

test("a cap counts any 24 hours, not calendar days", () => {
  const noon = Date.parse("2026-11-24T12:00:00Z");
  expect(roomFrom([noon - DAY_MS + 1, noon - 1_000], 3, noon)).toBeNull();
  expect(roomFrom([noon - DAY_MS + 1, noon - 1_000], 2, noon)).toBe(noon + 1);
  expect(roomFrom([noon - 5_000, noon - 1_000], 1, noon)).toBe(noon - 1_000 + DAY_MS);
});

test("whoever always waits for room never has more than the cap in any 24 hours", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 0, max: DAY_MS / 4 }), { maxLength: 40 }),
      (most, gaps) => {
        const sent: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const from = roomFrom(sent, most, now);
          if (from !== null) {
            expect(from).toBeGreaterThan(now);
            continue;
          }
          sent.push(now);
          expect(sent.filter((at) => at > now - DAY_MS).length).toBeLessThanOrEqual(most);
        }
      },
    ),
  );
});

test("the outbox is kept three seconds ahead of the number, and never more", () => {
  expect(roomAhead(80, 0)).toBe(240);
  expect(roomAhead(80, 200)).toBe(40);
  expect(roomAhead(80, 500)).toBe(0);
});

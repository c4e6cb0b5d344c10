import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inboxId, inboxIdAt, messageId, orderMsOf, seenKey } from "./ids.ts";

const UUID_V8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2080, 0, 1) });

describe("message ids", () => {
  it("are UUIDv8 that carry the provider's second", () => {
    fc.assert(
      fc.property(moment, moment, (order, arrival) => {
        const id = messageId(order, arrival);
        expect(id).toMatch(UUID_V8);
        expect(orderMsOf(id)).toBe(Math.floor(order / 1000) * 1000);
      }),
    );
  });

  it("sort by the provider's second first, then by arrival, as text and so as bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 40 }), (seconds) => {
        const base = Date.UTC(2026, 10, 24);
        const made = seconds.map((second, n) => ({
          second,
          n,
          id: messageId(base + second * 1000 + 400, base + 10_000),
        }));
        const sorted = [...made].sort((a, b) => (a.id < b.id ? -1 : 1));
        const expected = [...made].sort((a, b) => a.second - b.second || a.n - b.n);
        expect(sorted.map((m) => m.n)).toEqual(expected.map((m) => m.n));
      }),
    );
  });

  it("are never minted twice in a process, even when the clock goes back", () => {
    const ids = new Set<string>();
    for (let n = 0; n < 50_000; n++) ids.add(messageId(1_800_000_000_000, 1_800_000_000_000 - (n % 3)));
    expect(ids.size).toBe(50_000);
  });
});

describe("inbox ids", () => {
  it("rise, and lie between the borders of their moment", () => {
    const now = Date.UTC(2026, 10, 24, 12);
    const first = inboxId(now);
    expect(inboxId(now)).toBeGreaterThan(first);
    expect(first).toBeGreaterThanOrEqual(inboxIdAt(now));
    expect(first).toBeLessThan(inboxIdAt(now + 1));
    expect(Number.isSafeInteger(inboxIdAt(Date.UTC(2090, 0, 1)))).toBe(true);
  });
});

describe("dedupe keys", () => {
  it("differ by account and by id", () => {
    expect(seenKey(1, "a")).not.toBe(seenKey(2, "a"));
    expect(seenKey(1, "a")).not.toBe(seenKey(1, "b"));
    expect(seenKey(1, "a")).toBe(seenKey(1, "a"));
  });
});

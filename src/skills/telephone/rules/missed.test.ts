import fc from "fast-check";
import { expect, test } from "vitest";
import { type HeardCall, nextStanding, type Standing } from "./missed.ts";

const NOBODY: Standing = { open: null, settledUntil: null };
const call = (
  at: number,
  outcome: HeardCall["outcome"],
  direction: HeardCall["direction"] = "in",
): HeardCall => ({
  at,
  outcome,
  direction,
});

test("calls in vain of one number are one case", () => {
  expect(nextStanding(NOBODY, [call(1, "missed"), call(5, "voicemail"), call(3, "missed")])).toEqual({
    open: { times: 3, firstAt: 1, lastAt: 5 },
    settledAt: null,
    added: 3,
    hasVoicemail: true,
  });
});

test("whoever is spoken with afterwards waits no longer, whoever called whom", () => {
  const open = { times: 2, firstAt: 1, lastAt: 5 };
  for (const direction of ["in", "out"] as const)
    expect(nextStanding({ open, settledUntil: null }, [call(6, "reached", direction)])).toEqual({
      open: null,
      settledAt: 6,
      added: 0,
      hasVoicemail: false,
    });
});

test("a conversation before the last call in vain settles nothing", () => {
  const open = { times: 1, firstAt: 5, lastAt: 5 };
  expect(nextStanding({ open, settledUntil: null }, [call(4, "reached")])).toMatchObject({
    open,
    settledAt: null,
  });
});

test("an older list brings nothing back, and our own calls in vain count for nobody", () => {
  expect(nextStanding({ open: null, settledUntil: 10 }, [call(9, "missed")])).toMatchObject({
    open: null,
    added: 0,
  });
  expect(nextStanding(NOBODY, [call(9, "not_reached", "out")])).toMatchObject({ open: null, added: 0 });
});

test("in one piece or in several, in order, the same stands at the end", () => {
  const calls = fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 50 }),
      outcome: fc.constantFrom<HeardCall["outcome"]>("reached", "missed", "voicemail"),
      direction: fc.constant<HeardCall["direction"]>("in"),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(calls, fc.integer({ min: 0, max: 12 }), (all, cut) => {
      const ordered = all.toSorted((a, b) => a.at - b.at);
      // Two calls at one moment have no order that could be kept.
      if (new Set(ordered.map(({ at }) => at)).size < ordered.length) return;
      const whole = nextStanding(NOBODY, ordered);
      const first = nextStanding(NOBODY, ordered.slice(0, cut));
      // What was never in vain leaves no trace: then only an open case remembers.
      const second = nextStanding({ open: first.open, settledUntil: null }, ordered.slice(cut));
      expect(second.open).toEqual(whole.open);
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

/** Most sends that any second, begun at a send, holds. */
function fullest(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; first < times.length; first++) {
    while (last < times.length && (times[last] as number) < (times[first] as number) + 1_000) last += 1;
    most = Math.max(most, last - first);
  }
  return most;
}

test("whatever comes when, no sliding second holds more than the limit", () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 400 }),
    answers: fc.nat(200),
    notices: fc.nat(200),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), fc.array(step, { maxLength: 60 }), (perSecond, steps) => {
      let now = 1_000_000;
      const pace = new Pace(perSecond, now);
      const sent: number[] = [];
      for (const { wait, answers, notices } of steps) {
        now += wait;
        const room = pace.room(now);
        const first = Math.min(answers, room.all);
        const then = Math.min(notices, room.notices, room.all - first);
        for (let n = 0; n < first; n++) pace.take(now, false);
        for (let n = 0; n < then; n++) pace.take(now, true);
        for (let n = 0; n < first + then; n++) sent.push(now);
      }
      expect(fullest(sent)).toBeLessThanOrEqual(perSecond);
    }),
  );
});

test.each([80, 1_000])(
  "notices use at least 98 percent of %i a second, and a slot for an answer is never 200 ms away",
  (limit) => {
    let now = 0;
    const pace = new Pace(limit, now);
    let sent = 0;
    let without = 0;
    let longest = 0;
    for (; now < 20_000; now += 10) {
      const room = pace.room(now);
      without = room.all > 0 ? 0 : without + 10;
      longest = Math.max(longest, without);
      for (let n = 0; n < room.notices; n++) pace.take(now, true);
      if (now >= 2_000) sent += room.notices;
    }
    expect(sent / 18).toBeGreaterThanOrEqual(limit * 0.98);
    expect(sent / 18).toBeLessThanOrEqual(limit);
    expect(longest).toBeLessThanOrEqual(200);
  },
);

test("however long messages are on their way, the provider sees no second above the limit", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.array(fc.nat(120), { minLength: 1, maxLength: 40 }),
      (perSecond, delays) => {
        const pace = new Pace(perSecond, 0);
        const shortest = 5;
        const arrived: number[] = [];
        const under: { place: number; sentAt: number; at: number }[] = [];
        for (let now = 0, n = 0; now < 6_000; now += 5) {
          for (const one of under.filter(({ at }) => at <= now)) {
            under.splice(under.indexOf(one), 1);
            arrived.push(one.at - shortest);
            pace.answered(one.place, one.sentAt, one.at);
          }
          const room = pace.room(now).all - under.length;
          for (let k = 0; k < room; k++, n++) {
            const at = now + shortest + (n === 0 ? 0 : (delays[n % delays.length] as number));
            under.push({ place: pace.take(now, false), sentAt: now, at });
          }
        }
        arrived.sort((a, b) => a - b);
        expect(fullest(arrived)).toBeLessThanOrEqual(perSecond);
      },
    ),
    { numRuns: 100 },
  );
});

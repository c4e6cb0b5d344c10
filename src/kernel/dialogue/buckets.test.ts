import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitPair, refill } from "./buckets.ts";

describe("the account's bucket", () => {
  it("never holds more than its burst and refills with time", () => {
    const bucket = { tokens: 0, at: 0 };
    refill(bucket, { perSecond: 80, burst: 80 }, 500);
    expect(bucket.tokens).toBe(40);
    refill(bucket, { perSecond: 80, burst: 80 }, 60_000);
    expect(bucket.tokens).toBe(80);
  });
});

describe("a clock that was put back by an hour", () => {
  const HOUR_MS = 3_600_000;

  it("leaves the account's bucket as it was", () => {
    const bucket = { tokens: 10, at: 2 * HOUR_MS };
    refill(bucket, { perSecond: 80, burst: 80 }, HOUR_MS);
    expect(bucket).toEqual({ tokens: 10, at: HOUR_MS });
  });

  it("holds a person's next message back for one interval at most", () => {
    const rule = { intervalMs: 6000, burst: 3 };
    const before = admitPair(0, rule, 2 * HOUR_MS);
    const answer = admitPair(before.admitted ? before.state : 0, rule, HOUR_MS);
    expect(answer.admitted ? HOUR_MS : answer.from).toBeLessThanOrEqual(HOUR_MS + rule.intervalMs);
  });
});

describe("the pair rule", () => {
  const rule = { intervalMs: 6000, burst: 45 };

  it("lets 45 through at once, then one in six seconds", () => {
    let state = 0;
    let admitted = 0;
    for (let n = 0; n < 60; n++) {
      const answer = admitPair(state, rule, 1_000_000);
      if (!answer.admitted) break;
      state = answer.state;
      admitted += 1;
    }
    expect(admitted).toBe(45);
    expect(admitPair(state, rule, 1_000_000)).toEqual({ admitted: false, from: 1_006_000 });
    expect(admitPair(state, rule, 1_006_000).admitted).toBe(true);
  });

  it("never admits more than burst plus elapsed intervals", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (gaps) => {
        let now = 1_000_000;
        const start = now;
        let state = 0;
        let admitted = 0;
        for (const gap of gaps) {
          now += gap;
          const answer = admitPair(state, rule, now);
          if (answer.admitted) {
            state = answer.state;
            admitted += 1;
          } else expect(answer.from).toBeGreaterThan(now);
        }
        expect(admitted).toBeLessThanOrEqual(rule.burst + Math.floor((now - start) / rule.intervalMs));
      }),
    );
  });
});

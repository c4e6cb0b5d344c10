import fc from "fast-check";
import { expect, test } from "vitest";
import { type Profile, simulate } from "./simulate.ts";

const MORNING = { startMs: Date.parse("2026-01-12T08:00:00+01:00"), zone: "Europe/Berlin" };
const NIGHT = { from: 21 * 60, to: 7 * 60 };
const meta = (more: Partial<Profile> = {}): Profile => ({
  perSecond: 80,
  pairSeconds: 6,
  portfolioPerDay: null,
  quiet: null,
  ...more,
});

test("fifty thousand at 80 a second take 10.4 minutes", () => {
  expect(simulate(50_000, meta(), MORNING)).toEqual({
    lastAt: MORNING.startMs + 625_000,
    seconds: 625,
    sent: 50_000,
    sentPerSecond: 80,
    dropped: 0,
  });
});

test("quiet hours are passed over, in the night of the clock change too", () => {
  const evening = { ...MORNING, startMs: Date.parse("2026-03-28T20:55:00+01:00") };
  const plan = simulate(50_000, meta({ quiet: NIGHT }), evening);
  // 5 minutes at 80/s are 24,000; the other 26,000 take 325 s from 07:00 summer time on.
  expect(new Date(plan.lastAt ?? 0).toISOString()).toBe("2026-03-29T05:05:25.000Z");
  expect(plan.dropped).toBe(0);
});

test("who is beyond the portfolio is dropped after a day, or sent later when the notice lives on", () => {
  expect(simulate(12_000, meta({ portfolioPerDay: 10_000 }), MORNING)).toMatchObject({
    sent: 10_000,
    dropped: 2_000,
    seconds: 125,
  });
  const patient = simulate(12_000, meta({ portfolioPerDay: 10_000 }), { ...MORNING, lifeMs: 3 * 86_400_000 });
  expect(patient.dropped).toBe(0);
  expect(patient.seconds).toBe(86_400 + 125 + 25);
});

test("nobody is sent to in quiet hours, faster than the limit, or twice", () => {
  fc.assert(
    fc.property(
      fc.nat(200_000),
      fc.integer({ min: 1, max: 1_000 }),
      fc.option(fc.nat(100_000)),
      fc.integer({ min: 0, max: 86_400_000 }),
      (recipients, perSecond, portfolioPerDay, offset) => {
        const startMs = MORNING.startMs + offset;
        const plan = simulate(recipients, meta({ perSecond, portfolioPerDay, quiet: NIGHT }), {
          ...MORNING,
          startMs,
        });
        expect(plan.sent + plan.dropped).toBe(recipients);
        expect(plan.sentPerSecond).toBeLessThanOrEqual(perSecond);
        if (portfolioPerDay !== null) expect(plan.sent).toBeLessThanOrEqual(portfolioPerDay);
        if (plan.lastAt === null) return;
        const hour = Number(
          new Date(plan.lastAt - 1).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" }).slice(0, 2),
        );
        expect(hour >= 7 && hour < 21).toBe(true);
      },
    ),
  );
});

import { expect, test } from "vitest";
import { afterNotice, BUFFER_RULE, dueNotices, frozenStops, NOTICE_RULE, nextBuffer } from "../index.ts";
import { roundOf, stopOf } from "./rounds.fixture.ts";

const MINUTE = 60;
const NOW = 36_000;
const round = roundOf([stopOf(2, { earliest: NOW - 3_600, latest: NOW + 3_600 }), stopOf(3)]);
const expected = (minutes: number, sd_min: number) => [
  { begins: NOW + minutes * MINUTE, sd: sd_min * MINUTE },
  { begins: NOW + 9_999 * MINUTE, sd: 60 },
];

test("the notice goes out as soon as the courier is there within half an hour with certainty", () => {
  // 25 minutes and 1.645 deviations of 3 minutes are 29.9.
  expect(dueNotices(round, expected(25, 3), NOW).map(({ kind, stop }) => [kind, stop])).toContainEqual([
    "coming",
    2,
  ]);
  expect(dueNotices(round, expected(26, 3), NOW).filter(({ stop }) => stop === 2)).toEqual([]);
  expect(dueNotices(round, expected(29, 0), NOW).map(({ stop }) => stop)).toContain(2);
});

test("what is told is a half-hour from a full five minutes, not in the past and inside the window", () => {
  const told = (minutes: number, latest = NOW + 3_600) => {
    const [notice] = dueNotices(
      roundOf([stopOf(2, { earliest: NOW - 3_600, latest })]),
      expected(minutes, 1),
      NOW,
    );
    return [notice?.told.from, notice?.told.until].map((at) => ((at ?? 0) - NOW) / MINUTE);
  };
  expect(told(21)).toEqual([10, 40]);
  expect(told(4)).toEqual([0, 30]);
  expect(told(24, NOW + 35 * MINUTE)).toEqual([5, 35]);
});

test("it is said again only when the arrival slips by more than ten minutes", () => {
  const [notice] = dueNotices(round, expected(20, 2), NOW);
  if (!notice) throw new Error("no notice was due");
  const told = afterNotice(round, notice);
  expect(told.stops[0]?.told).toEqual(notice.told);
  const later = (minutes: number) =>
    dueNotices(told, expected(minutes, 2), NOW).filter(({ stop }) => stop === 2);
  expect(later(20)).toEqual([]);
  expect(later(29)).toEqual([]);
  expect(later(31).map(({ kind }) => kind)).toEqual(["again"]);
  expect(later(9).map(({ kind }) => kind)).toEqual(["again"]);
});

test("who comes after the window is announced before it ends, once", () => {
  const [late] = dueNotices(round, expected(61, 5), NOW);
  expect(late).toMatchObject({ kind: "late", stop: 2, told: { expected: NOW + 61 * MINUTE } });
  expect(late?.told.until).toBeGreaterThan(NOW + 61 * MINUTE);
  if (!late) throw new Error("nothing was announced");
  expect(dueNotices(afterNotice(round, late), expected(61, 5), NOW).filter(({ stop }) => stop === 2)).toEqual(
    [],
  );
});

test("frozen are the next stop under way, everything up to who was told, and a visit that fetches parcels", () => {
  const stops = [stopOf(2), stopOf(3), stopOf(4)];
  const told = { from: 0, until: 1_800, expected: 900 };
  const waiting = roundOf(stops, { doing: { kind: "leaving", at: 100 } });
  expect(frozenStops(waiting, 50)).toBe(0);
  expect(frozenStops(waiting, 100)).toBe(0);
  expect(frozenStops(waiting, 101)).toBe(1);
  expect(frozenStops(roundOf([stopOf(2), stopOf(3, { told }), stopOf(4)]), 0)).toBe(2);
  expect(frozenStops(roundOf([stopOf(2), stopOf(3, { latest: 1_000_000_000 }), stopOf(4)]), 0)).toBe(2);
  expect(frozenStops(roundOf([]), 100)).toBe(0);
});

test("the buffer grows where promises are broken and shrinks slowly where all are kept with room", () => {
  const late = Array.from({ length: 1_000 }, (_, n): number => (n < 990 ? -1_200 : 300));
  // The share of 99.9 % needs 300 seconds more; a thousand promises count two thirds, and a sixth for a shorter one.
  expect(nextBuffer(900, late)).toBe(1_080);
  expect(nextBuffer(900, late.fill(-240))).toBe(840);
  expect(nextBuffer(900, [])).toBe(900);
  expect(nextBuffer(1_200, late.fill(9_000))).toBe(BUFFER_RULE.most_s);
  expect(nextBuffer(300, late.fill(-9_000))).toBe(BUFFER_RULE.least_s);
  expect(NOTICE_RULE.ahead_s).toBe(30 * MINUTE);
});

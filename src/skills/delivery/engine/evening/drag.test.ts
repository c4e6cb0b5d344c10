import { expect, test } from "vitest";
import { dragStop } from "../index.ts";
import { lineWays, roundOf, stopOf } from "./rounds.fixture.ts";

const far = { latest: 20_000 };
const waiting = { doing: { kind: "leaving", at: 1_000 }, hasLoaded: false } as const;
const first = roundOf([stopOf(4, far), stopOf(6, far), stopOf(5, far)], waiting);
const second = roundOf([stopOf(7, far), stopOf(8, far)], {
  ...waiting,
  shift: 1,
  at: 2,
  end: 3,
  capacity: 3,
});
const rounds = [first, second];
const drag = (stop: number, shift: number, place: number) =>
  dragStop({ rounds, stop, shift, place, ways: lineWays(100), now: 0 });

test("a drag within a round says what the way is longer or shorter by", () => {
  // 0-4-6-5-1 is 400 + 200 + 100 + 400, 0-4-5-6-1 is 400 + 100 + 100 + 500: the same way, other waits.
  const turned = drag(5, 0, 1);
  expect(turned).toMatchObject({ refused: null, endangered: [] });
  if (turned.refused !== null) throw new Error("was refused");
  expect(turned.rounds.map(({ stops }) => stops.map(({ stop }) => stop))).toEqual([[4, 5, 6]]);
  expect(Math.abs(turned.added_s)).toBeLessThan(5);
});

test("a drag to another courier counts both rounds", () => {
  // Away from 4-6-5 the rest is 0-4-5-1: 200 less. Into 2-7-8-3 before 7: 2-6-7 is as long as 2-7.
  const moved = drag(6, 1, 0);
  if (moved.refused !== null) throw new Error("was refused");
  expect(moved.rounds.map(({ shift, stops }) => [shift, stops.map(({ stop }) => stop)])).toEqual([
    [0, [4, 5]],
    [1, [6, 7, 8]],
  ]);
  expect(moved.added_s).toBeGreaterThan(-230);
  expect(moved.added_s).toBeLessThan(-170);
  expect(rounds[0]?.stops).toHaveLength(3);
});

test("what cannot be is refused with its reason", () => {
  expect(drag(99, 1, 0)).toEqual({ refused: "unknown" });
  expect(drag(6, 1, 9)).toEqual({ refused: "unknown" });
  const told = { from: 0, until: 1_800, expected: 900 };
  const with1 = (more: Parameters<typeof roundOf>[1], stop = stopOf(4, far)) =>
    dragStop({
      rounds: [roundOf([stop], { ...waiting, ...more }), second],
      stop: 4,
      shift: 1,
      place: 0,
      ways: lineWays(100),
      now: 0,
    });
  expect(with1({})).toMatchObject({ refused: null });
  expect(with1({ hasLoaded: true })).toEqual({ refused: "in-bag" });
  expect(with1({}, stopOf(4, { ...far, told }))).toEqual({ refused: "frozen" });
  expect(with1({}, stopOf(4, { ...far, skills: 1 }))).toEqual({ refused: "skills" });
  expect(with1({}, stopOf(4, { ...far, demand: 2 }))).toEqual({ refused: "capacity" });
});

test("who would be endangered by it is named", () => {
  const tight = roundOf([stopOf(7, { latest: 1_700 })], { ...waiting, shift: 1, at: 2, end: 3 });
  const moved = dragStop({
    rounds: [first, tight],
    stop: 6,
    shift: 1,
    place: 0,
    ways: lineWays(100),
    now: 0,
  });
  if (moved.refused !== null) throw new Error("was refused");
  expect(moved.endangered.map(({ stop, shift }) => [stop, shift])).toEqual([[7, 1]]);
  expect(moved.added_s).toBeGreaterThan(1_000);
});

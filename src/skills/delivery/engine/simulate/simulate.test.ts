import { expect, test } from "vitest";
import {
  BACKGROUND,
  bookDay,
  CITY,
  check,
  driveEvening,
  firstAttempt,
  KEEN,
  NO_TALLY,
  NOISE,
  planProblem,
  roundsOf,
  simulate,
  summarise,
} from "../index.ts";
import { EventQueue } from "./event-queue.ts";
import { chanceThere } from "./presence.ts";

const LEAVING = { disappear: 0.1, change: 0.1, cancel: 0.1 };
const SMALL = { requests: 150, couriers: 3, seed: 5, buffer_s: 900, habits: LEAVING, background: BACKGROUND };

test("events come in the order of their times, equal ones as they were put in", () => {
  const queue = new EventQueue<string>();
  for (const [n, at] of [5, 1, 4, 1, 3, 2, 1].entries()) queue.add(at, `${at}${"abcdefg"[n]}`);
  const taken: string[] = [];
  for (let next = queue.take(); next; next = queue.take()) taken.push(next.event);
  expect(taken).toEqual(["1b", "1d", "1g", "2f", "3e", "4c", "5a"]);
  expect(queue.nextAt).toBe(Number.POSITIVE_INFINITY);
});

test("a day of bookings leaves a plan with exactly the promises that were made and kept", () => {
  const day = bookDay(SMALL);
  expect(day.asked).toBe(150);
  expect(day.offered).toBe(day.promises.size + day.expired + day.cancelled);
  expect(day.plan.open).toBe(day.promises.size);
  expect(Math.min(day.expired, day.changed, day.cancelled)).toBeGreaterThan(0);
  const { problem, start } = planProblem(day.plan.rows(), day.travel);
  const routes = start.routes.map(({ vehicle, stops }) => ({
    vehicle,
    customers: stops.map((node) => problem.label[node] as number),
  }));
  expect(check(problem, routes).errors).toEqual([]);
  for (const { node, latest } of day.plan.rows().stops)
    expect(day.promises.get(node)?.latest).toBe(latest + SMALL.buffer_s);
});

test("the optimiser beside the bookings lets the same couriers promise much more", () => {
  const city = { ...SMALL, requests: 300, habits: KEEN };
  const alone = bookDay({ ...city, background: null }).promises.size;
  const beside = bookDay(city).promises.size;
  expect(beside).toBeGreaterThan(1.2 * alone);
});

test("an evening visits every promise once, says every message before the courier comes, and can be repeated", () => {
  const day = bookDay(SMALL);
  const evening = { day, noise: NOISE.heavy, seed: 9, learned: NO_TALLY, replans: true };
  const outcome = driveEvening(evening);
  expect(outcome.kept.map(({ stop }) => stop).sort()).toEqual([...day.promises.keys()].sort());
  for (const { begins, window, lead_s, told } of outcome.kept) {
    expect(begins).toBeGreaterThanOrEqual(window.earliest);
    expect(lead_s === null || lead_s >= 0).toBe(true);
    if (told) expect(told.until - told.from).toBe(1_800);
  }
  expect(driveEvening(evening)).toEqual(outcome);
});

test("without noise every courier is where the plan says, and every window is kept", () => {
  const day = bookDay(SMALL);
  const still = { ...NOISE.normal, courier: 0, leg: 0, service: 0 };
  const { kept } = driveEvening({ day, noise: still, seed: 1, learned: NO_TALLY, replans: false });
  expect(kept.length).toBe(day.promises.size);
  for (const { begins, window } of kept)
    expect(begins).toBeLessThanOrEqual(window.latest - SMALL.buffer_s + 1e-6);
  const rounds = roundsOf(day, NO_TALLY);
  expect(rounds.flatMap(({ stops }) => stops).length).toBe(day.promises.size);
});

test("the same seed gives the same evenings, and the summary counts them", () => {
  const options = { seed: 3, requests: 120, couriers: 3, evenings: 2, tail: "normal" } as const;
  const evenings = simulate(options);
  expect(simulate(options)).toEqual(evenings);
  const summary = summarise(evenings, "normal");
  const [first, second] = evenings;
  expect(summary.stops).toBe(((first?.stops ?? 0) + (second?.stops ?? 0)) / 2);
  expect(summary.windowKept).toBeGreaterThan(0.95);
  expect(summary.notice.sent).toBeGreaterThan(0.95);
  expect(summary.notice.lead_min).toBeGreaterThan(15);
  expect(summary.notice.lead_min).toBeLessThanOrEqual(31);
  expect(summary.costPerStop.minutes).toBeGreaterThan(CITY.serviceSeconds / 60);
  expect(summary.assumptions).toHaveProperty("presence.nothingAgreed", 0.072);
  const driven = (first?.kilometres ?? 0) + (second?.kilometres ?? 0);
  const { kilometresPerStop, notice, nothing } = summary.footprint;
  expect(kilometresPerStop * 2 * summary.stops).toBeCloseTo(driven, 6);
  // 22 km/h on the way, the noise of the legs has mean one.
  expect(driven).toBeGreaterThan(0.8 * ((summary.costPerStop.underWay_min * 2 * summary.stops) / 60) * 22);
  expect(notice.attempts).toBeCloseTo(
    1 / firstAttempt([...(first?.kept ?? []), ...(second?.kept ?? [])], "notice", 0.007),
    9,
  );
  expect(nothing.attempts).toBeCloseTo(1 / (0.928 * 0.993), 9);
  expect(nothing.co2_g).toBeCloseTo(150 * nothing.kilometres, 9);
});

test("presence: who was told is there but for the absent, others may be out, and outside the window more so", () => {
  const window = { earliest: 0, latest: 7_200 };
  const told = { from: 3_000, until: 4_800, expected: 3_600 };
  const at = (begins: number) => ({ begins, window, told });
  expect(chanceThere(at(4_000), "notice", { absent: 0.01 })).toBeCloseTo(0.99, 9);
  expect(chanceThere(at(5_000), "notice", { absent: 0.01 })).toBeCloseTo(0.99 * 0.98, 9);
  expect(chanceThere(at(4_000), "window", { absent: 0 })).toBeCloseTo(0.98, 9);
  expect(chanceThere(at(8_000), "notice", { absent: 0 })).toBeCloseTo(0.7, 9);
  expect(chanceThere(at(4_000), "nothing", { absent: 0 })).toBeCloseTo(0.928, 9);
  const kept = { ...at(4_000), stop: 1, toldLast: told, notices: 1, lead_s: 1_500, lateSaidAt: null };
  expect(firstAttempt([kept, { ...kept, begins: 8_000 }], "notice", 0)).toBeCloseTo(0.85, 9);
});

import { describe, expect, test } from "vitest";
import { assume, readAssumptions } from "./load/golive/shift/assumptions.ts";
import { compare, drawWeek } from "./load/golive/shift/capacity.ts";
import { courseWithFirstLevel, type Draw, drawCases } from "./load/golive/shift/cases.ts";
import { runDay, timeOfShare } from "./load/golive/shift/day.ts";
import type { Outcome } from "./load/golive/shift/outcome.ts";
import { type Job, serve } from "./load/golive/shift/queue.ts";
import { rangeOf } from "./load/golive/shift/report.ts";
import { mixed } from "./load/golive/shift/sensitivity.ts";
import { seeded } from "./load/machine/random.ts";

/** The arithmetic of the simulated shift, against results that are known without it. */

/** The mean wait in an M/M/c queue by Erlang's C formula, through the recursion of his B. */
function erlangWait(load: number, servers: number, service: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
  const waits = (servers * blocked) / (servers - load * (1 - blocked));
  return (waits * service) / (servers - load);
}

/** Arrivals and services with exponential times. */
function poisson(
  seed: number,
  { count, rate, service }: { count: number; rate: number; service: number },
): Job[] {
  const random = seeded(seed);
  const exponential = (mean: number) => -mean * Math.log(1 - random());
  let at = 0;
  return Array.from({ length: count }, (_, id) => {
    at += exponential(1 / rate);
    return { id, at, service: exponential(service) };
  });
}

describe("the queue", () => {
  test("Erlang's formula itself gives what his table says: two servers, load 1, waits a third of a service", () => {
    expect(erlangWait(1, 2, 1)).toBeCloseTo(1 / 3, 10);
    expect(erlangWait(0.5, 1, 1)).toBeCloseTo(1, 10);
  });

  test.each([
    { servers: 1, load: 0.7 },
    { servers: 4, load: 3.2 },
    { servers: 16, load: 14 },
  ])("$servers servers at a load of $load: the mean wait is Erlang's within 6 %", ({ servers, load }) => {
    const service = 6;
    const means = [1, 2, 3, 4].map((seed) => {
      const served = serve(poisson(seed, { count: 60_000, rate: load / service, service }), servers);
      return served.reduce((sum, { job, beganAt }) => sum + beganAt - job.at, 0) / served.length;
    });
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
    const known = erlangWait(load, servers, service);
    expect(Math.abs(mean - known) / known).toBeLessThan(0.06);
  });

  test("first come, first served; what comes back takes its place behind who came before it", () => {
    const jobs = [
      { id: 1, at: 0, service: 10 },
      { id: 2, at: 1, service: 10 },
      { id: 3, at: 15, service: 1 },
    ];
    const served = serve(jobs, 1, ({ job, endedAt }) =>
      job.id === 1 && job.service === 10 ? { id: 1, at: endedAt + 2, service: 3 } : null,
    );
    expect(served.map(({ job, beganAt, endedAt }) => [job.id, beganAt, endedAt])).toEqual([
      [1, 0, 10],
      [2, 10, 20],
      [1, 20, 23],
      [3, 23, 24],
    ]);
  });
});

const question: Outcome = { kind: "question", met: "answered", isSuggested: true };
const draw: Draw = {
  arrival: 0,
  message: 0,
  work: 1,
  chooses: 0.5,
  settles: 0.5,
  returns: 0.5,
  reopens: 0.5,
  delay: 1,
};

describe("a case", () => {
  const a = assume("mid");

  test("the same seed draws the same cases, with a mean work of 1", () => {
    const cases = drawCases(7, a.spread).until(20_000);
    const other = drawCases(7, a.spread);
    other.until(100);
    expect(cases).toEqual(other.until(20_000));
    const mean = cases.reduce((sum, { work }) => sum + work, 0) / cases.length;
    expect(mean).toBeGreaterThan(0.98);
    expect(mean).toBeLessThan(1.02);
    expect((cases.at(-1) as Draw).arrival / cases.length).toBeCloseTo(1, 1);
  });

  test("a question answered rightly costs nobody anything, if the customer is done with it", () => {
    expect(courseWithFirstLevel(draw, question, a).work).toBe(0);
    const undone = courseWithFirstLevel({ ...draw, settles: 0.99 }, question, a);
    expect(undone).toMatchObject({ isLost: false, after: a.returnAfter });
    expect(undone.work).toBeCloseTo(a.question - (a.handOverSaves + a.suggestionSaves) / 60, 10);
  });

  test("work for a person stays work, a quarter shorter and a summary", () => {
    const course = courseWithFirstLevel(draw, { ...question, kind: "casework" }, a);
    expect(course.work).toBeCloseTo(10 * 0.75 - 50 / 60, 10);
  });

  test("a wrong answer makes it longer, or loses the case", () => {
    const wrong = { ...question, met: "wrong" } as const;
    expect(courseWithFirstLevel(draw, wrong, a).work).toBeCloseTo(a.question * a.wrongLonger, 10);
    expect(courseWithFirstLevel({ ...draw, returns: 0.99 }, wrong, a)).toMatchObject({
      work: 0,
      isLost: true,
    });
  });

  test("a choice helps who taps the right one", () => {
    const offered = { ...question, met: "offered" } as const;
    expect(courseWithFirstLevel(draw, offered, a).work).toBe(0);
    expect(courseWithFirstLevel({ ...draw, chooses: 0.99 }, offered, a).work).toBeGreaterThan(0);
  });
});

describe("a day", () => {
  const a = { ...assume("mid"), reopened: 0 };

  test("the curve runs from the first to the last minute and never back", () => {
    const times = Array.from({ length: 101 }, (_, n) => timeOfShare(n / 100));
    expect(times[0]).toBe(0);
    expect(times[100]).toBeCloseTo(1, 10);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test("without a first level agents work as long as the cases are, and all are solved on a quiet day", () => {
    const chance = drawCases(3, 0);
    const day = runDay({ chance, outcomes: [question], volume: 50, hasFirstLevel: false }, a);
    expect(day.work).toBeCloseTo(day.cases * a.question, 6);
    expect(day.waits).toHaveLength(day.cases);
    expect(Math.max(...day.waits)).toBe(0);
    expect(day.cases - day.solved).toBeLessThanOrEqual(2);
  });

  test("a first level that settles everything leaves no waits; one that hands over everything and saves nothing changes nothing", () => {
    const chance = drawCases(3, 0.6);
    const all = runDay(
      { chance, outcomes: [question], volume: 500, hasFirstLevel: true },
      { ...a, settledByAnswer: 1 },
    );
    expect(all).toMatchObject({ work: 0, waits: [], solved: all.cases });
    const nothing = { ...a, handOverSaves: 0, suggestionSaves: 0 };
    const handed: Outcome[] = [{ ...question, met: "handed" }];
    const helped = runDay({ chance, outcomes: handed, volume: 300, hasFirstLevel: true }, nothing);
    expect(helped).toEqual(runDay({ chance, outcomes: handed, volume: 300, hasFirstLevel: false }, nothing));
  });
});

describe("the comparison", () => {
  test("half of equal questions settled by the first level: a team bears about twice as many", () => {
    const a = { ...assume("mid"), reopened: 0, handOverSaves: 0, suggestionSaves: 0, settledByAnswer: 1 };
    const outcomes: Outcome[] = [question, { ...question, met: "handed" }];
    const list = Array.from({ length: 200 }, (_, n) => outcomes[n % 2] as Outcome);
    const week = { ...drawWeek(1, list, a), outcomes: list };
    const { ratio, alone, helped } = compare(week, a);
    expect(ratio).toBeGreaterThan(1.9);
    expect(ratio).toBeLessThan(2.1);
    expect(helped.workPerCase / alone.workPerCase).toBeCloseTo(0.5, 1);
  });

  test("a mixture has the casework asked for", () => {
    const outcomes: Outcome[] = [
      question,
      { ...question, kind: "casework" },
      { ...question, kind: "status" },
    ];
    const made = mixed(outcomes, 0.1);
    expect(made.filter(({ kind }) => kind === "casework").length / made.length).toBeCloseTo(0.1, 5);
  });

  test("the range is the middle and what nine of ten lie between", () => {
    const values = Array.from({ length: 101 }, (_, n) => n);
    expect(rangeOf(values)).toEqual({ low: 5, median: 50, high: 95 });
  });
});

describe("a company's own assumptions", () => {
  test("replace ours in every level", () => {
    const own = readAssumptions('{"casework": 12}');
    expect([assume("low", own).casework, assume("high", own).casework]).toEqual([12, 12]);
  });

  test("what is no assumption, and what the arithmetic cannot bear, is refused in a sentence", () => {
    expect(() => readAssumptions('{"coffee": 1}')).toThrow("There is no assumption coffee");
    expect(() => readAssumptions('{"casework": -1}')).toThrow("a number of 0 or more");
    expect(() => readAssumptions('{"chats": 4}')).toThrow("typing");
  });
});

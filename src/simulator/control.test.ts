import { describe, expect, test } from "vitest";
import { nextFailure, type ReceiptPlan, receiptPlanOf, SENT_MAX, SentLog } from "./control.ts";

function listed(log: SentLog, skip = 0): { to: string; body: { n: number } }[] {
  return JSON.parse([...log.parts(skip)].join("")) as { to: string; body: { n: number } }[];
}

function add(log: SentLog, n: number): void {
  log.add({ at: 0, to: `"${n}"`, type: "text", body: `{"n":${n}}` });
}

describe("SentLog", () => {
  test("lists what was accepted, in order, from any place on", () => {
    const log = new SentLog();
    expect(listed(log)).toEqual([]);
    for (let n = 0; n < 3000; n += 1) add(log, n);
    expect(listed(log).map((each) => each.body.n)).toEqual(Array.from({ length: 3000 }, (_, n) => n));
    expect(listed(log, 2998)).toMatchObject([{ to: '"2998"' }, { to: '"2999"' }]);
    expect(listed(log, 3000)).toEqual([]);
    log.clear();
    expect(listed(log)).toEqual([]);
  });

  test("forgets the oldest beyond its limit and still counts them", () => {
    const log = new SentLog();
    const count = SENT_MAX * 1.6;
    for (let n = 0; n < count; n += 1) add(log, n);
    const rest = listed(log, count - 2);
    expect(rest.map((each) => each.body.n)).toEqual([count - 2, count - 1]);
    const all = listed(log);
    expect(all).toHaveLength(SENT_MAX);
    expect(all[0]?.body.n).toBe(count - SENT_MAX);
    expect(log.total).toBe(count);
  });
});

test("a failure is taken as often as it was ordered", () => {
  const plan = { status: 429, code: 130429, times: 2, mode: "answer", retryAfter: 1 } as const;
  const simulator = { fail: { ...plan } };
  expect([nextFailure(simulator), nextFailure(simulator), nextFailure(simulator)].map(Boolean)).toEqual([
    true,
    true,
    false,
  ]);
});

test("receipts change only in what is said", () => {
  const before: ReceiptPlan = { delaysMs: [1, 2, 3], shuffle: true, double: false, off: false };
  expect(receiptPlanOf({}, before)).toEqual(before);
  expect(receiptPlanOf({ delayMs: 5 }, before).delaysMs).toEqual([5, 5, 5]);
  expect(receiptPlanOf({ delayMs: [5, 6] }, before).delaysMs).toEqual([5, 6, 0]);
  expect(receiptPlanOf({ delayMs: null, double: true, off: true }, before)).toEqual({
    delaysMs: [0, 0, 0],
    shuffle: true,
    double: true,
    off: true,
  });
});

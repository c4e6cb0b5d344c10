import fc from "fast-check";
import { expect, test } from "vitest";
import { holidays } from "#kernel";
import { type PlainContract, reckon } from "../../../../tests/outside/contract-calendar.ts";
import { cancellation, warningDays } from "./contract.ts";
import { readContract } from "./contract-row.ts";
import { addMonths, isoDay, readDay } from "./dates.ts";
import { endOfPeriod, lastBeginning, readPeriod } from "./periods.ts";

const FIRST = readDay("2019-01-01") as number;
const LAST = readDay("2032-12-31") as number;
const day = fc.integer({ min: FIRST, max: LAST });
/** Months' ends are where mistakes are: as many of them as of all other days. */
const start = fc.oneof(
  day,
  fc.tuple(day, fc.integer({ min: 0, max: 3 })).map(([one, back]) => addMonths(one - (one % 31), 1) - back),
);
const period = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 120 }).map((count) => `${count}D`),
      fc.integer({ min: 0, max: 26 }).map((count) => `${count}W`),
      fc.integer({ min: 0, max: 12 }).map((count) => `${count}M`),
    ),
    fc.constantFrom("", " EOM", " EOQ"),
  )
  .map(([count, ends]) => count + ends);

const contract: fc.Arbitrary<PlainContract> = fc.record({
  start: start.map(isoDay),
  minimumMonths: fc.integer({ min: 1, max: 36 }),
  noticePeriod: period,
  renewalMonths: fc.constantFrom("1", "2", "3", "6", "12", "24", "indefinite", ""),
  postTermNotice: fc.constantFrom("1M", "14D", "4W", "0D", "2W"),
});

test("every contract is reckoned as by the day-by-day search", () => {
  fc.assert(
    fc.property(
      contract,
      day.map(isoDay),
      fc.constantFrom("DE-HH", "DE-NW", "DE-BY", "DE-SN"),
      (row, today, state) => {
        const terms = readContract({ ...row, minimumMonths: String(row.minimumMonths), cancelled: "" });
        const at = readDay(today) as number;
        const found = cancellation(terms, at);
        expect({
          termEnd: isoDay(found.termEnd),
          lastDay: found.lastDay === null ? null : isoDay(found.lastDay),
          warnings: warningDays(found, at, (year) => holidays(state, year)).map(isoDay),
        }).toEqual(reckon(row, today, state));
      },
    ),
    { numRuns: 3_000 },
  );
});

test("the last day keeps the period, and the day after it does not", () => {
  fc.assert(
    fc.property(day, period, (end, text) => {
      const notice = readPeriod(text);
      if (notice === null) return;
      const last = lastBeginning(end, notice);
      expect(endOfPeriod(last, notice)).toBeLessThanOrEqual(end);
      expect(endOfPeriod(last + 1, notice)).toBeGreaterThan(end);
    }),
  );
});

test("waiting never brings an earlier last day, and no last day lies in the past", () => {
  fc.assert(
    fc.property(contract, day, fc.integer({ min: 0, max: 800 }), (row, today, later) => {
      const terms = readContract({ ...row, minimumMonths: String(row.minimumMonths), cancelled: "" });
      const [now, then] = [cancellation(terms, today), cancellation(terms, today + later)];
      if (now.lastDay === null || then.lastDay === null) return;
      expect(now.lastDay).toBeGreaterThanOrEqual(today);
      expect(then.lastDay).toBeGreaterThanOrEqual(now.lastDay);
      expect(then.termEnd).toBeGreaterThanOrEqual(now.termEnd);
    }),
  );
});

import { expect, test } from "vitest";
import { groupsOfFive, wholeMonths } from "./groups.ts";

const month = { rule: "contract_end", warned: 12, delivered: 12, persons: 10, reached: 10, missed: 0 };
const kept = { rule: "contract_end", outcome: "kept", count: 4, persons: 4, cents: 1_960 };

test("what fewer than five persons did in a month is hidden, and in no sum", () => {
  const report = groupsOfFive({
    warned: [month, { ...month, rule: "recall", warned: 4, delivered: 0, persons: 4, reached: 0, missed: 4 }],
    outcomes: [{ ...kept, outcome: "cancelled", count: 5, persons: 5, cents: -2_450 }, kept],
  });
  expect(report).toEqual({
    costCents: 2_450,
    earnedCents: 0,
    rules: [
      {
        rule: "contract_end",
        warned: 12,
        delivered: 12,
        outcomes: [
          { outcome: "cancelled", count: 5, cents: -2_450 },
          { outcome: "kept", count: null, cents: null },
        ],
      },
      { rule: "recall", warned: null, delivered: null, outcomes: [] },
    ],
  });
});

test("one customer with six warnings is no group", () => {
  const [rule] = groupsOfFive({
    warned: [{ ...month, warned: 6, delivered: 6, persons: 1, reached: 1 }],
    outcomes: [{ ...kept, count: 6, persons: 1 }],
  }).rules;
  expect(rule).toMatchObject({ warned: null, delivered: null, outcomes: [{ count: null, cents: null }] });
});

test("the rest of a group is a group too: ten warned, of whom three were not reached", () => {
  const [rule] = groupsOfFive({
    warned: [{ ...month, delivered: 9, reached: 7, missed: 3 }],
    outcomes: [],
  }).rules;
  expect(rule).toMatchObject({ warned: 12, delivered: null });
});

test("a longer period less a shorter one gives nothing that its own month does not show", () => {
  const group = { ...kept, count: 8, persons: 7, cents: 4_000 };
  const [shorter] = groupsOfFive({ warned: [month], outcomes: [group] }).rules;
  const few = { ...month, warned: 1, delivered: 1, persons: 1, reached: 1 };
  const [longer] = groupsOfFive({ warned: [month, few], outcomes: [group, kept] }).rules;
  expect(longer).toEqual(shorter);
  const [both] = groupsOfFive({ warned: [month, month], outcomes: [group, group] }).rules;
  expect(both).toMatchObject({ warned: 24, outcomes: [{ count: 16, cents: 8_000 }] });
});

test("only months that are over", () => {
  expect(wholeMonths("2027-03-31", 1)).toEqual({ from: "2027-02-01", to: "2027-02-28" });
  expect(wholeMonths("2027-01-01", 12)).toEqual({ from: "2026-01-01", to: "2026-12-31" });
});

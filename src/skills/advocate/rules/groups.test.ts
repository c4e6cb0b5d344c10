import { expect, test } from "vitest";
import { groupsOfFive } from "./groups.ts";

test("what fewer than five persons did is hidden, and in no sum", () => {
  const report = groupsOfFive([
    {
      rule: "contract_end",
      warned: 12,
      delivered: 12,
      outcomes: [
        { outcome: "cancelled", count: 5, cents: -2_450 },
        { outcome: "kept", count: 4, cents: 1_960 },
      ],
    },
    { rule: "recall", warned: 4, delivered: 0, outcomes: [] },
  ]);
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

test("the rest of a group is a group too: 12 warned, 9 delivered would name the three", () => {
  const [rule] = groupsOfFive([{ rule: "price_drop", warned: 12, delivered: 9, outcomes: [] }]).rules;
  expect(rule).toMatchObject({ warned: 12, delivered: null });
});

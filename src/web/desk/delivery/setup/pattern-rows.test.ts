import { expect, test } from "vitest";
import { rowsOf, shiftsOf } from "./pattern-rows.ts";

const shift = (weekday: number, endDepotId: number) => ({
  weekday,
  courierId: 7,
  startDepotId: 1,
  endDepotId,
  fromMinute: 1_020,
  toMinute: 1_500,
});

test("a week is the same after it was shown and written back, with every round's last depot", () => {
  const week = [shift(1, 1), shift(2, 1), shift(2, 3), shift(5, 3)];
  const rows = rowsOf(week);
  expect(rows.map(({ weekdays, endDepotId }) => [weekdays, endDepotId])).toEqual([
    [[1, 2], null],
    [[2, 5], 3],
  ]);
  const written = rows.flatMap(shiftsOf).map((one) => ({ endDepotId: one.startDepotId, ...one }));
  expect(written).toHaveLength(week.length);
  expect(written).toEqual(expect.arrayContaining(week));
});

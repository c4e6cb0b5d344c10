import { expect, test } from "vitest";
import type { EveningHead } from "../../../../skills/delivery/api.ts";
import { eveningToShow } from "./choose-evening.ts";

const evening = (id: number, date: string, state: EveningHead["state"]): EveningHead => ({
  id,
  cityId: 1,
  date,
  state,
  version: 0,
  shifts: 1,
  held: 0,
  booked: 0,
});
const last = evening(1, "2026-11-18", "over");
const running = evening(2, "2026-11-19", "running");
const next = evening(3, "2026-11-20", "planned");
const later = evening(4, "2026-11-21", "planned");
/** Nobody ended it. */
const forgotten = evening(5, "2026-11-10", "planned");

test.each([
  ["the one that runs", [next, last, running], 2],
  ["else the next one", [later, next, last, forgotten], 3],
  ["else the last one", [last, forgotten], 1],
])("%s", (_, items, id) => {
  expect(eveningToShow(items, "2026-11-19")?.id).toBe(id);
});

test("without an evening there is none", () => {
  expect(eveningToShow([], "2026-11-19")).toBeNull();
});

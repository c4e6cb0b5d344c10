import { expect, test } from "vitest";
import { lawFault } from "./law-words.ts";
import { refusalOf } from "./working-hours.ts";

const at = (time: string) => Date.parse(`2026-11-24T${time}:00+01:00`);
const said = (round: [string, string], ...others: [string, string][]) => {
  const work = ([from, until]: [string, string]) => ({ from: at(from), until: at(until) });
  const refusal = refusalOf(work(round), others.map(work));
  return refusal && lawFault(refusal, "Europe/Berlin");
};

test("a refusal names the section, what would be, and the earliest start", () => {
  expect(said(["16:30", "20:30"], ["02:00", "06:00"])).toBe(
    "Between two working days there must be 11 hours of rest (ArbZG section 5); here 10.5 would be the longest. The earliest start of such a round is Tuesday, 24 November, 17:00.",
  );
  expect(said(["08:00", "15:00"])).toBe(
    "The working day needs 30 minutes of breaks (ArbZG section 4); it has 0. Plan a shorter round, divide it, or take another courier.",
  );
  expect(said(["17:00", "19:00"], ["18:30", "19:30"])).toMatch(
    /^The courier has other work at that time, 30 minutes of it\. The earliest start of such a round is Tuesday, 24 November, 19:30\.$/,
  );
});

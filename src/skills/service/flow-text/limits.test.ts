import { describe, expect, test } from "vitest";
import { inspectFlow, parseFlow } from "./index.ts";

const context = {
  now: Date.parse("2026-11-24T09:00:00Z"),
  timeZone: "Europe/Berlin",
  orderStyle: { minDigits: 4, maxDigits: 10 },
  isOpen: true,
};
const codesOf = (text: string) => parseFlow(text).faults.map(({ code }) => ` ${code}`);
const steps = (text: string) =>
  `flow f\n  title\n    de: T\n    en: T\n  start\n    de: s\n    en: s\n${text}`;
const words = "    de: x\n    en: x\n";

describe("a text that would keep the page waiting", () => {
  const circle = (lines: number) =>
    steps(
      `step a\n  choose\n${words}    option one -> b\n      de: x\n      en: x\n    option two -> end\n      de: z\n      en: z\nstep b\n${`  say\n${words}`.repeat(250)}  -> a\nexample Round and round\n  language de\n${"  customer: x\n".repeat(lines)}`,
    );

  test("has examples of 1,000 lines together, and 4,000 statements", () => {
    expect(codesOf(circle(1_001)).at(-1)).toMatch(/ tooMany$/);
    expect(codesOf(steps(`step a\n${"  forget x\n".repeat(4_001)}  -> end\n`)).at(-1)).toMatch(/ tooMany$/);
  });

  test("is played until its examples have run 20,000 statements, and says so", () => {
    const inspect = (lines: number) => inspectFlow(circle(lines), { surroundings: null, context });
    expect(inspect(60).faults).toEqual([]);
    expect(inspect(1_000).faults).toMatchObject([{ code: "examplesTooLong", values: { most: 20_000 } }]);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { accentVariables, contrast } from "./accent.ts";

const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);
/** Rounding to 8 bits may cost a hair. */
const HAIR = 0.02;

test("every accent gives readable text, on the accent, on the ground and on its own soft tone", () => {
  fc.assert(
    fc.property(hex, (accent) => {
      const { light, dark } = accentVariables(accent);
      for (const [variables, ground, sheet] of [
        [light, "#edf1f1", "#fcfdfd"],
        [dark, "#0b1519", "#132026"],
      ] as const) {
        const colour = (name: string) => variables[`--ah-${name}`] ?? "";
        expect(contrast(colour("on-accent"), colour("accent"))).toBeGreaterThanOrEqual(4.5 - HAIR);
        for (const surface of [ground, sheet, colour("accent-soft")])
          expect(contrast(colour("accent-text"), surface)).toBeGreaterThanOrEqual(4.5 - HAIR);
        expect(contrast(colour("accent-edge"), sheet)).toBeGreaterThanOrEqual(3 - HAIR);
        expect(contrast(colour("on-accent"), colour("accent-hover"))).toBeGreaterThanOrEqual(4.5 - HAIR);
      }
    }),
    { numRuns: 500 },
  );
});

test("an accent that can be read stays as it is; the example firm looks as the design says", () => {
  const { light, dark } = accentVariables("#8F3523");
  expect(light["--ah-accent"]).toBe("#8f3523");
  expect(light["--ah-on-accent"]).toBe("#ffffff");
  expect(light["--ah-accent-text"]).toBe("#8f3523");
  expect(light["--ah-accent-edge"]).toBe("#8f3523");
  // look.md: on-accent 7.8 and 8.5.
  expect(contrast("#ffffff", light["--ah-accent"] ?? "")).toBeCloseTo(7.8, 1);
  expect(contrast(dark["--ah-on-accent"] ?? "", dark["--ah-accent"] ?? "")).toBeGreaterThan(7);
});

test("a yellow company keeps its yellow; its outline and links become dark", () => {
  const { light } = accentVariables("#ffe100");
  expect(light["--ah-accent"]).toBe("#ffe100");
  expect(light["--ah-on-accent"]).toBe("#11252c");
  expect(light["--ah-accent-edge"]).toBe("#11252c");
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, textOn } from "./contrast.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("text on the button's colour", () => {
  it("agrees with WCAG at its ends", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#8f3523", "#8f3523")).toBe(1);
  });

  it("is white on the example firm's brick and ink on yellow", () => {
    expect(textOn("#8f3523")).toBe("#ffffff");
    expect(textOn("#ffd500")).toBe("#11252c");
  });

  it("can be read on every colour: large and bold text needs 3", () => {
    fc.assert(fc.property(colour, (accent) => contrast(textOn(accent), accent) >= 3));
  });
});

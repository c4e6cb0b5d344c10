import { describe, expect, test } from "vitest";
import { zoneInput } from "./zone-input.ts";

describe("typed times stand in the company's zone", () => {
  const berlin = zoneInput("Europe/Berlin");

  test("a winter and a summer evening in Berlin", () => {
    expect(berlin.fromInput("2026-11-22T18:30")).toBe(Date.parse("2026-11-22T18:30:00+01:00"));
    expect(berlin.fromInput("2026-07-01T18:30")).toBe(Date.parse("2026-07-01T18:30:00+02:00"));
  });

  test("the hours around a change of clocks", () => {
    expect(berlin.fromInput("2026-03-29T01:30")).toBe(Date.parse("2026-03-29T01:30:00+01:00"));
    expect(berlin.fromInput("2026-03-29T03:30")).toBe(Date.parse("2026-03-29T03:30:00+02:00"));
    expect(berlin.fromInput("2026-10-25T04:30")).toBe(Date.parse("2026-10-25T04:30:00+01:00"));
  });

  test("what a field shows is what it reads, in zones far apart", () => {
    for (const zone of ["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "UTC"]) {
      const { toInput, fromInput } = zoneInput(zone);
      const minute = Date.parse("2026-11-22T17:31:00Z");
      expect(fromInput(toInput(minute))).toBe(minute);
    }
  });

  test("an empty field is no time", () => {
    expect(berlin.fromInput("")).toBeNaN();
  });
});

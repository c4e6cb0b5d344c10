import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isIban } from "./iban.ts";

describe("IBAN", () => {
  test.each([
    "DE89 3704 0044 0532 0130 00",
    "AT611904300234573201",
    "NL91ABNA0417164300",
    "GB82 WEST 1234 5698 7654 32",
    "no9386011117947",
  ])("%s is one", (text) => expect(isIban(text)).toBe(true));
  test.each(["DE88370400440532013000", "DE8937040044053201300", "AT6119043002345732011", "", "DE", "XX00"])(
    "%s is none",
    (text) => expect(isIban(text)).toBe(false),
  );
  test("one wrong digit is always found", () => {
    const good = "DE89370400440532013000";
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, more) => {
        const digit = (Number(good[at]) + more) % 10;
        expect(isIban(good.slice(0, at) + digit + good.slice(at + 1))).toBe(false);
      }),
    );
  });
  test("two swapped digits are always found", () => {
    const good = "DE89370400440532013000";
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 20 }), (at) => {
        const [a, b] = [good[at], good[at + 1]];
        if (a !== b) expect(isIban(`${good.slice(0, at)}${b}${a}${good.slice(at + 2)}`)).toBe(false);
      }),
    );
  });
  test("the number of a country whose length nobody told us is checked by its digits", () => {
    expect(isIban("MU17BOMM0101101030300200000MUR")).toBe(true);
    expect(isIban("MU18BOMM0101101030300200000MUR")).toBe(false);
  });
});

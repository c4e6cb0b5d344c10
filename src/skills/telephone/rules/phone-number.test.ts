import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskedNumber, readNumber } from "./phone-number.ts";

const HAMBURG = { countryCode: "49", areaCode: "40" };
const read = (written: string, digitsAre: "international" | "dialled" = "dialled", plan = HAMBURG) => {
  const found = readNumber(written, plan, digitsAre);
  return found.is === "number" ? found.phone : found.is;
};

describe("numbers as people and machines write them", () => {
  test.each([
    ["040 66969140", "+494066969140"],
    ["(040) 669 69-140", "+494066969140"],
    ["+49 (0)40 66969140", "+494066969140"],
    ["0049 40 66969140", "+494066969140"],
    ["0151/12345678", "+4915112345678"],
    ["0043 1 2345678", "+4312345678"],
    ["tel:+494066969140", "+494066969140"],
    ["sip:04066969140@provider.example", "+494066969140"],
    ["66969140", "+494066969140"],
  ])("%s is %s", (written, phone) => expect(read(written)).toBe(phone));

  test("a telephone system writes the country without a plus", () => {
    expect(read("492111234567", "international")).toBe("+492111234567");
    expect(read("4915791234567", "international")).toBe("+4915791234567");
  });

  test("without an area of its own a number without one is none", () => {
    expect(read("66969140", "dialled", { countryCode: "49", areaCode: "" })).toBe("other");
  });

  test("another country's numbers follow its code", () => {
    expect(read("01 2345678", "dialled", { countryCode: "43", areaCode: "" })).toBe("+4312345678");
  });

  test.each(["anonymous", "Anonym", "unbekannt", "unterdrückt", "", " ", "withheld", "private"])(
    "%j is a suppressed number",
    (written) => expect(read(written)).toBe("suppressed"),
  );

  test.each(["**610", "11", "*31#", "Frau Müller", "0", "+", "12345678901234567890"])(
    "%s cannot be called",
    (w) => expect(read(w)).toBe("other"),
  );

  test("whatever comes in, what goes out is E.164 and reads the same again", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom("international", "dialled"), (text, are) => {
        const found = readNumber(text, HAMBURG, are as "dialled");
        if (found.is !== "number") return;
        expect(found.phone).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(readNumber(found.phone, HAMBURG, "dialled")).toEqual(found);
      }),
    );
  });
});

test("a number is hinted at by its country and its last four figures", () => {
  expect(maskedNumber("+494066969140")).toBe("+49 … 9140");
  expect(maskedNumber("+4912")).toBe("…");
});

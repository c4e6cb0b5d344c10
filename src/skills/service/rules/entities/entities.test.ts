import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEmail, findPhone, toE164 } from "./contact-details.ts";
import { findOrder } from "./order-number.ts";
import { findPostcode } from "./postcode.ts";

const HK = { prefix: "HK", minDigits: 5, maxDigits: 5 };

describe("order numbers", () => {
  test.each([
    ["Wo ist HK-20417?", "HK-20417"],
    ["hk20417", "HK-20417"],
    ["Bestellung hk 20417 fehlt", "HK-20417"],
    ["meine Nummer ist 20417", "HK-20417"],
    ["20417", "HK-20417"],
    ["HK-204170", undefined],
    ["SHK-20417x", undefined],
    ["Ich wohne in 20095 Hamburg", undefined],
    ["Rufen Sie 040 20417 88 an", undefined],
    ["kostet 20417 Euro", undefined],
    ["am 12.10.2026", undefined],
    ["keine Nummer", undefined],
  ])("%s -> %s in the company's own way", (text, found) => {
    expect(findOrder(text, HK)?.order).toBe(found);
  });

  test.each([
    ["order 1234567", "1234567"],
    ["123", undefined],
    ["12345678901", undefined],
    ["seit 2021 warte ich", undefined],
    ["it is 4711.", "4711"],
  ])("%s -> %s in bare digits", (text, found) => {
    expect(findOrder(text)?.order).toBe(found);
  });

  test("a company's prefix is text, not a pattern", () => {
    expect(findOrder("A.B-1234", { prefix: "A.B", minDigits: 4, maxDigits: 6 })?.order).toBe("A.B-1234");
    expect(findOrder("AXB-1234", { prefix: "A.B", minDigits: 4, maxDigits: 6 })?.order).toBeUndefined();
  });

  test("every number of the company is found in a sentence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 99_999 }), (number) => {
        expect(findOrder(`Was ist mit hk-${number}, bitte?`, HK)?.order).toBe(`HK-${number}`);
      }),
    );
  });
});

describe("telephone numbers", () => {
  test.each([
    ["Ruf mich an: 0171 2345678", "+491712345678"],
    ["+49 (0)40 / 123 456-78", "+494012345678"],
    ["0049 171 2345678", "+491712345678"],
    ["call me on +44 20 7946 0958 please", "+442079460958"],
    ["(040) 123456", "+4940123456"],
    ["HK-20417", undefined],
    ["20417", undefined],
    ["0,99", undefined],
    ["am 01.02.2026 um 10 Uhr", undefined],
  ])("%s -> %s", (text, phone) => {
    expect(findPhone(text)?.phone).toBe(phone);
  });

  test("another country's code is put where none is written", () => {
    expect(toE164("0664 1234567", "43")).toBe("+436641234567");
  });

  test("what is found is E.164, and finding it again changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."+0123456789 ()/-.x"), maxLength: 30 }), (text) => {
        const phone = findPhone(text)?.phone;
        if (phone === undefined) return;
        expect(phone).toMatch(/^\+[1-9]\d{7,14}$/);
        expect(findPhone(phone)?.phone).toBe(phone);
      }),
    );
  });
});

describe("e-mail addresses and postcodes", () => {
  test.each([
    ["schreiben Sie an Eva.Muster+x@Beispiel.DE.", "Eva.Muster+x@beispiel.de"],
    ["mail:a@b.co", "a@b.co"],
    ["@handle und a@b", undefined],
  ])("%s -> %s", (text, email) => {
    expect(findEmail(text)?.email).toBe(email);
  });

  test.each([
    ["Ich wohne in 20095 Hamburg", "20095"],
    ["D-22765 Hamburg", "22765"],
    ["PLZ ist 01067", "01067"],
    ["20095", "20095"],
    ["my postcode is 10115", "10115"],
    ["Bestellung 20417 fehlt", undefined],
    ["00123 Nirgendwo", undefined],
  ])("%s -> %s", (text, postcode) => {
    expect(findPostcode(text)?.postcode).toBe(postcode);
  });

  test("no text makes the search slow", () => {
    const text = `${"0 ".repeat(3_000)}${"a.".repeat(3_000)}@`;
    const start = performance.now();
    findEmail(text);
    findPhone(text);
    findPostcode(text);
    findOrder(text, HK);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

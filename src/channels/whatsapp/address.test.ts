import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, looksBroken } from "./address.ts";

const of = (text: string) => addressOf(Buffer.from(text));

describe("addressOf", () => {
  test.each([
    ['{"phone_number_id":"123"}', "123"],
    ['{ "phone_number_id" :\n\t "123" }', "123"],
    ['{"phone_number_id":123}', "123"],
    ['{"phone_number_id":"<BUSINESS_PHONE_NUMBER_ID>"}', "<BUSINESS_PHONE_NUMBER_ID>"],
    ['{"a":"phone_number_id","phone_number_id":"5"}', "5"],
    ['{"phone_number_id":"1"},{"phone_number_id":"2"}', "1"],
    ['{"phone_number_id":null}', "null"],
    ['{"phone_number_id":""}', null],
    ['{"phone_number_id":"12 3"}', null],
    ['{"phone_number_id":"12', null],
    ['{"phone_number_id"', null],
    ['{"other":"123"}', null],
    ["", null],
  ])("%s -> %s", (text, address) => {
    expect(of(text)).toBe(address);
  });

  test("what a customer writes never counts, whatever it is", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constant('"phone_number_id":"999"'),
      fc.constant("phone_number_id"),
    );
    fc.assert(
      fc.property(text, text, (name, body) => {
        const raw = Buffer.from(
          JSON.stringify({
            contacts: [{ name }],
            messages: [{ text: { body } }],
            metadata: { phone_number_id: "42" },
          }),
        );
        expect(addressOf(raw)).toBe("42");
      }),
    );
  });

  test("never throws on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const raw = Buffer.concat([Buffer.from('"phone_number_id"'), bytes]);
        const address = addressOf(raw);
        expect(address === null || address.length <= 64).toBe(true);
      }),
    );
  });
});

test("looksBroken looks at the first and the last byte only", () => {
  for (const fine of ["{}", ' {"a":1}\r\n', '{"a":}']) expect(looksBroken(Buffer.from(fine))).toBe(false);
  for (const broken of ["", " ", "{", "}", "[]", '"{}"', "{}x", "null", "\uFEFF{}"]) {
    expect(looksBroken(Buffer.from(broken))).toBe(true);
  }
});

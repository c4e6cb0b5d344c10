import fc from "fast-check";
import { expect, it } from "vitest";
import { CALLBACK_DATA_MAX_BYTES, messageIdIn, messageKey, optionToken, pressKey, pressOf } from "./ids.ts";

it("an option's id of up to 64 bytes stands as it is", () => {
  expect(optionToken("topic:invoice")).toBe("topic:invoice");
  expect(optionToken("ä".repeat(32))).toBe("ä".repeat(32));
});

it("any option's id becomes 1 to 64 bytes, always the same, different ones different", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.string({ maxLength: 200 }),
      (one, other) => {
        const token = optionToken(one);
        expect(Buffer.byteLength(token)).toBeGreaterThan(0);
        expect(Buffer.byteLength(token)).toBeLessThanOrEqual(CALLBACK_DATA_MAX_BYTES);
        expect(optionToken(one)).toBe(token);
        if (one !== other) expect(optionToken(other)).not.toBe(token);
      },
    ),
  );
  const long = "x".repeat(100);
  expect(optionToken(`${long}1`)).not.toBe(optionToken(`${long}2`));
});

it("a quote is found within its own chat only", () => {
  expect(messageIdIn("4711", messageKey(4711, 7))).toBe(7);
  expect(messageIdIn("4712", messageKey(4711, 7))).toBeNull();
  expect(messageIdIn("4711", pressKey("88"))).toBeNull();
  expect(messageIdIn("4711", "4711:7:8")).toBeNull();
});

it("a press is told from a message", () => {
  expect(pressOf(pressKey("88"))).toBe("88");
  expect(pressOf(messageKey(4711, 7))).toBeNull();
});

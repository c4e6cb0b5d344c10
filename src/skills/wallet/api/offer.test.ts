import fc from "fast-check";
import { expect, test } from "vitest";
import { type Offer, readOffer, readSigned, writeOffer, writeSigned } from "./offer.ts";

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((all) => Array.from(all, (one) => one.toString(16).padStart(2, "0")).join(""));
const offer: fc.Arbitrary<Offer> = fc.record({
  tenantId: fc.integer({ min: 1, max: 1e9 }),
  merchantId: fc.integer({ min: 1, max: 1e9 }),
  key: hex(16),
  chainId: fc.maxSafeNat(),
  to: hex(16),
  amount: fc.maxSafeInteger().filter((one) => one > 0),
  reference: hex(32),
  merchant: fc.string({ unit: "grapheme", maxLength: 20 }),
  hold: fc.option(fc.record({ arbiter: hex(16), until: fc.maxSafeNat() })),
});

test("a till's request comes out of its code as it went in, and the code needs no escape in an address", () => {
  fc.assert(
    fc.property(offer, (one) => {
      const text = writeOffer(one);
      expect(text).toMatch(/^[\w-]+$/);
      expect(readOffer(text)).toEqual(one);
    }),
  );
});

test("a name of any length leaves a code that a camera reads", () => {
  const one = fc.sample(offer, 1)[0] as Offer;
  const text = writeOffer({ ...one, merchant: "Ä".repeat(500) });
  expect(readOffer(text)?.merchant).toBe("Ä".repeat(60));
  expect(text.length).toBeLessThan(650);
});

const tampered = (change: object): string => {
  const [one] = fc.sample(offer, 1) as [Offer];
  const text = Buffer.from(writeOffer({ ...one, hold: null }), "base64url").toString("utf8");
  return Buffer.from(JSON.stringify({ ...JSON.parse(text), ...change })).toString("base64url");
};

test.each([
  ["another version", { v: 2 }],
  ["no amount", { a: 0 }],
  ["a negative amount", { a: -1 }],
  ["an amount with a fraction", { a: 1.5 }],
  ["a payee that is no account", { to: "../x" }],
  ["an arbiter without an end", { b: "0".repeat(32) }],
  ["an end without an arbiter", { x: 5 }],
  ["a name that is none", { n: 7 }],
])("%s is refused", (_what, change) => {
  expect(readOffer(tampered(change))).toBe(null);
});

test.each(["", "%%%", "bm8", "bnVsbA", "W10"])("%j is no request", (text) => {
  expect(readOffer(text)).toBe(null);
});

test("a signed payment is read with and without its prefix, and over several lines", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
      const text = writeSigned(bytes);
      expect(readSigned(text)).toEqual(bytes);
      expect(readSigned(text.replace("AHCOIN1.", ""))).toEqual(bytes);
      expect(readSigned(` ${text.replace(/.{40}/g, "$&\n")}`)).toEqual(bytes);
    }),
  );
  for (const wrong of ["", "AHCOIN1.", "AHCOIN1.ä", "A".repeat(9_000)]) expect(readSigned(wrong)).toBe(null);
});

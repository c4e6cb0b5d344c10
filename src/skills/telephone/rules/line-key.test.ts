import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { addressKey, isSame, isSignedWith, readAddressKey, signatureKey } from "./line-key.ts";

const place = { tenantId: 3, lineId: 7, salt: "salt" };

test("an address names its line, and another salt, line or company has another one", () => {
  const key = addressKey("secret", place);
  expect(readAddressKey(key)).toEqual({ tenantId: 3, lineId: 7 });
  const others = [
    addressKey("other", place),
    addressKey("secret", { ...place, salt: "new" }),
    addressKey("secret", { ...place, lineId: 8 }),
    addressKey("secret", { ...place, tenantId: 4 }),
  ].map((one) => one.split("-").slice(2).join("-"));
  expect(others).not.toContain(key.split("-").slice(2).join("-"));
});

test.each([
  "",
  "1-2",
  "1-2-short",
  "99999999999-1-aaaaaaaaaaaaaaaaaaaaaaaa",
  "4294967296-1-aaaaaaaaaaaaaaaaaaaaaaaa",
])("%j is none of our addresses", (key) => expect(readAddressKey(key)).toBeNull());

test("a signature is the HMAC of exactly this body under exactly this key", () => {
  const key = signatureKey("secret", place);
  const hex = createHmac("sha256", key).update("a=1").digest("hex");
  expect(isSignedWith(key, "a=1", hex)).toBe(true);
  expect(isSignedWith(key, "a=1", `sha256=${hex.toUpperCase()}`)).toBe(true);
  expect(isSignedWith(key, "a=2", hex)).toBe(false);
  expect(isSignedWith(signatureKey("secret", { ...place, salt: "new" }), "a=1", hex)).toBe(false);
  expect(isSignedWith(key, "a=1", undefined)).toBe(false);
});

test("texts of different length are compared too", () => {
  expect(isSame("a", "a")).toBe(true);
  expect(isSame("a", "ab")).toBe(false);
});

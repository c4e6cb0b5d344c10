import { describe, expect, it } from "vitest";
import type { ProviderApp } from "#kernel";
import { looksBroken, secretHeader, verify } from "./door.ts";

const app: ProviderApp = { id: "bot-1", kind: "telegram", secret: "Geheim_1-2", verifyToken: null };
const raw = Buffer.from('{"update_id":1}');
const keyOf = (secret: string | string[] | undefined, to = app, body = raw) =>
  verify({ headers: { [secretHeader]: secret }, raw: body }, to);

describe("verify", () => {
  it("names a body by 16 bytes that depend on app and bytes, and on nothing else", () => {
    const key = keyOf("Geheim_1-2");
    expect(key).toHaveLength(16);
    expect(keyOf("Geheim_1-2")).toEqual(key);
    expect(keyOf("Geheim_1-2", { ...app, id: "bot-2" })).not.toEqual(key);
    expect(keyOf("Geheim_1-2", app, Buffer.from('{"update_id":2}'))).not.toEqual(key);
  });

  it("refuses another secret, none, two, and an app that has none", () => {
    expect(keyOf("Geheim_1-3")).toBeNull();
    expect(keyOf("")).toBeNull();
    expect(keyOf(undefined)).toBeNull();
    expect(keyOf(["Geheim_1-2", "Geheim_1-2"])).toBeNull();
    expect(keyOf("", { ...app, secret: "" })).toBeNull();
  });
});

it.each([
  ['{"a":1}', false],
  [' \n{"a":1}\t', false],
  ["{", true],
  ["}", true],
  ["", true],
  [" ", true],
  ["[1]", true],
  ['{"a":1', true],
])("looksBroken(%j) is %s", (text, isBroken) => {
  expect(looksBroken(Buffer.from(text))).toBe(isBroken);
});

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ProviderApp } from "#kernel";
import { handshake, verify } from "./signature.ts";

interface Vector {
  name: string;
  secret: string;
  body_utf8?: string;
  body_file?: string;
  header: string;
}

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
const vectors: Vector[] = JSON.parse(readFileSync(fixture("signatures.json"), "utf8"));

function bodyOf(vector: Vector): Buffer {
  if (vector.body_utf8 !== undefined) return Buffer.from(vector.body_utf8);
  const name = /whatsapp\/(\S+\.json)/.exec(vector.body_file ?? "")?.[1] ?? "";
  return readFileSync(fixture(name));
}

function app(secret: string, verifyToken: string | null = null): ProviderApp {
  return { id: "app", kind: "whatsapp", secret, verifyToken };
}

describe("verify", () => {
  test.each(vectors)("accepts the independent vector: $name", (vector) => {
    const raw = bodyOf(vector);
    const name = verify({ headers: { "x-hub-signature-256": vector.header }, raw }, app(vector.secret));
    expect(name?.toString("hex")).toBe(vector.header.slice(7, 7 + 32));
  });

  test("refuses every changed byte of the body, and a changed header", () => {
    const raw = Buffer.from('{"a":"ä"}');
    const mac = createHmac("sha256", "secret").update(raw).digest("hex");
    const check = (header: unknown, body: Buffer) =>
      verify({ headers: { "x-hub-signature-256": header as string }, raw: body }, app("secret"));
    expect(check(`sha256=${mac}`, raw)).toHaveLength(16);
    for (let at = 0; at < raw.length; at += 1) {
      const changed = Buffer.from(raw);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(check(`sha256=${mac}`, changed)).toBeNull();
    }
    for (const header of [
      undefined,
      "",
      "sha256=",
      mac,
      `sha1=${mac}`,
      `sha256=${mac}00`,
      `sha256=${mac.slice(2)}`,
    ]) {
      expect(check(header, raw)).toBeNull();
    }
    expect(check(`sha256=${"z".repeat(64)}`, raw)).toBeNull();
    expect(check([`sha256=${mac}`], raw)).toBeNull();
  });

  test("an app without a secret accepts nothing", () => {
    const raw = Buffer.from("{}");
    const header = `sha256=${createHmac("sha256", "").update(raw).digest("hex")}`;
    expect(verify({ headers: { "x-hub-signature-256": header }, raw }, app(""))).toBeNull();
  });
});

describe("handshake", () => {
  const query = {
    "hub.mode": "subscribe",
    "hub.challenge": "1158201444",
    "hub.verify_token": "meatyhamhock",
  };

  test("echoes the challenge for the right token", () => {
    expect(handshake(query, app("s", "meatyhamhock"))).toBe("1158201444");
  });

  test("refuses a wrong token, another mode, no challenge, and an app without a token", () => {
    expect(handshake(query, app("s", "meatyhamhocK"))).toBeNull();
    expect(handshake({ ...query, "hub.verify_token": undefined }, app("s", "meatyhamhock"))).toBeNull();
    expect(handshake({ ...query, "hub.mode": "unsubscribe" }, app("s", "meatyhamhock"))).toBeNull();
    expect(handshake({ ...query, "hub.challenge": undefined }, app("s", "meatyhamhock"))).toBeNull();
    expect(handshake(query, app("s", null))).toBeNull();
    expect(handshake({ ...query, "hub.verify_token": "" }, app("s", ""))).toBeNull();
  });
});

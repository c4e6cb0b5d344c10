import { createHash, createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { decodeBody, decodeSigned } from "./decode.ts";
import { DOMAIN, encodeBody } from "./encode.ts";
import { Malformed } from "./faults.ts";
import { association, idOf, opens, person, signedBytes, transactionOf } from "./ledger.fixture.ts";
import { RandomAsks } from "./random-asks.fixture.ts";
import type { Transaction } from "./transaction.ts";

const ONE: Transaction = {
  chainId: 1,
  id: idOf(2),
  expiresAt: 2 ** 40,
  signers: [{ account: idOf(3), nonce: 4, scheme: "ed25519", key: new Uint8Array(32).fill(5) }],
  operations: [{ kind: "transfer", by: 0, to: idOf(6), amount: 7, reference: new Uint8Array(32).fill(8) }],
};

test("a transfer has these bytes, written here by hand", () => {
  const id = (last: string) => `000000000000000000000000000000${last}`;
  const hex = [
    "01", // version
    "0000000000000001", // chain
    id("02"),
    "0000010000000000", // expires at 2^40 ms
    "01", // one signer
    id("03"),
    "0000000000000004", // number
    "00", // Ed25519
    "05".repeat(32),
    "01", // one operation
    "01", // transfer
    "00", // by the first signer
    id("06"),
    "0000000000000007",
    "08".repeat(32),
  ].join("");
  expect(Buffer.from(encodeBody(ONE)).toString("hex")).toBe(hex);
});

/** Every kind of operation, many times. */
function many(): Transaction[] {
  const all = association();
  const people = [20, 21, 22].map((n) => opens(all, n));
  const asks = new RandomAsks(5, { ...all, people });
  return Array.from({ length: 400 }, () => asks.next(all.state.time));
}

test("what is written is read again as it was", () => {
  for (const transaction of many()) expect(decodeBody(encodeBody(transaction))).toEqual(transaction);
});

test("bytes that were changed, cut or lengthened are no transaction, or another one with just these bytes", () => {
  for (const [n, transaction] of many().entries()) {
    const bytes = encodeBody(transaction);
    expect(() => decodeBody(bytes.subarray(0, n % bytes.length))).toThrow(Malformed);
    expect(() => decodeBody(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(Malformed);
    const changed = bytes.slice();
    const at = (n * 31) % bytes.length;
    changed[at] = (changed[at] as number) ^ (1 << (n % 8));
    let read: Transaction | null = null;
    try {
      read = decodeBody(changed);
    } catch (error) {
      expect(error).toBeInstanceOf(Malformed);
    }
    if (read) expect(Buffer.from(encodeBody(read))).toEqual(Buffer.from(changed));
  }
});

test("a number beyond 2^53 - 1 is no number here", () => {
  const bytes = encodeBody(ONE);
  const amountAt = bytes.length - 40;
  bytes[amountAt + 1] = 0x20;
  expect(() => decodeBody(bytes)).toThrow("larger than 2^53 - 1");
  expect(() => encodeBody({ ...ONE, chainId: 2 ** 53 })).toThrow(RangeError);
  expect(() => encodeBody({ ...ONE, chainId: -1 })).toThrow(RangeError);
});

test("the signature stands over domain and body, and another library's verification accepts it", () => {
  const signer = person(30, true);
  const transaction = transactionOf([signer], [{ kind: "preburn", amount: 9 }]);
  const { body, signatures } = decodeSigned(signedBytes(transaction, [signer]));
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(signer.key).toString("base64url") },
    format: "jwk",
  });
  const signature = signatures[0] as Uint8Array;
  expect(verify(null, Buffer.concat([DOMAIN, body]), publicKey, signature)).toBe(true);
  expect(verify(null, body, publicKey, signature)).toBe(false);
  expect(createHash("sha256").update(body).digest()).toHaveLength(32);
});

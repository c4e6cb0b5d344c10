import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { expect, test } from "vitest";
import { DOMAIN, encodeBody } from "../engine/encode.ts";
import { idOf, NO_REFERENCE, T0 } from "../engine/ledger.fixture.ts";
import type { Transaction } from "../engine/transaction.ts";
import { ED25519_EDGES } from "./ed25519-edges.fixture.ts";
import { isP256Signature } from "./p256.ts";
import { checkSigned, isEd25519Signature, TRANSACTION_BYTES_MOST } from "./signatures.ts";
import { Town } from "./town.fixture.ts";

const bytesOf = (hexadecimal: string) => Buffer.from(hexadecimal, "hex");

test.each(ED25519_EDGES.map((edge, n) => [n, edge.what, edge] as const))(
  "Ed25519 edge case %i of the literature: %s",
  (_n, _what, { message, key, signature, isGood }) => {
    expect(isEd25519Signature(bytesOf(key), bytesOf(message), bytesOf(signature))).toBe(isGood);
  },
);

/** RFC 8032, section 7.1, tests 1 to 3. */
const RFC_8032 = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const;

test.each(RFC_8032)(
  "the RFC's own signature by %s is good, and not for another message",
  (key, message, signature) => {
    expect(isEd25519Signature(bytesOf(key), bytesOf(message), bytesOf(signature))).toBe(true);
    expect(isEd25519Signature(bytesOf(key), bytesOf(`${message}00`), bytesOf(signature))).toBe(false);
  },
);

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const bytes32 = (value: bigint) => bytesOf(value.toString(16).padStart(64, "0"));

function device(): { key: Uint8Array; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const odd = (Buffer.from(y, "base64url").at(-1) as number) & 1;
  return { key: Buffer.concat([Uint8Array.of(2 + odd), Buffer.from(x, "base64url")]), privateKey };
}

/** Both signatures that the curve allows for one r: with the low s, and with the high one. */
function signedByDevice(privateKey: KeyObject, message: Uint8Array): { low: Buffer; high: Buffer } {
  const raw = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
  const [r, s] = [raw.subarray(0, 32), numberOf(raw.subarray(32))];
  const [low, high] = s > ORDER / 2n ? [ORDER - s, s] : [s, ORDER - s];
  return { low: Buffer.concat([r, bytes32(low)]), high: Buffer.concat([r, bytes32(high)]) };
}

test("of the two signatures of a device's key only the one with the low s counts", () => {
  const { key, privateKey } = device();
  for (let n = 0; n < 8; n++) {
    const message = Uint8Array.of(n);
    const { low, high } = signedByDevice(privateKey, message);
    expect(isP256Signature(key, message, low)).toBe(true);
    expect(isP256Signature(key, message, high)).toBe(false);
    expect(isP256Signature(key, Uint8Array.of(n + 1), low)).toBe(false);
  }
});

test("r and s are from 1 to the order, and a key is a point of the curve", () => {
  const { key, privateKey } = device();
  const message = Uint8Array.of(1);
  const { low } = signedByDevice(privateKey, message);
  const [r, s] = [low.subarray(0, 32), low.subarray(32)];
  for (const [first, second] of [
    [bytes32(0n), s],
    [r, bytes32(0n)],
    [bytes32(ORDER), s],
    [r, bytes32(ORDER)],
    // The same r, written above the order, where there is room for it.
    [bytes32((numberOf(r) + ORDER) % 2n ** 256n), s],
  ] as const)
    expect(isP256Signature(key, message, Buffer.concat([first, second]))).toBe(false);
  // x = 5 is on no point of P-256: 5^3 - 15 + b has no square root (checked below by OpenSSL itself).
  const offCurve = Buffer.concat([Uint8Array.of(2), bytes32(5n)]);
  const isPoint = (point: Buffer) => {
    try {
      const head = bytesOf("3039301306072a8648ce3d020106082a8648ce3d030107032200");
      return Boolean(createPublicKey({ key: Buffer.concat([head, point]), format: "der", type: "spki" }));
    } catch {
      return false;
    }
  };
  expect(isP256Signature(offCurve, message, low)).toBe(false);
  expect(isPoint(Buffer.from(key))).toBe(true);
});

test("a transaction of two signers with different kinds of keys needs both signatures, over domain and body", () => {
  const phone = device();
  const { exchange } = new Town().all;
  const transaction: Transaction = {
    chainId: 1,
    id: idOf(1),
    expiresAt: T0,
    signers: [
      { account: exchange.id, nonce: 0, scheme: "ed25519", key: exchange.key },
      { account: idOf(9), nonce: 0, scheme: "p256", key: phone.key },
    ],
    operations: [{ kind: "transfer", by: 0, to: idOf(3), amount: 1, reference: NO_REFERENCE }],
  };
  const body = encodeBody(transaction);
  const message = Buffer.concat([DOMAIN, body]);
  const first = sign(null, message, exchange.privateKey as KeyObject);
  const second = signedByDevice(phone.privateKey, message);
  const verdict = (...parts: Uint8Array[]) => checkSigned(Buffer.concat(parts)).verdict;
  expect(verdict(body, first, second.low)).toBe("good");
  expect(verdict(body, first, second.high)).toBe("bad_signature");
  expect(verdict(body, second.low, first)).toBe("bad_signature");
  expect(verdict(body, sign(null, body, exchange.privateKey as KeyObject), second.low)).toBe("bad_signature");
  expect(verdict(body, first)).toBe("malformed");
  expect(verdict(body, first, second.low, Uint8Array.of(0))).toBe("malformed");
  expect(checkSigned(new Uint8Array(TRANSACTION_BYTES_MOST + 1)).verdict).toBe("malformed");
});

test("the largest transaction that decodes has room", () => {
  const members = Array.from({ length: 15 }, (_, n) => idOf(n));
  const one = new Town().all.exchange;
  const largest: Transaction = {
    chainId: 1,
    id: idOf(1),
    expiresAt: T0,
    signers: Array.from({ length: 8 }, (_, n) => ({
      account: idOf(n),
      nonce: 0,
      scheme: "p256" as const,
      key: new Uint8Array(33).fill(2),
    })),
    operations: Array.from({ length: 8 }, () => ({ kind: "recoverers" as const, by: 0, needed: 1, members })),
  };
  expect(one.key).toHaveLength(32);
  expect(encodeBody(largest).length + 8 * 64).toBeLessThanOrEqual(TRANSACTION_BYTES_MOST);
});

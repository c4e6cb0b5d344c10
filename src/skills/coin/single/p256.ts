import { createPublicKey, type KeyObject, verify } from "node:crypto";

/**
 * ECDSA over P-256 with SHA-256, for keys of devices (FIPS 186-5, SEC 1). Strict: r and s from 1 to n - 1 in 32 bytes each, and s
 * in the lower half, so that there is one signature and not two (as BIP 146 asks). Wallets turn a high s into n - s.
 */

/** SubjectPublicKeyInfo of a compressed point (RFC 5480), up to the point itself. */
const SPKI = Buffer.from("3039301306072a8648ce3d020106082a8648ce3d030107032200", "hex");
const ORDER = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");
const HALF_ORDER = Buffer.from("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8", "hex");
const ZERO = Buffer.alloc(32);
const KEYS_MOST = 10_000;

/** Making a key of a point takes as long as checking a signature. */
const keys = new Map<string, KeyObject | null>();

/** @param key 33 bytes, compressed @param signature r and s, 32 bytes each */
export function isP256Signature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32);
  const s = signature.subarray(32, 64);
  if (Buffer.compare(r, ZERO) === 0 || Buffer.compare(r, ORDER) >= 0) return false;
  if (Buffer.compare(s, ZERO) === 0 || Buffer.compare(s, HALF_ORDER) > 0) return false;
  const known = keyOf(key);
  return known !== null && verify("sha256", message, { key: known, dsaEncoding: "ieee-p1363" }, signature);
}

/** @returns null for bytes that are no point of the curve */
function keyOf(point: Uint8Array): KeyObject | null {
  const name = Buffer.from(point.buffer, point.byteOffset, point.length).toString("latin1");
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= KEYS_MOST) keys.clear();
  const made = makeKey(point);
  keys.set(name, made);
  return made;
}

function makeKey(point: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.concat([SPKI, point]), format: "der", type: "spki" });
  } catch {
    return null;
  }
}

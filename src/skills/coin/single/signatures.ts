import { hash } from "node:crypto";
import sodium from "sodium-native";
import { decodeSigned } from "../engine/decode.ts";
import { DOMAIN } from "../engine/encode.ts";
import { Malformed } from "../engine/faults.ts";
import { isP256Signature } from "./p256.ts";

/**
 * Signatures, checked against the keys that a transaction names; whether these are the accounts' keys is the core's to judge.
 * Ed25519 as libsodium 1.0.20 has it: no key or commitment of small order, nothing that is not canonical, S below the group's
 * order. A change of the library is a change of the rules: signatures.test.ts holds the verdicts of the literature.
 */

/** The largest that decodes: 8 signers, 8 operations that each name 15 members. */
export const TRANSACTION_BYTES_MOST = 4_096;

export interface Checked {
  readonly verdict: "good" | "bad_signature" | "malformed";
  /** SHA-256 of the body; empty for what is malformed. */
  readonly digest: Uint8Array;
}

const MALFORMED: Checked = { verdict: "malformed", digest: new Uint8Array(0) };
const scratch = Buffer.alloc(DOMAIN.length + TRANSACTION_BYTES_MOST);
scratch.set(DOMAIN);

/** Reads a signed transaction and checks all its signatures. */
export function checkSigned(bytes: Uint8Array): Checked {
  if (bytes.length > TRANSACTION_BYTES_MOST) return MALFORMED;
  try {
    const { body, transaction, signatures } = decodeSigned(bytes);
    scratch.set(body, DOMAIN.length);
    const message = scratch.subarray(0, DOMAIN.length + body.length);
    const isGood = transaction.signers.every(({ scheme, key }, n) => {
      const signature = signatures[n] as Uint8Array;
      return scheme === "ed25519"
        ? isEd25519Signature(key, message, signature)
        : isP256Signature(key, message, signature);
    });
    return { verdict: isGood ? "good" : "bad_signature", digest: hash("sha256", body, "buffer") };
  } catch (error) {
    if (error instanceof Malformed) return MALFORMED;
    throw error;
  }
}

/** @param key 32 bytes @param signature 64 bytes */
export function isEd25519Signature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return sodium.crypto_sign_verify_detached(asBuffer(signature), asBuffer(message), asBuffer(key));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

import type { Scheme } from "../engine/transaction.ts";
import { isP256Signature } from "../single/p256.ts";
import { isEd25519Signature } from "../single/signatures.ts";

const SIGNATURE_BYTES = 64;

/** The ledger's own verdict on one signature, for whoever collects them. @param message domain and body */
export function isSigned({
  scheme,
  key,
  message,
  signature,
}: {
  readonly scheme: Scheme;
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  return scheme === "ed25519"
    ? isEd25519Signature(key, message, signature)
    : isP256Signature(key, message, signature);
}

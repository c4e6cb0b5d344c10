import { DOMAIN } from "../engine/encode.ts";
import type { Scheme } from "../engine/transaction.ts";
import { isP256Signature } from "../single/p256.ts";
import { isEd25519Signature } from "../single/signatures.ts";

/** The ledger's own verdict on one signature of a body, for whoever collects them. */
export function isSigned(
  { scheme, key }: { readonly scheme: Scheme; readonly key: Uint8Array },
  body: Uint8Array,
  signature: Uint8Array,
): boolean {
  const message = Buffer.concat([DOMAIN, body]);
  if (signature.length !== 64) return false;
  return scheme === "ed25519"
    ? isEd25519Signature(key, message, signature)
    : isP256Signature(key, message, signature);
}

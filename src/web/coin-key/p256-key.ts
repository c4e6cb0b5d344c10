import { DOMAIN } from "../../skills/coin/api.ts";

/**
 * A key that never leaves the browser that made it: P-256 by WebCrypto, not extractable. It signs a transaction's body as the
 * ledger checks it (src/skills/coin/single/p256.ts).
 */

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_BYTES = 32;

export function makeKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
}

/** @returns the point in 33 bytes (SEC 1, 2.3.3), hexadecimal */
export async function publicKeyOf({ publicKey }: CryptoKeyPair): Promise<string> {
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  const isOdd = ((point[point.length - 1] as number) & 1) === 1;
  return toHex(Uint8Array.of(isOdd ? 3 : 2, ...point.subarray(1, 1 + HALF_BYTES)));
}

/** @returns r and s, 32 bytes each; s in the lower half, because the ledger takes one signature of the two that there are */
export async function signBody({ privateKey }: CryptoKeyPair, body: Uint8Array): Promise<Uint8Array> {
  const message = new Uint8Array(DOMAIN.length + body.length);
  message.set(DOMAIN);
  message.set(body, DOMAIN.length);
  const made = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, message);
  return lowered(new Uint8Array(made));
}

/** The same signature with the smaller of s and n - s. */
export function lowered(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${toHex(signature.subarray(HALF_BYTES))}`);
  if (s <= ORDER / 2n) return signature;
  const low = fromHex((ORDER - s).toString(16).padStart(HALF_BYTES * 2, "0"));
  const result = signature.slice();
  result.set(low, HALF_BYTES);
  return result;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param text an even number of hexadecimal digits */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let n = 0; n < bytes.length; n++) bytes[n] = Number.parseInt(text.slice(n * 2, n * 2 + 2), 16);
  return bytes;
}

import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** Signed requests of ACME: flattened JSON Web Signatures with ES256 (RFC 7515, RFC 7518 3.4, RFC 8555 6.2). */

export interface AccountKey {
  readonly privateKey: KeyObject;
  /** Members in the order that RFC 7638 hashes them in. */
  readonly jwk: { readonly crv: "P-256"; readonly kty: "EC"; readonly x: string; readonly y: string };
}

export interface SignedRequest {
  protected: string;
  payload: string;
  signature: string;
}

/** A new key pair on P-256 as PEM (PKCS #8). */
export function newKeyPem(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** @throws Error when the text is no private key on P-256 */
export function accountKey(pem: string): AccountKey {
  const privateKey = createPrivateKey(pem);
  const { kty, crv, x, y } = privateKey.export({ format: "jwk" });
  if (kty !== "EC" || crv !== "P-256" || !x || !y) throw new Error("The account's key is not on P-256.");
  return { privateKey, jwk: { crv, kty, x, y } };
}

/** SHA-256 of the public key, base64url (RFC 7638); half of what a challenge's file says. */
export function thumbprint({ jwk }: AccountKey): string {
  return createHash("sha256").update(JSON.stringify(jwk)).digest("base64url");
}

/** @param payload null = POST-as-GET (RFC 8555 6.3) */
export function signRequest(
  key: AccountKey,
  header: { url: string; nonce: string; kid?: string },
  payload: unknown,
): SignedRequest {
  const who = header.kid ? { kid: header.kid } : { jwk: key.jwk };
  const head = { alg: "ES256", ...who, nonce: header.nonce, url: header.url };
  const protectedPart = base64(JSON.stringify(head));
  const payloadPart = payload === null ? "" : base64(JSON.stringify(payload));
  const signature = sign("sha256", Buffer.from(`${protectedPart}.${payloadPart}`), {
    key: key.privateKey,
    dsaEncoding: "ieee-p1363",
  });
  return { protected: protectedPart, payload: payloadPart, signature: signature.toString("base64url") };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64url");
}

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from "node:crypto";
import { DOMAIN } from "../../coin/api.ts";
import type { Place } from "./tx.ts";

/**
 * Keys of the node: of the registrar, the exchange, and of each merchant. They stand sealed in their rows; a dump of the tables
 * alone cannot sign. Ed25519, as it comes out of node:crypto.
 */

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEED_BYTES = 32;
/** PKCS #8 of an Ed25519 seed (RFC 8410), up to the seed. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

export interface NewKey {
  readonly publicKey: Uint8Array;
  readonly sealed: string;
}

async function sealingKey({ house, outside }: Place): Promise<Buffer> {
  return createHash("sha256")
    .update(await outside.secret(house, "wallet-keys"))
    .digest();
}

/** @param account whose it is; the seal opens for no other */
export async function makeKey(place: Place, account: Uint8Array): Promise<NewKey> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-SEED_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, await sealingKey(place), nonce).setAAD(account);
  const sealed = Buffer.concat([cipher.update(seed), cipher.final()]);
  return {
    publicKey: new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-SEED_BYTES)),
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url"),
  };
}

/** @returns the body with its signature behind it @throws Error for a seal of another node or account */
export async function signBody(
  place: Place,
  { account, sealed, body }: { account: Uint8Array; sealed: string; body: Uint8Array },
): Promise<Uint8Array> {
  const bytes = Buffer.from(sealed, "base64url");
  const cipher = createDecipheriv(CIPHER, await sealingKey(place), bytes.subarray(0, NONCE_BYTES))
    .setAAD(account)
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const seed = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  return Buffer.concat([body, sign(null, Buffer.concat([DOMAIN, body]), key)]);
}

import { randomBytes, scrypt } from "node:crypto";

/** A backup's key: from the content of a key file, which `backup key` makes, or a long passphrase. There is no default. */

const PREFIX = "augenhoehe-backup-key:";
const KEY_BYTES = 32;
/** A passphrase that people can type; shorter ones are guessed. */
const PASSPHRASE_LETTERS = 16;

/** scrypt's cost (RFC 7914): N, block size r, parallelism p; 32 MB and a tenth of a second. It stands in each header. */
export interface KeyCost {
  N: number;
  r: number;
  p: number;
}
export const KEY_COST: KeyCost = { N: 32_768, r: 8, p: 1 };
const COST_MAX: KeyCost = { N: 1_048_576, r: 16, p: 4 };
const MEMORY_BYTES = 2_200_000_000;

export interface FileKeys {
  /** AES-256 */
  cipher: Buffer;
  /** HMAC of the header, so that a wrong key is told from damage. */
  header: Buffer;
}

/** The text of a new key file. */
export function newKeyText(): string {
  return `${PREFIX}${randomBytes(KEY_BYTES).toString("base64url")}\n`;
}

/** @throws Error in one sentence when the text is no key */
export function checkKeyText(text: string): string {
  const key = text.trim();
  if (key.length < PASSPHRASE_LETTERS)
    throw new Error(
      `The key file holds fewer than ${PASSPHRASE_LETTERS} letters: make one with augenhoehe backup key, or write a longer passphrase into it.`,
    );
  return key;
}

/** @throws Error when a header asks for more work than any of ours */
export async function deriveKeys(keyText: string, salt: Buffer, cost: KeyCost): Promise<FileKeys> {
  if (cost.N > COST_MAX.N || cost.r > COST_MAX.r || cost.p > COST_MAX.p)
    throw new Error("The header of the backup asks for an impossible amount of work: it is damaged.");
  const bytes = await new Promise<Buffer>((done, fail) => {
    scrypt(checkKeyText(keyText), salt, 2 * KEY_BYTES, { ...cost, maxmem: MEMORY_BYTES }, (error, derived) =>
      error ? fail(error) : done(derived),
    );
  });
  return { cipher: bytes.subarray(0, KEY_BYTES), header: bytes.subarray(KEY_BYTES) };
}

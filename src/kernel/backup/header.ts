import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { BackupFault, damaged } from "./fault.ts";
import { deriveKeys, type FileKeys, KEY_COST } from "./key.ts";

/**
 * A backup's beginning, readable without the key: what made it, so that a version that cannot read it can say which
 * one can. Layout: magic, length (4 bytes, big-endian), JSON, SHA-256 of the JSON, HMAC-SHA-256 of the JSON.
 */
const MAGIC = Buffer.from("augenhoehe backup\n");
const HASH_BYTES = 32;
const HEADER_BYTES_MAX = 1_048_576;
const SALT_BYTES = 16;
/** Rises when an older program could not read the file any more. */
export const FORMAT = 1;

const schema = z.object({
  format: z.number().int(),
  /** Of the program that made it. */
  version: z.string(),
  /** The moment whose state it holds, ISO 8601. */
  takenAt: z.string(),
  /** Applied migrations, ROOM/FILE. */
  migrations: z.array(z.string()),
  cipher: z.literal("aes-256-gcm"),
  compression: z.literal("zstd"),
  kdf: z.object({
    name: z.literal("scrypt"),
    N: z.number().int(),
    r: z.number().int(),
    p: z.number().int(),
    salt: z.string(),
  }),
});

export type BackupHeader = z.output<typeof schema>;

export interface Sealing {
  keys: FileKeys;
  /** Bound into every chunk, so that none fits another file. */
  binding: Buffer;
}

export async function makeHeader(
  about: Pick<BackupHeader, "version" | "takenAt" | "migrations">,
  keyText: string,
): Promise<{ bytes: Buffer; sealing: Sealing }> {
  const salt = randomBytes(SALT_BYTES);
  const header: BackupHeader = {
    format: FORMAT,
    ...about,
    cipher: "aes-256-gcm",
    compression: "zstd",
    kdf: { name: "scrypt", ...KEY_COST, salt: salt.toString("base64url") },
  };
  const json = Buffer.from(JSON.stringify(header));
  const keys = await deriveKeys(keyText, salt, KEY_COST);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  const binding = createHash("sha256").update(json).digest();
  const mac = createHmac("sha256", keys.header).update(json).digest();
  return { bytes: Buffer.concat([MAGIC, length, json, binding, mac]), sealing: { keys, binding } };
}

/** Takes exactly so many bytes from the file; fewer only at its end. */
export type Take = (bytes: number) => Promise<Buffer>;

/**
 * Reads what stands in front.
 * @returns open derives the keys. @throws BackupFault no-backup, damaged, newer; open: wrong-key
 */
export async function readHeader(
  take: Take,
): Promise<{ header: BackupHeader; bytes: number; open(keyText: string): Promise<Sealing> }> {
  const front = await take(MAGIC.length + 4);
  if (front.length < MAGIC.length + 4 || !front.subarray(0, MAGIC.length).equals(MAGIC))
    throw new BackupFault("no-backup", "The file is no backup of Augenhöhe. Nothing was changed.");
  const length = front.readUInt32BE(MAGIC.length);
  const rest = length <= HEADER_BYTES_MAX ? await take(length + 2 * HASH_BYTES) : Buffer.alloc(0);
  const json = rest.subarray(0, length);
  const binding = rest.subarray(length, length + HASH_BYTES);
  if (rest.length !== length + 2 * HASH_BYTES || !createHash("sha256").update(json).digest().equals(binding))
    throw damaged(MAGIC.length, "its header is not as it was written");
  const header = parse(json);
  return {
    header,
    bytes: front.length + rest.length,
    async open(keyText) {
      const { salt, name: _name, ...cost } = header.kdf;
      const keys = await deriveKeys(keyText, Buffer.from(salt, "base64url"), cost);
      const mac = createHmac("sha256", keys.header).update(json).digest();
      if (!timingSafeEqual(mac, rest.subarray(length + HASH_BYTES)))
        throw new BackupFault(
          "wrong-key",
          `The key does not fit this backup of ${header.takenAt}. Nothing was changed; name the key file it was made with.`,
        );
      return { keys, binding };
    },
  };
}

function parse(json: Buffer): BackupHeader {
  const raw = JSON.parse(json.toString()) as { format?: unknown; version?: unknown };
  if (typeof raw.format === "number" && raw.format > FORMAT) throw newer(String(raw.version));
  const header = schema.safeParse(raw);
  if (!header.success) throw damaged(MAGIC.length, "its header does not say how it was made");
  return header.data;
}

/** @param version which program can read it */
export function newer(version: string, why = ""): BackupFault {
  return new BackupFault(
    "newer",
    `The backup was made by version ${version}${why}: install that version or a later one, then restore. Nothing was changed.`,
  );
}

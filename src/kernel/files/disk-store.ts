import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../errors.ts";
import { randomToken } from "../ids.ts";
import type { Draft, FilePlace, FileStore } from "./file-store.ts";
import { HEAD_BYTES, TAIL_BYTES } from "./file-types.ts";

/** Of this shape are the ids we make; anything else could be a path. */
export const FILE_ID = /^[0-9a-f]{32}(?:-[0-9a-f]{16})?$/;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * Files below `folder`/TENANT/xx/ID. A file appears by a rename, so it is whole or not there.
 * @param folder absolute or relative path; made when it is missing
 */
export function diskStore(folder: string): FileStore {
  const pathOf = ({ tenantId, id }: FilePlace): string => {
    if (!FILE_ID.test(id) || !Number.isInteger(tenantId)) throw new AppError("not_found");
    return join(folder, String(tenantId), id.slice(0, 2), id);
  };
  return {
    async draft(place, source, limitBytes) {
      const path = pathOf(place);
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
      return writeDraft(path, source, limitBytes);
    },
    async open(place, range) {
      const handle = await open(pathOf(place), "r").catch(() => {
        throw new AppError("not_found");
      });
      return handle.createReadStream(range ? { start: range.first, end: range.last } : {});
    },
    remove: (place) => rm(pathOf(place), { force: true }),
  };
}

async function writeDraft(path: string, source: AsyncIterable<Buffer>, limitBytes: number): Promise<Draft> {
  const draft = `${path}.${randomToken(6)}.tmp`;
  const discard = () => rm(draft, { force: true });
  const handle = await open(draft, "wx+", PRIVATE_FILE);
  try {
    const { size, sha256 } = await writeAll(handle, source, limitBytes);
    const head = await readPart(handle, 0, Math.min(size, HEAD_BYTES));
    const tail = await readPart(handle, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES));
    await handle.sync();
    await handle.close();
    return { size, sha256, head, tail, keep: () => rename(draft, path), discard };
  } catch (error) {
    await handle.close().catch(() => {});
    await discard();
    throw error;
  }
}

async function writeAll(
  handle: FileHandle,
  source: AsyncIterable<Buffer>,
  limitBytes: number,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(limitBytes);
    hash.update(chunk);
    await handle.appendFile(chunk);
  }
  return { size, sha256: hash.digest("hex") };
}

async function readPart(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const part = Buffer.alloc(length);
  await handle.read(part, 0, length, position);
  return part;
}

export function tooLarge(limitBytes: number): AppError {
  return new AppError("too_large", `At most ${Math.floor(limitBytes / 1_048_576)} MB.`);
}

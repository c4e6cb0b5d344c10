import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { diskStore, FILE_ID } from "./disk-store.ts";
import { cleanName } from "./file-name.ts";
import type { FileStore } from "./file-store.ts";
import { fileType, MAP_TILES, nameFor } from "./file-types.ts";
import { INBOUND_BYTES } from "./limits.ts";
import { findFile, insertFile } from "./store.ts";

/** A stored file, as uploads answer. */
export interface StoredFile {
  fileId: string;
  mime: string;
  name: string;
  /** bytes */
  size: number;
}

export interface IncomingFile {
  tenantId: number;
  /** As the sender calls it. */
  name: string;
  limitBytes: number;
  conversationId?: number;
  contactId?: number;
  /** Binds the file to a visitor who has no conversation yet. */
  visitor?: string;
  /** Files of customers from a messenger are kept whatever they are; unknown ones can only be downloaded. */
  keepsUnknown?: boolean;
  /** A city's map is large and nobody's message: only who uploads one to be a map may. */
  isMap?: boolean;
}

/** The node's files: bytes in a FileStore, what they are in kernel.file. */
export interface Files {
  store: FileStore;
  /** @throws AppError too_large, unsupported_file, bad_request for an empty one */
  receive(file: IncomingFile, source: AsyncIterable<Buffer>): Promise<StoredFile>;
  /** For adapters that upload. @throws AppError not_found */
  read(tenantId: number, fileId: string): Promise<{ bytes: Buffer; mime: string; name: string }>;
}

export const UNKNOWN_TYPE = "application/octet-stream";

export function openFiles(kernel: Pick<Kernel, "config" | "db" | "clock">): Files {
  const store = diskStore(join(kernel.config.dataDir, "files"));
  return {
    store,
    receive: (file, source) => receive(kernel, store, file, source),
    read: (tenantId, fileId) => read(kernel, store, tenantId, fileId),
  };
}

async function receive(
  kernel: Pick<Kernel, "db" | "clock">,
  store: FileStore,
  file: IncomingFile,
  source: AsyncIterable<Buffer>,
): Promise<StoredFile> {
  const { tenantId } = file;
  const id = newFileId(file.visitor);
  const draft = await store.draft({ tenantId, id }, source, file.limitBytes);
  const claimed = cleanName(file.name);
  const found = fileType({ ...draft, name: claimed });
  const isWanted = (found === MAP_TILES) === (file.isMap ?? false);
  const mime = (isWanted ? found : null) ?? (file.keepsUnknown ? UNKNOWN_TYPE : null);
  if (mime === null || draft.size === 0) {
    await draft.discard();
    throw draft.size === 0
      ? new AppError("bad_request", "The file is empty.")
      : file.isMap
        ? new AppError("unsupported_file", "This is no map in the form PMTiles, version 3.")
        : new AppError("unsupported_file", "Pictures, PDF, sound, film, text and office documents are.");
  }
  const name = nameFor(mime, claimed);
  await draft.keep();
  const { size, sha256 } = draft;
  const owner = { conversationId: file.conversationId ?? null, contactId: file.contactId ?? null };
  try {
    await kernel.db.tenant(tenantId, (tx) =>
      insertFile(tx, { tenantId, id, ...owner, mime, name, size, sha256 }, kernel.clock.now()),
    );
  } catch (error) {
    await store.remove({ tenantId, id });
    throw error;
  }
  return { fileId: id, mime, name, size };
}

async function read(kernel: Pick<Kernel, "db">, store: FileStore, tenantId: number, fileId: string) {
  const row =
    FILE_ID.test(fileId) && (await kernel.db.tenant(tenantId, (tx) => findFile(tx, tenantId, fileId)));
  if (!row || row.size > INBOUND_BYTES) throw new AppError("not_found");
  const parts: Buffer[] = [];
  for await (const part of await store.open({ tenantId, id: fileId })) parts.push(part as Buffer);
  return { bytes: Buffer.concat(parts), mime: row.mime, name: row.name };
}

const ID_BYTES = 16;

/** Random; a visitor's upload also carries a mark that only this visitor's hash gives. */
function newFileId(visitor: string | undefined): string {
  const random = randomBytes(ID_BYTES).toString("hex");
  return visitor === undefined ? random : `${random}-${markOf(random, visitor)}`;
}

function markOf(random: string, visitor: string): string {
  return createHash("sha256").update(`${random} ${visitor}`).digest("hex").slice(0, 16);
}

/** Did this visitor upload it? Known without a query, before any conversation exists. */
export function isUploadOf(fileId: string, visitor: string): boolean {
  const [random = "", mark] = fileId.split("-");
  return FILE_ID.test(fileId) && mark === markOf(random, visitor);
}

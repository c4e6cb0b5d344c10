import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { FILE_ID } from "./disk-store.ts";
import { disposition } from "./file-name.ts";
import type { ByteRange } from "./file-store.ts";
import { isInline } from "./file-types.ts";
import type { Files } from "./files.ts";
import { type FileRow, findFile } from "./store.ts";

/** A file is no page of ours: it may run nothing and load nothing, even when it is opened by itself. */
const FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";
/** Content under one id never changes. */
const CACHE = "private, max-age=86400, immutable";

export interface ServeParts {
  kernel: Kernel;
  files: Files;
  tenantId: number;
  fileId: string;
  /** Throws when this caller may not have it. */
  admit?(row: FileRow): Promise<void>;
  /** Pages of other origins may show it (the chat on a customer's site). */
  isForEveryOrigin?: boolean;
}

/** Answers with a file's bytes, whole or a range of them (RFC 9110, 14). @throws AppError not_found */
export async function serveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServeParts,
): Promise<FastifyReply> {
  const { kernel, files, tenantId, fileId } = parts;
  if (!FILE_ID.test(fileId)) throw new AppError("not_found");
  const row = await kernel.db.tenant(tenantId, (tx) => findFile(tx, tenantId, fileId));
  if (!row) throw new AppError("not_found");
  await parts.admit?.(row);
  const etag = `"${row.sha256.slice(0, 32)}"`;
  if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).header("etag", etag).send();
  const range = rangeOf(request, row.size, etag);
  if (range === "impossible")
    return reply.code(416).header("content-range", `bytes */${row.size}`).type("text/plain").send("");
  const bytes = await files.store.open({ tenantId, id: fileId }, range ?? undefined);
  reply.headers({
    "content-type": row.mime.startsWith("text/") ? `${row.mime}; charset=utf-8` : row.mime,
    "content-disposition": disposition(row.name, isInline(row.mime)),
    "content-security-policy": FILE_POLICY,
    "x-content-type-options": "nosniff",
    "cache-control": CACHE,
    "accept-ranges": "bytes",
    etag,
    "content-length": range ? range.last - range.first + 1 : row.size,
  });
  if (parts.isForEveryOrigin) reply.header("cross-origin-resource-policy", "cross-origin");
  if (range) reply.code(206).header("content-range", `bytes ${range.first}-${range.last}/${row.size}`);
  return reply.send(bytes);
}

const RANGE = /^bytes=(\d*)-(\d*)$/;

/** One range, as players of sound and film ask. Several ranges, or another version's, get the whole file. */
function rangeOf(request: FastifyRequest, size: number, etag: string): ByteRange | "impossible" | null {
  const [, from = "", to = ""] = RANGE.exec(request.headers.range ?? "") ?? [];
  if (from === "" && to === "") return null;
  const condition = request.headers["if-range"];
  if (condition !== undefined && condition !== etag) return null;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(size - 1, Number(to));
  return first > last || first >= size ? "impossible" : { first, last };
}

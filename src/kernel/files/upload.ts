import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import { tooLarge } from "./disk-store.ts";
import type { Files, IncomingFile, StoredFile } from "./files.ts";
import { MAP_BYTES, UPLOAD_BYTES, UPLOADS_AT_ONCE } from "./limits.ts";

let underWay = 0;

/** In this scope bodies stay streams, whatever their Content-Type says: uploads are raw bytes. */
export function acceptRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
}

/**
 * Takes the body of a request as a file.
 * @throws AppError too_large, unsupported_file, bad_request; busy when too many uploads are under way
 */
export async function receiveUpload(
  request: FastifyRequest,
  files: Files,
  file: Omit<IncomingFile, "name" | "limitBytes">,
): Promise<StoredFile> {
  const limitBytes = file.isMap ? MAP_BYTES : UPLOAD_BYTES;
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  if (underWay >= UPLOADS_AT_ONCE) throw new AppError("busy", "Many files are being uploaded just now.");
  const { name } = request.query as { name?: unknown };
  underWay += 1;
  try {
    return await files.receive(
      { ...file, name: typeof name === "string" ? name : "", limitBytes },
      // The request lives on after a refusal: otherwise the sender would see a broken connection, not the reason.
      request.raw.iterator({ destroyOnReturn: false }),
    );
  } catch (error) {
    // What is left is read away, so that the connection can be used again; the server's time limit ends a flood.
    request.raw.resume();
    throw request.raw.destroyed && !(error instanceof AppError)
      ? new AppError("bad_request", "The upload broke off.")
      : error;
  } finally {
    underWay -= 1;
  }
}

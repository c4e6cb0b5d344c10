import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import type { Live } from "../events/live.ts";
import { openClient } from "../events/live-client.ts";
import { Reader } from "../events/live-feed.ts";
import { followOrEnd, lastEventId } from "../events/live-routes.ts";
import { type Files, isUploadOf, type StoredFile } from "../files/files.ts";
import { UNSENT_MS } from "../files/limits.ts";
import { serveFile } from "../files/serve.ts";
import { isFileIn } from "../files/store.ts";
import { acceptRawBodies, receiveUpload } from "../files/upload.ts";
import { rateLimiter } from "../http/limits.ts";
import { TooManyRequests } from "../http/problem.ts";
import { scheduleTimer } from "../jobs/timers.ts";
import type { Kernel } from "../kernel.ts";
import { accountOf, registerDoor, takeOne, visitorOf } from "./door.ts";
import { openFileLinks } from "./file-links.ts";
import {
  STREAM_OPENINGS,
  STREAMS_AT_ONCE,
  STREAMS_BY_ADDRESS,
  UPLOADS,
  UPLOADS_BY_ADDRESS,
} from "./limits.ts";
import { placeOf, type Visitor } from "./store.ts";

/** Everything of the visitor API that is no contract: the door before all of it, files, and the stream. */
export function registerVisitor(
  app: FastifyInstance,
  kernel: Kernel,
  parts: { live: Live; files: Files },
): void {
  registerDoor(app, kernel);
  registerFiles(app, kernel, parts.files);
  registerStream(app, kernel, parts.live);
}

function registerFiles(app: FastifyInstance, kernel: Kernel, files: Files): void {
  const uploads = rateLimiter(UPLOADS, kernel.clock);
  const byAddress = rateLimiter(UPLOADS_BY_ADDRESS, kernel.clock);
  app.register(async (scope) => {
    acceptRawBodies(scope);
    scope.post("/web/:key/files", async (request, reply) => {
      const visitor = visitorOf(kernel, request);
      takeOne(byAddress, request.ip);
      takeOne(uploads, visitor.hash);
      const stored = await receiveUpload(request, files, {
        tenantId: visitor.tenantId,
        visitor: visitor.hash,
      });
      await settleLater(kernel, visitor, stored);
      return reply.code(201).header("cache-control", "no-store").send(stored);
    });
    scope.get<{ Params: { id: string } }>("/web/:key/files/:id", async (request, reply) => {
      const { tenantId } = accountOf(kernel, request);
      const fileId = request.params.id;
      const admit = () => admitToFile(kernel, request, { tenantId, id: fileId });
      return serveFile(request, reply, { kernel, files, tenantId, fileId, admit, isForEveryOrigin: true });
    });
  });
}

/** A file that is never sent would stay for ever; one that is sent gets its conversation at the latest then. */
function settleLater(kernel: Kernel, visitor: Visitor, { fileId }: StoredFile): Promise<void> {
  const dueAt = kernel.clock.now() + UNSENT_MS;
  const payload = { fileId, visitor: visitor.hash };
  return scheduleTimer(kernel, {
    tenantId: visitor.tenantId,
    kind: "file_settle",
    key: fileId,
    dueAt,
    payload,
  });
}

/** By a signed address, or as the visitor in whose conversation it stands. @throws AppError not_found */
async function admitToFile(
  kernel: Kernel,
  request: FastifyRequest,
  file: { tenantId: number; id: string },
): Promise<void> {
  const { t: token } = request.query as { t?: unknown };
  if (token !== undefined) {
    if ((await openFileLinks(kernel)).isValid(token, file)) return;
    throw new AppError("not_found", "The address has expired. Load the conversation again.");
  }
  const visitor = visitorOf(kernel, request);
  if (isUploadOf(file.id, visitor.hash)) return;
  const isShown = await kernel.db.tenant(file.tenantId, async (tx) => {
    const place = await placeOf(tx, visitor);
    return place !== null && isFileIn(tx, { ...file, conversationId: place.conversationId });
  });
  if (!isShown) throw new AppError("not_found");
}

function registerStream(app: FastifyInstance, kernel: Kernel, live: Live): void {
  const openings = rateLimiter(STREAM_OPENINGS, kernel.clock);
  const byAddress = rateLimiter(STREAMS_BY_ADDRESS, kernel.clock);
  const open = new Map<string, number>();
  const count = (hash: string, by: 1 | -1) => {
    const now = (open.get(hash) ?? 0) + by;
    if (now > 0) open.set(hash, now);
    else open.delete(hash);
  };
  app.get("/web/:key/stream", async (request, reply) => {
    const { tenantId, channelId, hash } = visitorOf(kernel, request);
    takeOne(byAddress, request.ip);
    takeOne(openings, hash);
    if ((open.get(hash) ?? 0) >= STREAMS_AT_ONCE) throw new TooManyRequests(TOO_MANY_STREAMS_S);
    const from = lastEventId(request);
    const conversationId = (
      await kernel.db.tenant(tenantId, (tx) => placeOf(tx, { tenantId, channelId, hash }))
    )?.conversationId;
    count(hash, 1);
    const client = openClient(reply, "visitor", performance.now(), () => {
      count(hash, -1);
      live.leave(reader);
    });
    const reader = new Reader(tenantId, client, { hash, channelId, conversationId: conversationId ?? null });
    await followOrEnd(live, reader, from);
  });
}

/** Seconds after which a tab may try again. */
const TOO_MANY_STREAMS_S = 30;

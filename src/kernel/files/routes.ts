import type { FastifyInstance } from "fastify";
import { AppError } from "../errors.ts";
import { rateLimiter } from "../http/limits.ts";
import { TooManyRequests } from "../http/problem.ts";
import type { Kernel } from "../kernel.ts";
import type { Files } from "./files.ts";
import { serveFile } from "./serve.ts";
import { acceptRawBodies, receiveUpload } from "./upload.ts";

/** Uploads of one person at the desk. */
const STAFF_UPLOADS = { burst: 60, perMinute: 60 };

/**
 * Files for staff: POST /api/v1/files?name=… with the raw bytes -> 201 {"fileId","mime","name","size"}, and
 * GET /api/v1/files/:id. With `as=map` an owner uploads a city's map. Not contracts, because neither speaks JSON; `actorOf` says who calls.
 */
export function fileRoutes(app: FastifyInstance, kernel: Kernel, files: Files): void {
  const uploads = rateLimiter(STAFF_UPLOADS, kernel.clock);
  app.register(async (scope) => {
    acceptRawBodies(scope);
    scope.post("/api/v1/files", async (request, reply) => {
      const actor = await scope.actorOf(request);
      const wait = uploads.take(`${actor.tenantId} ${actor.staffId}`);
      if (wait !== null) throw new TooManyRequests(wait);
      const isMap = (request.query as { as?: unknown }).as === "map";
      if (isMap && actor.role !== "owner") throw new AppError("forbidden");
      const stored = await receiveUpload(request, files, { tenantId: actor.tenantId, isMap });
      return reply.code(201).header("cache-control", "no-store").send(stored);
    });
    scope.get<{ Params: { id: string } }>("/api/v1/files/:id", async (request, reply) => {
      const { tenantId } = await scope.actorOf(request);
      return serveFile(request, reply, { kernel, files, tenantId, fileId: request.params.id });
    });
  });
}

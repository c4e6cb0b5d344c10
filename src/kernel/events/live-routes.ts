import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import { rateLimiter } from "../http/limits.ts";
import { TooManyRequests } from "../http/problem.ts";
import type { Kernel } from "../kernel.ts";
import { type Live, openLive } from "./live.ts";
import { openClient } from "./live-client.ts";
import { Reader } from "./live-feed.ts";

/** Streams that one person at the desk opens; a lost network opens them again and again. */
const OPENINGS = { burst: 60, perMinute: 60 };

/**
 * GET /api/v1/events?tenant=…: what happens at the desk as server-sent events (api/events.ts), resumed by
 * Last-Event-ID. @returns the feed; `registerVisitor` needs it too, and it ends with the server
 */
export type { Live } from "./live.ts";

export function registerLive(app: FastifyInstance, kernel: Kernel): Live {
  const live = openLive(kernel);
  const openings = rateLimiter(OPENINGS, kernel.clock);
  app.get("/api/v1/events", async (request, reply) => {
    const actor = await app.actorOf(request);
    const wait = openings.take(`${actor.tenantId} ${actor.staffId}`);
    if (wait !== null) throw new TooManyRequests(wait);
    const from = lastEventId(request);
    const client = openClient(reply, "desk", performance.now(), () => live.leave(reader));
    const reader = new Reader(actor.tenantId, client);
    await followOrEnd(live, reader, from);
  });
  // Open streams would hold the server's closing up.
  app.addHook("preClose", () => live.close());
  return live;
}

/** After the stream has begun there is no status left to answer with: a failure ends it, and the reader comes back. */
export async function followOrEnd(live: Live, reader: Reader, from: number | null): Promise<void> {
  await live.follow(reader, from).catch(() => reader.client.end());
}

/** The header's seq; null begins now. @throws AppError bad_request for what we never gave out */
export function lastEventId(request: FastifyRequest): number | null {
  const given = request.headers["last-event-id"];
  if (given === undefined || given === "") return null;
  const seq = Number(given);
  if (!Number.isSafeInteger(seq) || seq < 0)
    throw new AppError("bad_request", "Last-Event-ID is no place of ours.");
  return seq;
}

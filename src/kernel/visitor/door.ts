import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import type { RateLimiter } from "../http/limits.ts";
import { TooManyRequests } from "../http/problem.ts";
import type { Kernel } from "../kernel.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import { VISITOR_BODY_BYTES } from "./limits.ts";
import type { Visitor } from "./store.ts";

/** Whoever calls /web/:key/…: which page it comes from, and which visitor it is. */

const PREFIX = "/web/";
const PREFLIGHT_SECONDS = 7_200;
/** At least 128 bits, base64url. */
const VISITOR_KEY = /^Visitor ([\w-]{22,128})$/;

/**
 * Guards every route below /web/: the key must be one of ours, a foreign origin must be on the channel's list.
 * Answers preflights. No cookie is ever asked for, so no credentials are allowed (Fetch, "CORS protocol").
 */
export function registerDoor(app: FastifyInstance, kernel: Kernel): void {
  app.addHook("onRequest", async (request, reply) => {
    // The matched route, not the address as it was written: "/%77eb/…" leads here too.
    if (!request.routeOptions.url?.startsWith(PREFIX)) return;
    reply.header("vary", "origin");
    const account = accountOf(kernel, request);
    admitOrigin(kernel, account, request, reply);
    const isFile = request.routeOptions.url?.endsWith("/files") ?? false;
    if (!isFile && Number(request.headers["content-length"] ?? 0) > VISITOR_BODY_BYTES)
      throw new AppError("too_large", "At most 64 KB.");
  });
  app.options("/web/:key/*", async (_request, reply) =>
    reply
      .code(204)
      .headers({
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type, last-event-id",
        "access-control-max-age": String(PREFLIGHT_SECONDS),
      })
      .send(),
  );
}

/** @throws AppError not_found for a key that nobody has, or whose channel is switched off */
export function accountOf(kernel: Kernel, request: FastifyRequest): RegisteredAccount {
  const { key } = request.params as { key?: unknown };
  const account = typeof key === "string" ? kernel.registry.accountByAddress("web", key) : undefined;
  if (!account?.active) throw new AppError("not_found");
  return account;
}

function admitOrigin(
  kernel: Kernel,
  account: RegisteredAccount,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { origin } = request.headers;
  // Pages of our own origin send none with GET; programs can send any, so this protects browsers, not secrets.
  if (origin === undefined) return;
  if (!isOwn(kernel, request, origin) && !allowedOrigins(account).has(origin)) {
    // So that the widget can read why; the answer says nothing of the company.
    reply.header("access-control-allow-origin", "*");
    throw new AppError("origin_not_allowed");
  }
  reply.headers({
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "retry-after",
    "cross-origin-resource-policy": "cross-origin",
  });
}

function isOwn(kernel: Kernel, request: FastifyRequest, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { publicUrl } = kernel.config;
  if (publicUrl && origin === new URL(publicUrl).origin) return true;
  return origin === `${request.protocol}://${request.host}`;
}

/** The owner may have written a page's address; its origin counts. */
export function allowedOrigins(account: Pick<RegisteredAccount, "settings">): Set<string> {
  const { origins } = account.settings;
  const given = Array.isArray(origins) ? origins : [];
  return new Set(
    given.filter((one) => typeof one === "string" && URL.canParse(one)).map((one) => new URL(one).origin),
  );
}

/** @throws AppError not_signed_in without a visitor's key */
export function visitorOf(kernel: Kernel, request: FastifyRequest): Visitor {
  const key = VISITOR_KEY.exec(request.headers.authorization ?? "")?.[1];
  if (!key) throw new AppError("not_signed_in", "The visitor's key is missing: Authorization: Visitor KEY.");
  const account = accountOf(kernel, request);
  const hash = createHash("sha256").update(key).digest("base64url");
  return { tenantId: account.tenantId, channelId: account.id, hash };
}

/** @throws TooManyRequests */
export function takeOne(limiter: RateLimiter, key: string): void {
  const wait = limiter.take(key);
  if (wait !== null) throw new TooManyRequests(wait);
}

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { openAuth } from "../auth/actor.ts";
import { registerSignIn } from "../auth/bridge.ts";
import { AppError } from "../errors.ts";
import { randomToken } from "../ids.ts";
import type { Kernel } from "../kernel.ts";
import { httpSeconds } from "../observe.ts";
import type { Access } from "./contract.ts";
import { registerDocs } from "./docs-page.ts";
import { commonHeaders } from "./headers.ts";
import { registerHealth } from "./health.ts";
import { registerHere } from "./here.ts";
import {
  BODY_BYTES,
  KEEP_ALIVE_MS,
  PARAMETER_CHARACTERS,
  RATE_RULES,
  type RateRules,
  REQUEST_TIMEOUT_MS,
  rateLimiter,
} from "./limits.ts";
import { openApi } from "./openapi.ts";
import { knownError, PROBLEM_TYPE, problemOf, TooManyRequests } from "./problem.ts";
import { registerRoute } from "./register.ts";
import type { Actor, AnyRoute } from "./route.ts";
import { registerPages } from "./static.ts";

/** Proxies between us and the world when config says that there is one. */
const PROXIES = 1;

declare module "fastify" {
  interface FastifyInstance {
    /** Who calls, for endpoints that are no contract (streams, uploads). @throws AppError as Auth.actor does */
    actorOf(request: FastifyRequest, access?: Exclude<Access, "public">): Promise<Actor>;
  }
  interface FastifyRequest {
    /** A JSON body as it came, for routes that check a signature over it; "" without one. */
    rawText: string;
  }
}

export interface HttpOptions {
  routes: readonly AnyRoute[];
  /** Tests: a reply that does not fit its contract is a 500 instead of a surprise for the caller. */
  checkReplies?: boolean;
  /** Folder of the built web pages (dist/web); none = no pages. */
  pages?: string;
  rateRules?: Partial<RateRules>;
  version?: string;
}

/**
 * The node's HTTP door: every contract becomes a validated route; sign-in, reference, health, figures and pages
 * stand beside them. Endpoints that are no contract (webhooks, streams, files) register on the returned instance
 * before `listen`.
 */
export function createHttpServer(kernel: Kernel, options: HttpOptions): FastifyInstance {
  const app = Fastify({
    // Fastify would log addresses and query strings; we log the route's pattern, and only when something broke.
    logger: false,
    // The one proxy before us, not what a caller wrote into X-Forwarded-For: limits count by that address.
    trustProxy: kernel.config.trustProxy && ((_address: string, hop: number) => hop < PROXIES),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS, ignoreTrailingSlash: true },
    genReqId: requestIds(),
  });
  const auth = openAuth(kernel);
  const rules = { ...RATE_RULES, ...options.rateRules };
  app.decorate("actorOf", (request: FastifyRequest, access: Exclude<Access, "public"> = "staff") =>
    auth.actor(request, access),
  );
  addHooks(app, kernel, rules);
  addErrors(app, kernel);
  acceptEmptyJson(app);
  const parts = {
    kernel,
    auth,
    checkReplies: options.checkReplies ?? false,
    actorLimit: rateLimiter(rules.actor, kernel.clock),
    visitorLimit: rateLimiter(rules.visitor, kernel.clock),
  };
  for (const route of options.routes) registerRoute(app, route, parts);
  registerSignIn(app, kernel, auth, rules);
  const version = options.version ?? "0";
  registerDocs(app, () => openApi(options.routes, { version, publicUrl: kernel.config.publicUrl }));
  registerHealth(app, kernel, version);
  registerHere(app, kernel);
  if (options.pages) registerPages(app, { folder: options.pages, kernel });
  return app;
}

/** Random once, then counted: thousands of webhooks a second each get one, and nobody ever asks for most of them. */
function requestIds(): () => string {
  const start = randomToken(6);
  let count = 0;
  return () => `${start}-${(count++).toString(36)}`;
}

function addHooks(app: FastifyInstance, kernel: Kernel, rules: RateRules): void {
  const headers = commonHeaders(kernel.config.publicUrl.startsWith("https:"));
  const byAddress = rateLimiter(rules.address, kernel.clock);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    // Providers send from few addresses and in bursts; webhooks have their own limits at their door.
    if (request.url.startsWith("/hooks/")) return;
    const wait = byAddress.take(request.ip);
    if (wait !== null) throw new TooManyRequests(wait);
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    httpSeconds.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
  });
}

/** One place where an error becomes problem+json. */
function addErrors(app: FastifyInstance, kernel: Kernel): void {
  const send = (reply: FastifyReply, error: AppError, requestId?: string) =>
    reply
      .code(error.status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemOf(error, requestId)));
  app.setNotFoundHandler((_request, reply) => send(reply, new AppError("not_found")));
  app.setErrorHandler((error, request, reply) => {
    const known = knownError(error);
    if (known instanceof TooManyRequests) reply.header("retry-after", known.retryAfterSeconds);
    if (known?.code === "busy") reply.header("retry-after", 2);
    if (known) return send(reply, known);
    // The reference joins what the caller saw with this line; the line names the route, never the person.
    kernel.log.error(
      {
        reference: request.id,
        method: request.method,
        route: request.routeOptions.url,
        error: faultOf(error),
      },
      "request failed",
    );
    return send(reply, new AppError("internal"), request.id);
  });
}

/** Name, code and stack: a database's `detail` would quote values. */
function faultOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  return {
    name: error.name,
    message: error.message,
    code: (error as NodeJS.ErrnoException).code,
    stack: error.stack,
  };
}

/** A call without a body may still say that it is JSON; many clients do. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.decorateRequest("rawText", "");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    request.rawText = body as string;
    return parse(request, body as string, done);
  });
}

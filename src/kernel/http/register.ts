import { isDeepStrictEqual } from "node:util";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Auth } from "../auth/actor.ts";
import { AppError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import type { Contract } from "./contract.ts";
import type { RateLimiter } from "./limits.ts";
import { TooManyRequests } from "./problem.ts";
import type { Actor, AnyRoute, Call } from "./route.ts";

export interface RouteParts {
  kernel: Kernel;
  auth: Auth;
  checkReplies: boolean;
  actorLimit: RateLimiter;
  visitorLimit: RateLimiter;
}

/** Who calls a public route: nobody. The type says that an actor is there only for the other routes. */
const NOBODY: Actor = Object.freeze({ tenantId: 0, role: "agent", staffId: "", name: "" });

/** Turns a contract into a route: who, how often, what, then the use, then its answer. */
export function registerRoute(app: FastifyInstance, route: AnyRoute, parts: RouteParts): void {
  const { contract } = route;
  if (!contract.acceptsForm) {
    place(app, route, parts);
    return;
  }
  if (contract.access !== "public")
    throw new Error(`${contract.path}: a form is taken without a session only`);
  app.register(async (scope) => {
    acceptForm(scope);
    place(scope, route, parts);
  });
}

/** The preflight says nothing of anybody; whether the page may read the answer, the answer says (Fetch, "CORS protocol"). */
function answerPreflights(app: FastifyInstance, { contract }: AnyRoute): void {
  if (contract.access !== "public")
    throw new Error(`${contract.path}: other sites' pages call without a session only`);
  app.options(contract.path, async (_request, reply) =>
    reply
      .code(204)
      .headers({
        "access-control-allow-origin": "*",
        "access-control-allow-methods": contract.method,
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "7200",
        "cross-origin-resource-policy": "cross-origin",
      })
      .send(),
  );
}

function place(app: FastifyInstance, route: AnyRoute, parts: RouteParts): void {
  const { contract } = route;
  if (contract.isCrossOrigin) answerPreflights(app, route);
  app.route({
    method: contract.method,
    url: contract.path,
    ...(contract.bodyBytes ? { bodyLimit: contract.bodyBytes } : {}),
    handler: async (request, reply) => {
      const call = await read(contract, request, reply, parts);
      const result = await route.use(call);
      if (reply.sent) return reply;
      const answer = parts.checkReplies ? checked(contract, result) : result;
      if (contract.access !== "public") reply.header("cache-control", "no-store");
      return reply.code(contract.status ?? 200).send(answer);
    },
  });
}

/** A form as an object of texts; a name that comes twice is a list, "user[]" too. */
function acceptForm(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (request, body, done) => {
      request.rawText = body as string;
      const form = new URLSearchParams(body as string);
      const names = [...new Set(form.keys())];
      done(
        null,
        Object.fromEntries(
          names.map((name) => {
            const values = form.getAll(name);
            return [name, values.length > 1 ? values : values[0]];
          }),
        ),
      );
    },
  );
}

async function read(
  contract: AnyRoute["contract"],
  request: FastifyRequest,
  reply: FastifyReply,
  parts: RouteParts,
): Promise<Call<Contract>> {
  const actor = contract.access === "public" ? NOBODY : await parts.auth.actor(request, contract.access);
  const wait =
    contract.access === "public"
      ? parts.visitorLimit.take(request.ip)
      : parts.actorLimit.take(`${actor.tenantId} ${actor.staffId}`);
  if (wait !== null) throw new TooManyRequests(wait);
  return {
    params: parse(contract.params, request.params, "params"),
    query: parse(contract.query, request.query, "query"),
    body: parse(contract.body, request.body, "body"),
    actor,
    request,
    reply,
  };
}

/** A path parameter that cannot be an id names nothing, so it answers like an unknown one. */
function parse(schema: z.ZodType | undefined, value: unknown, part: "params" | "query" | "body"): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value ?? (part === "body" ? undefined : {}));
  if (result.success) return result.data;
  if (part === "params") throw new AppError("not_found");
  const fields = result.error.issues.map((issue) => ({
    path: [...(part === "query" ? ["query"] : []), ...issue.path].map(String).join("."),
    message: issue.message,
  }));
  throw new AppError("bad_request", undefined, fields);
}

/** @throws Error when the reply misses something, or says more than its contract */
function checked(contract: AnyRoute["contract"], result: unknown): unknown {
  const wire: unknown = JSON.parse(JSON.stringify(result ?? null));
  const fit = contract.reply.safeParse(wire);
  const name = `${contract.method} ${contract.path}`;
  if (!fit.success) {
    const places = fit.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
    throw new Error(`The reply of ${name} does not fit its contract: ${places}`);
  }
  if (!isDeepStrictEqual(wire, JSON.parse(JSON.stringify(fit.data))))
    throw new Error(`The reply of ${name} says more than its contract, or leaves out what has a default`);
  return wire;
}

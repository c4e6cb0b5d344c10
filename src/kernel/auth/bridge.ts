import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError, type ErrorCode } from "../errors.ts";
import { type RateRules, rateLimiter } from "../http/limits.ts";
import { TooManyRequests } from "../http/problem.ts";
import type { Kernel } from "../kernel.ts";
import { type Auth, isForeign } from "./actor.ts";
import { AUTH_PATH } from "./sign-in.ts";

/** The library offers more; these are what staff need. */
const OPEN = new Set([
  "POST /sign-in/email",
  "POST /sign-out",
  "GET /get-session",
  "POST /change-password",
  "POST /revoke-other-sessions",
]);
const BODY_BYTES = 16_384;
const CODES: Readonly<Record<number, ErrorCode>> = {
  401: "not_signed_in",
  403: "forbidden",
  404: "not_found",
};

/** Mounts sign-in: turns Fastify's requests into the library's, its errors into ours, counts failed attempts. */
export function registerSignIn(app: FastifyInstance, kernel: Kernel, auth: Auth, rules: RateRules): void {
  const byAddress = rateLimiter(rules.failedSignInByAddress, kernel.clock);
  const byAccount = rateLimiter(rules.failedSignInByAccount, kernel.clock);

  /** Counts before the password is tried, so that attempts side by side count too. @returns takes it back */
  function countAttempt(address: string, account: string): () => void {
    const byPlace = byAddress.take(address);
    const wait = byPlace ?? byAccount.take(account);
    if (wait === null)
      return () => {
        byAddress.giveBack(address);
        byAccount.giveBack(account);
      };
    if (byPlace === null) byAddress.giveBack(address);
    throw new TooManyRequests(wait);
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const path = request.url.slice(AUTH_PATH.length).split("?", 1)[0] ?? "";
    if (!OPEN.has(`${request.method} ${path}`)) throw new AppError("not_found");
    if (isForeign(request, kernel.config.publicUrl))
      throw new AppError("forbidden", "The request came from a page of another origin.");
    const account = path === "/sign-in/email" ? `${request.ip} ${emailOf(request.body)}` : null;
    const giveBack = account === null ? () => {} : countAttempt(request.ip, account);
    const response = await auth.signIn
      .handle(requestOf(request, kernel.config.publicUrl))
      .catch((error: Error) => {
        giveBack();
        throw error;
      });
    if (response.status !== 401) giveBack();
    if (path !== "/get-session") auth.sessions.forget();
    for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
    reply.header("cache-control", "no-store");
    if (response.status < 400) {
      reply.code(response.status).type("application/json");
      return response.text();
    }
    throw await errorOf(response);
  }

  app.route({ method: ["GET", "POST"], url: `${AUTH_PATH}/*`, bodyLimit: BODY_BYTES, handler: answer });
}

function emailOf(body: unknown): string {
  const email = (body as { email?: unknown } | undefined)?.email;
  return typeof email === "string" ? email.trim().toLowerCase().slice(0, 200) : "";
}

/** The library sees our own origin, whichever name the caller used for it. */
function requestOf(request: FastifyRequest, publicUrl: string): Request {
  const origin = publicUrl ? new URL(publicUrl).origin : `${request.protocol}://${request.host}`;
  const headers = new Headers();
  for (const name of [
    "cookie",
    "origin",
    "referer",
    "user-agent",
    "sec-fetch-site",
    "sec-fetch-mode",
    "sec-fetch-dest",
  ]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  if (request.method !== "POST") return new Request(origin + request.url, { headers });
  headers.set("content-type", "application/json");
  return new Request(origin + request.url, {
    method: "POST",
    headers,
    body: JSON.stringify(request.body ?? {}),
  });
}

async function errorOf(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => ({}))) as { message?: string };
  if (response.status >= 500) throw new Error(`sign-in failed with ${response.status}`);
  return new AppError(CODES[response.status] ?? "bad_request", body.message);
}

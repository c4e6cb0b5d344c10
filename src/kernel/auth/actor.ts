import type { FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import type { Access } from "../http/contract.ts";
import type { Actor } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { type ApiKeys, openApiKeys } from "./api-keys.ts";
import { type Memberships, openMemberships } from "./memberships.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import { openSignIn, type SignIn } from "./sign-in.ts";

/** Who calls, found from a request: an API key, or a session and the company it chose. */
export interface Auth {
  signIn: SignIn;
  sessions: Sessions;
  memberships: Memberships;
  keys: ApiKeys;
  /**
   * @throws AppError not_signed_in without a valid key or session; forbidden when the role is too low or a foreign
   * page sent the request; not_found for a company that the caller does not belong to
   */
  actor(request: FastifyRequest, access: Exclude<Access, "public">): Promise<Actor>;
}

const RANK = { agent: 1, manager: 2, owner: 3 } as const;
const NEEDED = { staff: 1, manager: 2, owner: 3 } as const;

const opened = new WeakMap<Kernel, Auth>();

/** One per kernel, so that the server and the routes forget a session at the same moment. */
export function openAuth(kernel: Kernel): Auth {
  const known = opened.get(kernel);
  if (known) return known;
  const auth = create(kernel);
  opened.set(kernel, auth);
  return auth;
}

function create(kernel: Kernel): Auth {
  const signIn = openSignIn(kernel);
  const keys = openApiKeys(kernel);
  const sessions = openSessions(kernel, signIn);
  const memberships = openMemberships(kernel);
  return {
    signIn,
    sessions,
    memberships,
    keys,
    async actor(request, access) {
      const actor =
        (await byKey(keys, request)) ?? (await bySession({ kernel, sessions, memberships }, request));
      if (!actor) throw new AppError("not_signed_in");
      if (RANK[actor.role] < NEEDED[access]) throw new AppError("forbidden");
      return actor;
    },
  };
}

async function byKey(keys: ApiKeys, request: FastifyRequest): Promise<Actor | null> {
  const secret = keyOf(request);
  if (secret === undefined) return null;
  const key = await keys.find(secret);
  if (!key) throw new AppError("not_signed_in", "The API key is unknown or was revoked.");
  const chosen = chosenTenant(request);
  if (chosen !== undefined && chosen !== key.tenantId) throw new AppError("not_found");
  return { tenantId: key.tenantId, role: key.role, staffId: `key:${key.id}`, name: key.name };
}

function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers["x-api-key"];
  if (typeof header === "string") return header;
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

async function bySession(
  parts: { kernel: Kernel; sessions: Sessions; memberships: Memberships },
  request: FastifyRequest,
): Promise<Actor | null> {
  const user = await parts.sessions.find(request);
  if (!user) return null;
  if (isForeign(request, parts.kernel.config.publicUrl))
    throw new AppError("forbidden", "The request came from a page of another origin.");
  const companies = await parts.memberships.of(user.userId);
  const chosen = chosenTenant(request);
  const staff = chosen === undefined ? companies[0] : companies.find((one) => one.tenantId === chosen);
  if (!staff) throw new AppError("not_found", "You do not belong to this company.");
  await parts.memberships.seen(staff.tenantId, user.userId);
  return { tenantId: staff.tenantId, role: staff.role, staffId: user.userId, name: staff.name };
}

/** Header X-Tenant, or ?tenant= where a header cannot be set (pictures, downloads, EventSource). */
function chosenTenant(request: FastifyRequest): number | undefined {
  const given = request.headers["x-tenant"] ?? (request.query as Record<string, unknown> | undefined)?.tenant;
  if (given === undefined || given === "") return undefined;
  const id = Number(given);
  if (!Number.isInteger(id)) throw new AppError("not_found");
  return id;
}

/**
 * A page elsewhere that makes a browser send our cookie. The cookie is SameSite=Lax already; this is the second
 * lock (OWASP CSRF prevention: verify the origin with standard headers).
 */
export function isForeign(request: FastifyRequest, publicUrl: string): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const { origin } = request.headers;
  if (origin === undefined) return false;
  if (publicUrl && origin === new URL(publicUrl).origin) return false;
  if (!URL.canParse(origin)) return true;
  const { protocol, host } = new URL(origin);
  const own = `${protocol}//${request.host}`;
  return !URL.canParse(own) || new URL(own).host !== host;
}

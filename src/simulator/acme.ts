import { createPublicKey, randomBytes, verify } from "node:crypto";
import { get } from "node:http";
import { type Issuer, newIssuer, readRequest, thumbprintOf } from "./acme-der.ts";
import { type Ask, json, objectOf, type Reply, type SimulatorServer, serve } from "./http.ts";

/**
 * A certificate authority as RFC 8555 describes one: directory, nonces that are good once, signed requests,
 * accounts, orders, authorizations that are proved by really fetching the file over HTTP, finalization by a signed
 * request, certificates. It says no where the standard says so.
 */

const DAY_MS = 86_400_000;
const FETCH_MS = 3_000;

export interface AcmeSettings {
  port: number;
  /** Where challenges are fetched whatever the domain: the world's DNS is not here. Default 127.0.0.1:80. */
  challengeAt?: { host: string; port: number };
  lifetimeDays?: number;
  /** Certificates begin so much earlier: for renewals without waiting. */
  agedDays?: number;
  now?: () => number;
}

/** What tests may set while it runs. */
export interface AcmeFaults {
  /** The next so many nonces are refused. */
  badNonces: number;
  /** Problem type of the next order, e.g. "rateLimited". */
  refuseOrder: string | null;
  lifetimeDays: number;
  agedDays: number;
}

export interface AcmeSimulator extends SimulatorServer {
  directory: string;
  /** The authority's own certificate. */
  root: string;
  faults: AcmeFaults;
  seen: { accounts: number; orders: number; fetches: string[]; contacts: string[] };
}

class Problem extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, detail: string, status = 400) {
    super(detail);
    this.type = type;
    this.status = status;
  }
}

interface Order {
  account: string;
  domain: string;
  status: "pending" | "ready" | "valid" | "invalid";
  challenge: "pending" | "processing" | "valid" | "invalid";
  token: string;
  error: unknown;
  certificate: string;
}

interface Authority {
  issuer: Issuer;
  nonces: Set<string>;
  /** kid -> public key */
  accounts: Map<string, Record<string, unknown>>;
  orders: Map<string, Order>;
  settings: AcmeSettings;
  faults: AcmeFaults;
  seen: AcmeSimulator["seen"];
  base: string;
  now(): number;
}

interface Signed {
  account: string;
  jwk: Record<string, unknown>;
  payload: Record<string, unknown> | null;
}

export async function startAcme(settings: AcmeSettings): Promise<AcmeSimulator> {
  const now = settings.now ?? Date.now;
  const authority: Authority = {
    issuer: newIssuer(now()),
    nonces: new Set(),
    accounts: new Map(),
    orders: new Map(),
    settings,
    faults: {
      badNonces: 0,
      refuseOrder: null,
      lifetimeDays: settings.lifetimeDays ?? 90,
      agedDays: settings.agedDays ?? 0,
    },
    seen: { accounts: 0, orders: 0, fetches: [], contacts: [] },
    base: "",
    now,
  };
  const server = await serve(async (ask) => handle(authority, ask), { port: settings.port });
  authority.base = server.url;
  return {
    ...server,
    directory: `${server.url}/directory`,
    root: authority.issuer.pem,
    faults: authority.faults,
    seen: authority.seen,
  };
}

async function handle(authority: Authority, ask: Ask): Promise<Reply> {
  const nonce = randomBytes(16).toString("base64url");
  const withNonce = (reply: Reply): Reply => {
    authority.nonces.add(nonce);
    return { ...reply, headers: { ...reply.headers, "replay-nonce": nonce } };
  };
  const { base } = authority;
  if (ask.path === "/directory")
    return json({ newNonce: `${base}/nonce`, newAccount: `${base}/account`, newOrder: `${base}/order` });
  if (ask.path === "/nonce") return withNonce({ status: ask.method === "HEAD" ? 200 : 204, body: "" });
  try {
    return withNonce(await answer(authority, ask));
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("malformed", String(error));
    return withNonce({ ...json(problemOf(problem), problem.status), type: "application/problem+json" });
  }
}

function problemOf({ type, message }: Problem): object {
  return { type: `urn:ietf:params:acme:error:${type}`, detail: message };
}

async function answer(authority: Authority, ask: Ask): Promise<Reply> {
  if (ask.method !== "POST") throw new Problem("malformed", "only POST", 405);
  if (ask.headers["content-type"] !== "application/jose+json")
    throw new Problem("malformed", "content type must be application/jose+json", 415);
  const signed = readSigned(authority, ask);
  const [, kind = "", id = ""] = ask.path.split("/");
  if (kind === "account") return account(authority, signed);
  if (kind === "order" && id === "") return newOrder(authority, signed);
  const order = authority.orders.get(id);
  if (!order || order.account !== signed.account) throw new Problem("unauthorized", "not yours", 403);
  if (kind === "order") return json(orderView(authority, id, order));
  if (kind === "authorization") return json(authorizationView(authority, id, order));
  if (kind === "challenge") return challenge(authority, id, order, signed);
  if (kind === "finalize") return finalize(authority, id, order, signed);
  if (kind === "certificate" && order.certificate)
    return { status: 200, type: "application/pem-certificate-chain", body: order.certificate };
  throw new Problem("malformed", "there is nothing here", 404);
}

/** RFC 8555 6.2 to 6.5: address, nonce, key or account, signature. */
function readSigned(authority: Authority, ask: Ask): Signed {
  const jws = objectOf(ask.body) ?? {};
  const part = (name: string) => (typeof jws[name] === "string" ? (jws[name] as string) : "");
  const header = objectOf(Buffer.from(part("protected"), "base64url")) ?? {};
  if (header.alg !== "ES256") throw new Problem("badSignatureAlgorithm", "ES256 only");
  if (header.url !== `${authority.base}${ask.path}`)
    throw new Problem("unauthorized", "signed for another address", 403);
  const isGood = authority.nonces.delete(String(header.nonce));
  if (!isGood || authority.faults.badNonces > 0) {
    authority.faults.badNonces = Math.max(0, authority.faults.badNonces - 1);
    throw new Problem("badNonce", "nonce is unknown or was used");
  }
  const isFirst = ask.path === "/account";
  if (isFirst === (header.jwk === undefined))
    throw new Problem("malformed", "jwk for a new account, kid for all else");
  const kid = String(header.kid ?? "");
  const jwk = (isFirst ? header.jwk : authority.accounts.get(kid)) as Record<string, unknown> | undefined;
  if (!jwk) throw new Problem("accountDoesNotExist", "there is no such account");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const text = Buffer.from(`${part("protected")}.${part("payload")}`);
  const signature = Buffer.from(part("signature"), "base64url");
  if (!verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, signature))
    throw new Problem("malformed", "signature is wrong");
  const payload = part("payload") === "" ? null : (objectOf(Buffer.from(part("payload"), "base64url")) ?? {});
  return { account: kid, jwk, payload };
}

function account(authority: Authority, { jwk, payload }: Signed): Reply {
  const id = `${authority.base}/accounts/${thumbprintOf(jwk)}`;
  const isNew = !authority.accounts.has(id);
  if (isNew) {
    if (payload?.termsOfServiceAgreed !== true)
      throw new Problem("userActionRequired", "the terms must be agreed to", 403);
    authority.seen.accounts += 1;
    for (const contact of (payload.contact ?? []) as string[]) authority.seen.contacts.push(contact);
  }
  authority.accounts.set(id, jwk);
  return { ...json({ status: "valid" }, isNew ? 201 : 200), headers: { location: id } };
}

function newOrder(authority: Authority, { account: owner, payload }: Signed): Reply {
  const { faults, seen, orders } = authority;
  if (faults.refuseOrder) throw new Problem(faults.refuseOrder, "refused for a test", 429);
  const identifiers = (payload?.identifiers ?? []) as { type: string; value: string }[];
  const [only] = identifiers;
  if (identifiers.length !== 1 || only?.type !== "dns")
    throw new Problem("unsupportedIdentifier", "one name of type dns");
  if (!/^([a-z0-9-]+\.)+[a-z0-9-]+$/.test(only.value))
    throw new Problem("rejectedIdentifier", "no host's name");
  seen.orders += 1;
  const id = randomBytes(8).toString("hex");
  const order: Order = {
    account: owner,
    domain: only.value,
    status: "pending",
    challenge: "pending",
    token: randomBytes(32).toString("base64url"),
    error: null,
    certificate: "",
  };
  orders.set(id, order);
  return {
    ...json(orderView(authority, id, order), 201),
    headers: { location: `${authority.base}/order/${id}` },
  };
}

function orderView({ base }: Authority, id: string, { status, domain, error, certificate }: Order): object {
  return {
    status,
    identifiers: [{ type: "dns", value: domain }],
    authorizations: [`${base}/authorization/${id}`],
    finalize: `${base}/finalize/${id}`,
    ...(error ? { error } : {}),
    ...(certificate ? { certificate: `${base}/certificate/${id}` } : {}),
  };
}

function challengeView({ base }: Authority, id: string, order: Order): object {
  const { challenge: status, token, error } = order;
  return { type: "http-01", url: `${base}/challenge/${id}`, status, token, ...(error ? { error } : {}) };
}

function authorizationView(authority: Authority, id: string, order: Order): object {
  const status = order.challenge === "processing" ? "pending" : order.challenge;
  const other = { type: "dns-01", url: `${authority.base}/no-dns/${id}`, status: "pending", token: "none" };
  return {
    status,
    identifier: { type: "dns", value: order.domain },
    challenges: [other, challengeView(authority, id, order)],
  };
}

/** Said to be ready: the file is fetched in the background, as authorities do. */
function challenge(authority: Authority, id: string, order: Order, { jwk, payload }: Signed): Reply {
  if (payload && order.challenge === "pending") {
    order.challenge = "processing";
    void prove(authority, order, `${order.token}.${thumbprintOf(jwk)}`);
  }
  return json(challengeView(authority, id, order));
}

async function prove(authority: Authority, order: Order, wanted: string): Promise<void> {
  const path = `/.well-known/acme-challenge/${order.token}`;
  authority.seen.fetches.push(path);
  const at = authority.settings.challengeAt ?? { host: "127.0.0.1", port: 80 };
  try {
    const text = await fetchText({ ...at, path, headers: { host: order.domain } });
    if (text.trimEnd() !== wanted) throw new Problem("unauthorized", "the file says something else", 403);
    order.challenge = "valid";
    order.status = "ready";
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("connection", String(error));
    order.challenge = "invalid";
    order.status = "invalid";
    order.error = problemOf(problem);
  }
}

function fetchText(where: { host: string; port: number; path: string; headers: object }): Promise<string> {
  return new Promise((done, fail) => {
    const asked = get(
      { ...where, headers: { ...where.headers }, timeout: FETCH_MS, agent: false },
      (reply) => {
        const parts: Buffer[] = [];
        reply.on("data", (part: Buffer) => parts.push(part));
        reply.on("end", () => {
          if (reply.statusCode === 200) done(Buffer.concat(parts).toString("utf8"));
          else fail(new Problem("unauthorized", `the file is not there: HTTP ${reply.statusCode}`, 403));
        });
      },
    );
    asked.on("timeout", () => asked.destroy(new Error("timeout")));
    asked.on("error", fail);
  });
}

function finalize(authority: Authority, id: string, order: Order, { payload }: Signed): Reply {
  if (order.status !== "ready") throw new Problem("orderNotReady", `the order is ${order.status}`, 403);
  let request: ReturnType<typeof readRequest>;
  try {
    request = readRequest(Buffer.from(String(payload?.csr ?? ""), "base64url"));
  } catch (error) {
    throw new Problem("badCSR", String(error));
  }
  if (request.names.join() !== order.domain) throw new Problem("badCSR", "names differ from the order's");
  const { lifetimeDays, agedDays } = authority.faults;
  const from = authority.now() - agedDays * DAY_MS;
  order.certificate = authority.issuer.issue(request, from, from + lifetimeDays * DAY_MS);
  order.status = "valid";
  return { ...json(orderView(authority, id, order)), headers: { location: `${authority.base}/order/${id}` } };
}

import { isIP } from "node:net";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, type Dispatcher } from "undici";
import { guardedLookup, isPublicAddress, type Resolve } from "#kernel";
import type { FetchFault } from "../../rules/feeds/health.ts";
import { maxAgeOf, retryAfterOf } from "../../rules/feeds/schedule.ts";
import { FetchError, faultOf } from "./fetch-faults.ts";

/** Asks sources politely and without believing them: bounded in time, size, redirects and where it connects to. */

export interface FetchLimits {
  /** From the first byte asked for to the last one read, redirects included. */
  readonly total_ms: number;
  /** After unpacking. */
  readonly maxBytes: number;
}

export const FETCH_LIMITS: FetchLimits = { total_ms: 20_000, maxBytes: 8 * 1024 * 1024 };

const CONNECT_MS = 5_000;
const REDIRECTS_MAX = 5;
/** Of one host at once. */
const CONNECTIONS = 2;
const HEADER_BYTES = 32 * 1024;
/** Ports below are other services' (mail, SSH); a feed on one of them is somebody's attempt. */
const OTHERS_PORTS_BELOW = 1024;
const AGENT_NAME = "Augenhoehe/1 (notice sources; asks seldom, obeys Retry-After and ETag)";

export interface FetchRequest {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly now: number;
  readonly limits?: FetchLimits;
}

export type Fetched<Body> =
  | {
      readonly got: "body";
      readonly body: Body;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly charset: string | null;
      readonly maxAgeMs: number | null;
    }
  | { readonly got: "unchanged"; readonly maxAgeMs: number | null }
  | { readonly got: "failed"; readonly fault: FetchFault; readonly retryAfterMs: number | null };

export interface SourceFetcher {
  /** @returns the bytes, unpacked; never throws for what the other side does */
  fetch(request: FetchRequest): Promise<Fetched<Buffer>>;
  /** The same for what is too large to hold: `sink` reads it as it comes; when it throws, so does this. */
  stream<T>(request: FetchRequest, sink: (body: Readable) => Promise<T>): Promise<Fetched<T>>;
  close(): Promise<void>;
}

export interface FetcherParts {
  /** `host` or `host:port` that may be asked although its address is private, on any port. Set by the node's operator. */
  readonly allowedHosts?: readonly string[];
  readonly resolve?: Resolve;
}

/** Who may be asked, and through what. */
export interface GuardedDoor {
  readonly isAllowed: (url: URL) => boolean;
  readonly agentOf: (url: URL) => Agent;
  close(): Promise<void>;
}

export function openGuardedDoor({ allowedHosts = [], resolve }: FetcherParts = {}): GuardedDoor {
  const allowed = new Set(
    allowedHosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== ""),
  );
  const isAllowed = ({ host, hostname }: URL) => allowed.has(host) || allowed.has(hostname);
  const settings = { connections: CONNECTIONS, maxHeaderSize: HEADER_BYTES };
  const guarded = new Agent({
    ...settings,
    connect: { timeout: CONNECT_MS, lookup: guardedLookup(resolve) },
  });
  // Only for what the operator has named: its addresses are not looked at.
  const trusting = new Agent({ ...settings, connect: { timeout: CONNECT_MS } });
  return {
    isAllowed,
    agentOf: (url) => (isAllowed(url) ? trusting : guarded),
    close: async () => void (await Promise.all([guarded.destroy(), trusting.destroy()])),
  };
}

export function openFetcher(parts: FetcherParts = {}): SourceFetcher {
  const door = openGuardedDoor(parts);

  async function stream<T>(request: FetchRequest, sink: (body: Readable) => Promise<T>): Promise<Fetched<T>> {
    const limits = request.limits ?? FETCH_LIMITS;
    const time = AbortSignal.timeout(limits.total_ms);
    try {
      const answer = await follow(request.url, { ...door, time, headers: headersOf(request) });
      return await receive(answer, { request, limits, time, sink });
    } catch (error) {
      const fault = faultOf(error, time.aborted);
      if (fault === null) throw error;
      return { got: "failed", fault, retryAfterMs: error instanceof FetchError ? error.retryAfterMs : null };
    }
  }

  return {
    stream,
    fetch: (request) => stream(request, collect),
    close: door.close,
  };
}

export async function collect(body: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

interface Asking {
  readonly time: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

/** Goes after redirects, each checked like the first address. @throws FetchError */
export async function follow(
  address: string,
  { time, headers, isAllowed, agentOf }: Pick<GuardedDoor, "isAllowed" | "agentOf"> & Asking,
): Promise<Dispatcher.ResponseData> {
  let url = checkedUrl(address, isAllowed);
  const seen = new Set<string>();
  for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
    if (seen.has(url.href)) throw new FetchError("redirect_loop");
    seen.add(url.href);
    const answer = await agentOf(url).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers,
      signal: time,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const to = answer.headers.location;
    if (answer.statusCode < 301 || answer.statusCode > 308 || answer.statusCode === 304 || !to) return answer;
    answer.body.on("error", () => {}).destroy();
    const next = nextUrl(String(to), url, isAllowed);
    // What was sent over TLS is not asked for again in the clear.
    if (url.protocol === "https:" && next.protocol === "http:") throw new FetchError("bad_redirect");
    url = next;
  }
  throw new FetchError("too_many_redirects");
}

function nextUrl(location: string, from: URL, isAllowed: (url: URL) => boolean): URL {
  if (!URL.canParse(location, from.href)) throw new FetchError("bad_redirect");
  return checkedUrl(new URL(location, from.href).href, isAllowed);
}

/** @throws FetchError bad_address, private_address */
export function checkedUrl(address: string, isAllowed: (url: URL) => boolean): URL {
  if (!URL.canParse(address)) throw new FetchError("bad_address");
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new FetchError("bad_address");
  if (url.username !== "" || url.password !== "") throw new FetchError("bad_address");
  url.hash = "";
  if (isAllowed(url)) return url;
  const port = Number(url.port || 0);
  if (port !== 0 && port < OTHERS_PORTS_BELOW && port !== 80 && port !== 443)
    throw new FetchError("bad_address");
  // A literal address is never looked up, so it is checked here; WHATWG URLs write all forms of it the same way.
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new FetchError("private_address");
  return url;
}

function headersOf(request: FetchRequest): Record<string, string> {
  return {
    "user-agent": AGENT_NAME,
    accept: "*/*",
    "accept-encoding": "gzip, deflate, br",
    ...(request.etag === null ? {} : { "if-none-match": request.etag }),
    ...(request.lastModified === null ? {} : { "if-modified-since": request.lastModified }),
  };
}

interface Receiving<T> {
  readonly request: FetchRequest;
  readonly limits: FetchLimits;
  readonly time: AbortSignal;
  readonly sink: (body: Readable) => Promise<T>;
}

/** @throws FetchError for every answer but 200 and 304 */
async function receive<T>(answer: Dispatcher.ResponseData, parts: Receiving<T>): Promise<Fetched<T>> {
  const { request, limits, time, sink } = parts;
  const { statusCode, headers } = answer;
  const maxAgeMs = maxAgeOf(textOf(headers["cache-control"]));
  if (statusCode !== 200) {
    answer.body.on("error", () => {}).destroy();
    if (statusCode === 304) return { got: "unchanged", maxAgeMs };
    throw new FetchError(
      faultOfStatus(statusCode),
      retryAfterOf(textOf(headers["retry-after"]), request.now),
    );
  }
  if (Number(headers["content-length"] ?? 0) > limits.maxBytes) {
    answer.body.on("error", () => {}).destroy();
    throw new FetchError("too_large");
  }
  const body = await unpacked(answer, { limits, time, sink });
  return {
    got: "body",
    body,
    etag: textOf(headers.etag)?.slice(0, 500) ?? null,
    lastModified: textOf(headers["last-modified"])?.slice(0, 100) ?? null,
    charset: /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(textOf(headers["content-type"]) ?? "")?.[1] ?? null,
    maxAgeMs,
  };
}

/** Unpacks while it counts: a small packet that becomes gigabytes ends at the limit. */
export async function unpacked<T>(
  answer: Dispatcher.ResponseData,
  { limits, time, sink }: Omit<Receiving<T>, "request">,
): Promise<T> {
  let size = 0;
  const counted = new Transform({
    transform(part: Buffer, _encoding, done) {
      size += part.length;
      done(size > limits.maxBytes ? new FetchError("too_large") : null, part);
    },
  });
  const layers = unpackers(textOf(answer.headers["content-encoding"]));
  const pumping = pipeline([answer.body, ...layers, counted], { signal: time });
  const [pumped, result] = await Promise.allSettled([pumping, sink(counted)]);
  if (pumped.status === "rejected") throw pumped.reason;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

function unpackers(encoding: string | undefined): Transform[] {
  const names = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  // Each layer multiplies what a small body may become.
  if (names.length > 1) throw new FetchError("broken_body");
  return names.map((name) => {
    if (name === "gzip" || name === "x-gzip") return createGunzip();
    if (name === "br") return createBrotliDecompress();
    if (name === "deflate") return createInflate();
    throw new FetchError("broken_body");
  });
}

function faultOfStatus(status: number): FetchFault {
  if (status === 404 || status === 410) return "not_found";
  if (status === 401 || status === 403) return "forbidden";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "http_error";
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

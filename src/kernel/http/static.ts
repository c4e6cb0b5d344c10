import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { COURIER_PERMISSIONS, PAGE_POLICY, WALLET_PERMISSIONS } from "./headers.ts";

/** Our built pages: few files, so each is read and compressed once and then served from memory. */

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};
const COMPRESSED = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** Bytes of compressed files held in memory. */
const MEMORY_BYTES = 16 * 1024 * 1024;
/** Vite puts a hash of the content into these names; one without capital or digit may be a word. */
const HASHED = /-(?=[\w-]*[A-Z0-9_])[\w-]{8}\.\w+$/;
const FOREVER = "public, max-age=31536000, immutable";
/** A name without a hash: a new version is seen after five minutes at the latest. */
const SHORT = "public, max-age=300, stale-while-revalidate=86400";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

interface Stored {
  type: string;
  etag: string;
  plain: Buffer;
  br: Buffer | null;
  gzip: Buffer | null;
  modifiedMs: number;
}

export function registerPages(app: FastifyInstance, parts: { folder: string; kernel: Kernel }): void {
  const store = openStore(parts.folder);
  const page = (file: string) => async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header("content-security-policy", PAGE_POLICY).header("cache-control", "no-cache");
    return send(await store(file), request, reply);
  };
  const rest = (request: FastifyRequest) => (request.params as { "*": string })["*"];

  app.get("/", async (_request, reply) => reply.redirect("/desk/"));
  // Addresses inside the desk belong to its own router; what looks like a file must be one.
  app.get("/desk/*", async (request, reply) => {
    const path = rest(request);
    if (!extname(path)) return page("desk/index.html")(request, reply);
    reply.header("cache-control", HASHED.test(path) ? FOREVER : "no-cache");
    return send(await store(`desk/${path}`), request, reply);
  });
  // Also for /desk/, because trailing slashes are ignored: a redirect to it would never end.
  app.get("/desk", page("desk/index.html"));
  for (const address of ["/c/:slug", "/c/:slug/topics"])
    app.get<{ Params: { slug: string } }>(address, async (request, reply) => {
      if (!hasCompany(parts.kernel, request.params.slug)) reply.code(404);
      return page("page/index.html")(request, reply);
    });
  // The customer's own page; its key stands in the fragment, which never comes here.
  app.get("/me", page("portal/index.html"));
  // The pages of one delivery and of one payment; their keys stand in the fragment too.
  app.get("/delivery", page("live/index.html"));
  app.get("/pay", page("pay/index.html"));
  // What stands behind a company's coin; for everybody.
  app.get<{ Params: { slug: string } }>("/coin/:slug", async (request, reply) => {
    if (!hasCompany(parts.kernel, request.params.slug)) reply.code(404);
    return page("coin/index.html")(request, reply);
  });
  registerInstallable(app, page, { room: "courier", permissions: COURIER_PERMISSIONS });
  registerInstallable(app, page, { room: "wallet", permissions: WALLET_PERMISSIONS });
  for (const room of ["page", "portal", "live", "pay", "courier", "wallet", "coin"])
    app.get(`/${room}/*`, async (request, reply) => {
      const path = rest(request);
      reply.header("cache-control", HASHED.test(path) ? FOREVER : "no-cache");
      return send(await store(`${room}/${path}`), request, reply);
    });
  registerWidget(app, store, rest);
}

/**
 * A page that works without a net; its key stands in the fragment, or in the device. It alone may ask for the camera and the
 * like, and its service worker reaches the page's own address, which lies above the worker's folder.
 */
function registerInstallable(
  app: FastifyInstance,
  page: (file: string) => (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  { room, permissions }: { room: string; permissions: string },
): void {
  app.get(`/${room}`, async (request, reply) =>
    page(`${room}/index.html`)(request, reply.header("permissions-policy", permissions)),
  );
  // A worker's requests are judged by the policy that the worker itself came with.
  app.get(`/${room}/sw.js`, async (request, reply) =>
    page(`${room}/sw.js`)(request, reply.header("service-worker-allowed", `/${room}`)),
  );
}

/** The one part that other sites load, hence the open door for scripts. */
function registerWidget(
  app: FastifyInstance,
  store: (path: string) => Promise<Stored | null>,
  rest: (request: FastifyRequest) => string,
): void {
  const open = (reply: FastifyReply, path: string) =>
    reply
      .header("access-control-allow-origin", "*")
      .header("cross-origin-resource-policy", "cross-origin")
      .header("cache-control", HASHED.test(path) ? FOREVER : SHORT);
  app.get("/widget.js", async (request, reply) => {
    const found = (await store("widget/widget.js")) ?? (await store("widget.js"));
    return send(found, request, open(reply, "widget.js"));
  });
  // Windows of delivery in a shop's checkout.
  app.get("/delivery-widget.js", async (request, reply) =>
    send(await store("widget/delivery-widget.js"), request, open(reply, "delivery-widget.js")),
  );
  app.get("/widget/*", async (request, reply) => {
    const path = rest(request);
    return send(await store(`widget/${path}`), request, open(reply, path));
  });
}

function hasCompany(kernel: Kernel, slug: string): boolean {
  return kernel.registry.tenantIds().some((id) => kernel.registry.tenant(id)?.slug === slug);
}

function openStore(folder: string): (path: string) => Promise<Stored | null> {
  const root = normalize(folder + sep);
  const known = new Map<string, Promise<Stored | null>>();
  let bytes = 0;
  return async (path) => {
    const file = normalize(join(root, path));
    if (!file.startsWith(root) || path.includes("\0")) return null;
    const info = await stat(file).catch(() => null);
    if (!info?.isFile()) return null;
    const before = await known.get(file);
    if (before?.modifiedMs === info.mtimeMs) return before;
    const loading = load(file, info.mtimeMs);
    known.set(file, loading);
    const stored = await loading;
    bytes += stored ? stored.plain.length + (stored.br?.length ?? 0) + (stored.gzip?.length ?? 0) : 0;
    if (bytes > MEMORY_BYTES) {
      known.clear();
      bytes = 0;
    }
    return stored;
  };
}

async function load(file: string, modifiedMs: number): Promise<Stored> {
  const plain = await readFile(file);
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const isText = COMPRESSED.test(type);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const [br, gz] = isText
    ? await Promise.all([brotli(plain, { params }), zip(plain, { level: 9 })])
    : [null, null];
  return {
    type,
    etag: `"${createHash("sha1").update(plain).digest("base64url")}"`,
    plain,
    br,
    gzip: gz,
    modifiedMs,
  };
}

/** @throws AppError not_found when there is no such file */
function send(stored: Stored | null, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!stored) {
    reply.removeHeader("cache-control");
    throw new AppError("not_found");
  }
  reply.header("etag", stored.etag).header("vary", "accept-encoding").type(stored.type);
  if (request.headers["if-none-match"]?.includes(stored.etag)) return reply.code(304).send();
  const accepted = String(request.headers["accept-encoding"] ?? "");
  if (stored.br && /\bbr\b/.test(accepted)) return reply.header("content-encoding", "br").send(stored.br);
  if (stored.gzip && /\bgzip\b/.test(accepted))
    return reply.header("content-encoding", "gzip").send(stored.gzip);
  return reply.send(stored.plain);
}

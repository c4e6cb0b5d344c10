import { openClient } from "../client.ts";
import { openStore } from "../state/indexed-store.ts";
import { sync } from "../state/sync.ts";

/**
 * The page without a net: its parts are served from the phone, a newer page is fetched behind it. Calls to the node are
 * never answered from here; what waits for the net is sent by the page, or by this when the page is closed.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(kind: "install" | "activate" | "sync", listener: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window" }): Promise<readonly { postMessage(message: unknown): void }[]>;
  };
  readonly location: Location;
}
const scope = self as unknown as WorkerScope;

const PAGE = "/courier";
const PARTS = "/courier/";
const CACHE = "courier-1";

scope.addEventListener("install", (event) => event.waitUntil(renew().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("sync", (event) => event.waitUntil(send()));
scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (url.pathname === PAGE || url.pathname === PARTS) {
    event.respondWith(page(event));
    return;
  }
  if (url.pathname.startsWith(PARTS) && url.pathname !== "/courier/sw.js")
    event.respondWith(part(event.request));
});

/** From the phone at once; a newer one is there at the next opening. */
async function page(event: Fetching): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGE);
  const fresh = renew();
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

/** Names carry a hash of their content: what is kept is right for ever. */
async function part(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

/** Fetches the page with all that it names; parts of older pages go. */
async function renew(): Promise<Response> {
  const fresh = await fetch(PAGE, { cache: "no-cache" });
  if (!fresh.ok || !fresh.headers.get("content-type")?.startsWith("text/html")) return fresh;
  const text = await fresh.clone().text();
  const named = [...text.matchAll(/(?:src|href)="(\/courier\/[^"]+)"/g)].map(([, path = ""]) => path);
  const cache = await caches.open(CACHE);
  // The page last: it is shown only where all its parts are there.
  for (const path of named) if (!(await cache.match(path))) await cache.add(path);
  for (const path of named.filter((one) => one.endsWith(".css"))) await keepFonts(cache, path);
  await cache.put(PAGE, fresh.clone());
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    const isFont = pathname.endsWith(".woff2");
    if (pathname !== PAGE && !isFont && !named.includes(pathname)) await cache.delete(url);
  }
  return fresh;
}

/** Those of the page's own languages; others come when a name needs them. */
async function keepFonts(cache: Cache, style: string): Promise<void> {
  const text = await (await cache.match(style))?.text();
  const fonts = [...(text ?? "").matchAll(/url\(["']?(\/courier\/[^)"']*latin-wght[^)"']*)/g)];
  for (const [, path = ""] of fonts) if (!(await cache.match(path))) await cache.add(path);
}

/** The open page sends itself; without one, this does. A failure lets the browser try again later. */
async function send(): Promise<void> {
  const open = await scope.clients.matchAll({ type: "window" });
  if (open.length > 0) {
    for (const client of open) client.postMessage("sync");
    return;
  }
  const { store } = await openStore();
  const key = await store.read("key");
  if (!key) return;
  const synced = await navigator.locks.request("augenhoehe.courier", () => sync(store, openClient(key)));
  if (synced.is === "failed" && synced.failure !== "ended") throw new Error("again later");
}

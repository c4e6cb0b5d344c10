/**
 * A page without a net, for its service worker: its parts are served from the device, a newer page is fetched behind it. Calls
 * to the node are never answered from here.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(kind: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}

/** @param page "/courier"; its parts lie below it */
export function keepPage({ page, cache: name }: { page: string; cache: string }): void {
  const scope = self as unknown as WorkerScope;
  const parts = `${page}/`;

  scope.addEventListener("install", (event) => event.waitUntil(renew().then(() => scope.skipWaiting())));
  scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
    if (url.pathname === page || url.pathname === parts) event.respondWith(kept(event));
    else if (url.pathname.startsWith(parts) && url.pathname !== `${parts}sw.js`)
      event.respondWith(part(event.request));
  });

  /** From the device at once; a newer one is there at the next opening. */
  async function kept(event: Fetching): Promise<Response> {
    const cache = await caches.open(name);
    const found = await cache.match(page);
    const fresh = renew();
    if (!found) return fresh;
    event.waitUntil(fresh.catch(() => undefined));
    return found;
  }

  /** Names carry a hash of their content: what is kept is right for ever. */
  async function part(request: Request): Promise<Response> {
    const cache = await caches.open(name);
    const found = await cache.match(request);
    if (found) return found;
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  }

  /** Fetches the page with all that it names; parts of older pages go. */
  async function renew(): Promise<Response> {
    const fresh = await fetch(page, { cache: "no-cache" });
    if (!fresh.ok || !fresh.headers.get("content-type")?.startsWith("text/html")) return fresh;
    const text = await fresh.clone().text();
    const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map(([, path = ""]) => path)
      .filter((path) => path.startsWith(parts));
    const cache = await caches.open(name);
    // The page last: it is shown only where all its parts are there.
    for (const path of named) if (!(await cache.match(path))) await cache.add(path);
    for (const path of named.filter((one) => one.endsWith(".css"))) await keepFonts(cache, path);
    await cache.put(page, fresh.clone());
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      const isFont = pathname.endsWith(".woff2");
      if (pathname !== page && !isFont && !named.includes(pathname)) await cache.delete(url);
    }
    return fresh;
  }

  /** Those of the page's own languages; others come when a name needs them. */
  async function keepFonts(cache: Cache, style: string): Promise<void> {
    const text = await (await cache.match(style))?.text();
    const fonts = [...(text ?? "").matchAll(/url\(["']?([^)"']*latin-wght[^)"']*)/g)];
    for (const [, path = ""] of fonts)
      if (path.startsWith(parts) && !(await cache.match(path))) await cache.add(path);
  }
}

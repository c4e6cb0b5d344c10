import { keepPage } from "../../customer-page/keep-page.ts";
import { openClient } from "../client.ts";
import { openStore } from "../state/indexed-store.ts";
import { sync } from "../state/sync.ts";

/** The page without a net; what waits for the net is sent by the page, or by this when the page is closed. */

interface Syncing extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerScope {
  addEventListener(kind: "sync", listener: (event: Syncing) => void): void;
  readonly clients: {
    matchAll(options: { type: "window" }): Promise<readonly { postMessage(message: unknown): void }[]>;
  };
}
const scope = self as unknown as WorkerScope;

keepPage({ page: "/courier", cache: "courier-1" });
scope.addEventListener("sync", (event) => event.waitUntil(send()));

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

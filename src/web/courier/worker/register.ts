import type { Session } from "../state/session.ts";

/** What wakes the page: the net comes back, somebody looks at it, the service worker has sent something. */

const TICK_MS = 10_000;
/** Chromium only: the browser wakes the worker when the net is back, even if the page is closed. */
interface SyncingRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

export function listen(session: Session): void {
  window.addEventListener("online", () => void session.refresh());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void session.refresh();
  });
  window.setInterval(() => {
    if (document.visibilityState === "visible") session.poll();
  }, TICK_MS);
  // What is kept must not be thrown away when the phone's disk fills up.
  void navigator.storage?.persist?.().catch(() => undefined);
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", () => void session.refresh());
  navigator.serviceWorker.register("/courier/sw.js", { scope: "/courier" }).catch(() => undefined);
  session.subscribe(() => {
    const isWaiting = session.snapshot.queue.some(({ state }) => state === "waiting");
    if (isWaiting && session.snapshot.net === "offline") void wakeLater();
  });
}

async function wakeLater(): Promise<void> {
  const registration: SyncingRegistration = await navigator.serviceWorker.ready;
  await registration.sync?.register("events").catch(() => undefined);
}

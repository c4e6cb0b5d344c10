import type { Session } from "../state/session.ts";

/** What wakes the page: the net comes back, or somebody looks at it. */

const TICK_MS = 15_000;

export function listen(session: Session): void {
  const look = () => {
    if (document.visibilityState === "visible") void session.refresh();
  };
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  window.setInterval(look, TICK_MS);
  if ("serviceWorker" in navigator)
    navigator.serviceWorker.register("/wallet/sw.js", { scope: "/wallet" }).catch(() => undefined);
}

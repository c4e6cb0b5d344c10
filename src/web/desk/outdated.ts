const key = "ah.reloaded-at";
/** Twice within this time is another fault than an update: reloading would not end. */
const onceInMs = 30_000;

/**
 * An update of the node replaces the pages: a room that an open desk has not loaded yet is then gone. The desk
 * loads itself anew; drafts, and what is on its way, stand in sessionStorage and survive. Where the node does not
 * answer at all the desk stays as it is: a page that cannot be loaded anew would be lost.
 */
export function reloadWhenOutdated(): void {
  addEventListener("vite:preloadError", () => {
    const before = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - before < onceInMs) return;
    fetch(location.href, { method: "HEAD", cache: "no-store" })
      .then((answer) => {
        if (!answer.ok) return;
        sessionStorage.setItem(key, String(Date.now()));
        location.reload();
      })
      .catch(() => {});
  });
}

import type { Store } from "./phone-store.ts";

const SHAPE = /^\d{1,9}\.[0-9a-f]{64}$/;

/**
 * The key comes in the link's fragment, which browsers do not send. It is taken out of the address at once and kept on
 * the phone, so that the installed page opens without it. With another key another courier's round is forgotten; what
 * is queued stays, because it may be the only trace of a hand-over.
 */
export async function takeKey(store: Store): Promise<string | null> {
  const given = window.location.hash.slice(1);
  const before = (await store.read("key")) ?? null;
  if (!SHAPE.test(given)) return before;
  if (given !== before) {
    await store.remove("page");
    await store.remove("map");
    await store.write("key", given);
  }
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  return given;
}

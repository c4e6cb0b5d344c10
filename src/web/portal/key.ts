const STORED = "augenhoehe.me";
const SHAPE = /^\d{1,9}\.[0-9a-f]{64}$/;

/**
 * The key comes in the link's fragment, which browsers do not send. It is taken out of the address at once, so that it
 * is in no history and on no screenshot, and kept for this tab alone.
 */
export function takeKey(): string | null {
  const given = window.location.hash.slice(1);
  if (SHAPE.test(given)) {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    keep(given);
    return given;
  }
  return kept();
}

export function forgetKey(): void {
  try {
    window.sessionStorage.removeItem(STORED);
  } catch {
    // A browser that stores nothing has nothing to forget.
  }
}

function keep(key: string): void {
  try {
    window.sessionStorage.setItem(STORED, key);
  } catch {
    // Without storage a reload needs the link again; everything else works.
  }
}

function kept(): string | null {
  try {
    return window.sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

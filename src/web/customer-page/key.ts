const SHAPE = /^\d{1,9}\.[0-9a-f]{32}$/;

/**
 * The key stands in the link's fragment, which no browser sends and no proxy logs. It stays in the address: the link is kept
 * in the conversation anyway, and a page that is loaded anew in the evening must still open.
 */
export function readKey(): string | null {
  const given = window.location.hash.slice(1);
  return SHAPE.test(given) ? given : null;
}

/** Content-Security-Policies of what we serve (https://www.w3.org/TR/CSP3/). Foreign sites set their own for the widget. */

/** JSON, files, errors: nothing in them is a page. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Our pages. Scripts, fonts and requests come from this origin only. Style elements are open because the dialogs
 * of Radix lock the page's scrolling by one; pictures may be blobs (previews before an upload).
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The courier reads labels, takes pictures as proof and may share the place; everywhere else all of it stays closed. */
export const COURIER_PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=()";

/** The wallet reads the codes of tills and of other people's accounts. */
export const WALLET_PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=()";

/** A page whose one script and one style stand in it; the hashes say that they are ours. */
export function inlinePolicy(hashes: { script: string; style: string }): string {
  return `default-src 'none'; script-src 'sha256-${hashes.script}'; style-src 'sha256-${hashes.style}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** Every answer carries these; a route may replace one. */
export function commonHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    "content-security-policy": DATA_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    ...(isHttps ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}

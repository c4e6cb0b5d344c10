import type { Keep } from "./storage.ts";

const KEY_BYTES = 32;
const NAME = "visitor";
const SHAPE = /^[\w-]{43}$/;

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The visitor's key of an earlier visit, or null: nobody spoke here yet. */
export function knownVisitor(keep: Keep): string | null {
  const key = keep.get(NAME);
  return key && SHAPE.test(key) ? key : null;
}

/** The visitor's key; made (256 bit) and kept when the customer speaks first. */
export function ensureVisitor(keep: Keep): string {
  const known = knownVisitor(keep);
  if (known) return known;
  const key = base64url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  keep.set(NAME, key);
  return key;
}

/** A random UUID (RFC 9562, version 4). `crypto.randomUUID` is missing on sites without TLS. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

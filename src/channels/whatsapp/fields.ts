import { createHash } from "node:crypto";

/**
 * Reading JSON from outside: every reader takes anything and never throws. Strings are made fit for
 * PostgreSQL (no NUL, no lone surrogates), because one bad character would sink a whole batch.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** Longer ids are replaced by their hash: a B-tree entry has a limit. */
const ID_MAX_CHARS = 256;
export const TEXT_MAX_CHARS = 65_536;
export const NAME_MAX_CHARS = 200;
/** Above this a Unix time is in milliseconds (courier saw both from Meta). */
const SECONDS_END = 1e12;
/** 2100-01-01: a time after it is a fault of the sender. */
const LATEST_MS = 4_102_444_800_000;

const nothing: Fields = Object.freeze({});

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns the object, or an empty one for anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @returns a clean string of at most `max` characters; "" for anything but strings and finite numbers. */
export function stringOf(value: unknown, max = TEXT_MAX_CHARS): string {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") return "";
  let text = value.length > max ? value.slice(0, max) : value;
  if (text.includes("\0")) text = text.replaceAll("\0", "");
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** @returns undefined instead of "", for optional fields. */
export function optional(value: unknown, max = TEXT_MAX_CHARS): string | undefined {
  return stringOf(value, max) || undefined;
}

/** @returns a provider's id, hashed when it is longer than an index takes; "" when there is none. */
export function idOf(value: unknown): string {
  const id = stringOf(value);
  return id.length <= ID_MAX_CHARS ? id : `long:${hashOf(id)}`;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/**
 * @param value Unix time as string or number, in seconds or milliseconds.
 * @returns ms since the epoch; `otherwise` when it is no believable time.
 */
export function timeOf(value: unknown, otherwise: number): number {
  const number = typeof value === "number" ? value : Number(stringOf(value, 20) || Number.NaN);
  if (!Number.isFinite(number) || number <= 0) return otherwise;
  const ms = Math.floor(number >= SECONDS_END ? number : number * 1000);
  return ms < LATEST_MS ? ms : otherwise;
}

/** @returns a finite number, also from a numeric string; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

import type { MetaError } from "./whatsapp-errors.ts";

/** Reading a body that may be anything, and saying what is wrong with it in Meta's codes. */

export type Json = Readonly<Record<string, unknown>>;

export function objectOr(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** @returns true for a string of at most `max` characters. */
export function isText(value: unknown, max: number): value is string {
  return typeof value === "string" && value.length <= max;
}

export function missing(what: string): MetaError {
  return { status: 400, code: 131008, details: `${what} is required` };
}

export function invalid(details: string): MetaError {
  return { status: 400, code: 131009, details };
}

export function unexpected(key: string): MetaError {
  return { status: 400, code: 100, details: `Unexpected key "${key}"` };
}

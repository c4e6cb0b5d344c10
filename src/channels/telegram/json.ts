/**
 * Reads provider JSON without trusting it. Every guard answers null for what is not of its kind, so a parser
 * built of them cannot throw.
 */

export type Json = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Json | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * @returns the words, fit for PostgreSQL's jsonb: it refuses U+0000 and lone surrogates, and one such customer
 * text must not stop a whole batch. Null for "" and for anything but a string.
 */
export function wordsOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const words = value.replaceAll("\u0000", "").toWellFormed();
  return words === "" ? null : words;
}

/** Telegram's ids have up to 52 bits, so a safe integer holds them. */
export function integerOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

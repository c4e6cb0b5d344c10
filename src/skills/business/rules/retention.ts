import { RECORD_YEARS } from "./purposes.ts";

/** @param at when the record ended, ms @returns ms at which it may go: the years of the law after the end of its year (UTC) */
export function keepUntil(at: number): number {
  return Date.UTC(new Date(at).getUTCFullYear() + 1 + RECORD_YEARS, 0, 1);
}

/** @returns ms; what ended before it may go today */
export function recordBorder(now: number): number {
  return Date.UTC(new Date(now).getUTCFullYear() - RECORD_YEARS, 0, 1);
}

import type { Fault } from "../api/record.ts";
import { DAY_MS, MINUTE_MS } from "./limits.ts";

/** When a register that fails is left alone, and for how long (Nygard, Release It!, "circuit breaker"). */

export interface Circuit {
  /** In a row. */
  readonly failures: number;
  /** Not asked before, ms; null = asked. */
  readonly openUntil: number | null;
}

const FAILURES_TO_OPEN = 3;
const FIRST_MS = MINUTE_MS;
const LONGEST_MS = 15 * MINUTE_MS;

export const isOpen = ({ openUntil }: Circuit, now: number): boolean => openUntil !== null && now < openUntil;

/**
 * After a fault. Who says when to come again (429, Retry-After) is believed at once, within a day.
 * @param retryAfterMs null = not said
 */
export function afterFault(
  before: Circuit,
  { fault, retryAfterMs, now }: { fault: Fault; retryAfterMs: number | null; now: number },
): Circuit {
  const failures = before.failures + 1;
  if (fault === "rate_limited")
    return { failures, openUntil: now + Math.min(retryAfterMs ?? FIRST_MS, DAY_MS) };
  if (failures < FAILURES_TO_OPEN) return { failures, openUntil: null };
  const wait = Math.min(FIRST_MS * 2 ** (failures - FAILURES_TO_OPEN), LONGEST_MS);
  return { failures, openUntil: now + wait };
}

/** A fault before anything was answered, so that asking once more may help. */
export function isWorthRetrying(fault: Fault): boolean {
  return fault === "unreachable" || fault === "server_error";
}

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). @returns ms, or null */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (header.trim() !== "" && Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** When a source is asked again: as often as its kind needs, as seldom as it asks for, and slower while it fails. */

/** Seconds between readings: what a new source gets, and the least its owner may choose. */
export const INTERVALS: Readonly<Record<"feed" | "gtfs_rt" | "ical", { usual: number; least: number }>> = {
  feed: { usual: 900, least: 300 },
  gtfs_rt: { usual: 60, least: 30 },
  ical: { usual: 3_600, least: 900 },
};

/** A feed that says "keep this for a week" is still looked at within the hour. */
const MAX_AGE_MOST_MS = 3_600_000;
const BACKOFF_MOST_MS = 6 * 3_600_000;
const RETRY_AFTER_MOST_MS = 24 * 3_600_000;
/** Sources of one node are spread over this part of their interval. */
const JITTER = 0.1;

export interface Outcome {
  /** Failures in a row, this one included; 0 = it worked. */
  readonly failures: number;
  /** From Retry-After, ms; null = not said. */
  readonly retryAfterMs: number | null;
  /** From Cache-Control, ms; null = not said. */
  readonly maxAgeMs: number | null;
}

/**
 * @param jitter in [0, 1), so that sources which failed together do not come back together
 * @returns ms since the epoch
 */
export function nextReading(
  at: { now: number; intervalSeconds: number; jitter: number },
  outcome: Outcome,
): number {
  const interval = at.intervalSeconds * 1000;
  const spread = 1 + JITTER * at.jitter;
  if (outcome.failures === 0) {
    const asked = Math.min(outcome.maxAgeMs ?? 0, MAX_AGE_MOST_MS);
    return Math.round(at.now + Math.max(interval, asked) * spread);
  }
  const doubled = interval * 2 ** Math.min(outcome.failures - 1, 20);
  const wait = Math.max(interval, Math.min(doubled, BACKOFF_MOST_MS));
  const told = Math.min(outcome.retryAfterMs ?? 0, RETRY_AFTER_MOST_MS);
  return Math.round(at.now + Math.max(wait, told) * spread);
}

/** Retry-After as seconds or as a date (RFC 9110, section 10.2.3). @returns ms from now, or null */
export function retryAfterOf(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = text === "" ? Number.NaN : Date.parse(text);
  return Number.isFinite(date) ? Math.max(0, date - now) : null;
}

/** @returns ms, or null */
export function maxAgeOf(header: string | undefined): number | null {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(header ?? "")?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

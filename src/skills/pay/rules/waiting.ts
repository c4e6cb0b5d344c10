const LEAST_MS = 5_000;
const MOST_MS = 3_600_000;

/**
 * How long nobody asks a service that was silent: as long as it has been so far, so that pauses double, at most an hour.
 * @param sinceMs ms since it was wanted @returns ms
 */
export const pauseMs = (sinceMs: number): number => Math.min(MOST_MS, Math.max(LEAST_MS, sinceMs));

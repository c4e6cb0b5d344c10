/** Token buckets of the sender. Pure: time is an argument, in ms. */

export interface Bucket {
  tokens: number;
  at: number;
}

/** Refills by the time that passed, never above `burst`; a clock that was put back takes nothing away. */
export function refill(bucket: Bucket, rule: { perSecond: number; burst: number }, now: number): void {
  bucket.tokens = Math.min(
    rule.burst,
    bucket.tokens + (Math.max(0, now - bucket.at) * rule.perSecond) / 1000,
  );
  bucket.at = now;
}

/**
 * The pair rule of WhatsApp: one message each `intervalMs`, `burst` of which may be borrowed from the future.
 * (GCRA, "virtual scheduling": ITU-T I.371.)
 * @param state theoretical arrival time kept for the pair; 0 for none
 * @returns the new state, or the moment from which the next one may go
 */
export function admitPair(
  state: number,
  rule: { intervalMs: number; burst: number },
  now: number,
): { admitted: true; state: number } | { admitted: false; from: number } {
  // More than a full burst ahead is the work of a clock that was put back.
  const arrival = Math.min(state, now + rule.intervalMs * rule.burst);
  const allowedFrom = arrival - rule.intervalMs * (rule.burst - 1);
  if (now < allowedFrom) return { admitted: false, from: allowedFrom };
  return { admitted: true, state: Math.max(arrival, now) + rule.intervalMs };
}

/**
 * How long to wait before attempt `attempt` (1, 2, 3 …): doubles from `first_ms` up to `most_ms`, with full jitter on
 * the upper half, so that many browsers do not come back in the same second.
 * @param random 0 to 1, passed in so that a test can repeat it.
 */
export function backoff(
  attempt: number,
  random: number,
  { first_ms = 1_000, most_ms = 30_000 } = {},
): number {
  const step = Math.min(most_ms, first_ms * 2 ** Math.min(attempt - 1, 16));
  return Math.round(step / 2 + (step / 2) * random);
}

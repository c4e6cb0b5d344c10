/** What a person, and WhatsApp's portfolio of numbers, may get in 24 hours; rolling, not by calendar day. Pure. */

export const DAY_MS = 86_400_000;
/** A notice without an end of its own is of no use after a day. */
export const USUAL_LIFE_MS = DAY_MS;

/**
 * May one more go, and if not, from when on?
 * @param times ms at which something counted in the last 24 hours, in any order
 * @param most how many may count in any 24 hours
 * @returns null = now; otherwise the ms from which there is room
 */
export function roomFrom(times: readonly number[], most: number, now: number): number | null {
  const counting = times.filter((at) => at > now - DAY_MS).sort((a, b) => a - b);
  if (counting.length < most) return null;
  // The one that must leave the window so that `most - 1` remain in it.
  const leaving = counting[counting.length - most] ?? now;
  return leaving + DAY_MS;
}

/**
 * How many to move into the outbox now, so that the sender always has work and little must be called back.
 * @param rate messages a second the number may send
 * @param ahead messages that wait in the outbox already
 */
export function roomAhead(rate: number, ahead: number): number {
  return Math.max(0, Math.ceil(rate * SECONDS_AHEAD) - ahead);
}

/** Two looks of the feeder, with a slow one in between. */
const SECONDS_AHEAD = 3;

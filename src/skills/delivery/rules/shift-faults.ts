/** What is wrong with a planned round, in words that say what would work. */

export interface PlannedShift {
  readonly courierId: number | null;
  readonly startDepotId: number;
  readonly endDepotId: number;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
}

export interface ShiftSurroundings {
  readonly now: number;
  /** The evening's date, and midnight there, ms. */
  readonly date: string;
  readonly midnight: number;
  readonly depots: readonly number[];
  readonly couriers: readonly number[];
  /** Rounds of the same courier that stand already. */
  readonly others: readonly { readonly earliestAt: number; readonly latestAt: number }[];
}

const HOUR_MS = 3_600_000;
const LONGEST_HOURS = 16;
/** A round of an evening begins on its day, at the latest in the small hours after it. */
const LAST_HOURS = 30;

/** @returns one sentence, or null */
export function shiftFault(shift: PlannedShift, around: ShiftSurroundings): string | null {
  const { earliestAt, latestAt, courierId } = shift;
  const { now, date, midnight, depots, couriers, others } = around;
  if (latestAt <= earliestAt) return "The round ends before it begins.";
  if (latestAt - earliestAt > LONGEST_HOURS * HOUR_MS)
    return `A round lasts ${LONGEST_HOURS} hours at most; divide it.`;
  if (earliestAt <= now) return "The round begins in the past; give it a later time, or plan another day.";
  if (earliestAt < midnight || earliestAt >= midnight + LAST_HOURS * HOUR_MS)
    return `The round does not begin on ${date}; plan it on its own day.`;
  for (const depot of [shift.startDepotId, shift.endDepotId])
    if (!depots.includes(depot))
      return `There is no depot ${depot} in this city; it has ${depots.join(", ") || "none yet"}.`;
  if (courierId !== null && !couriers.includes(courierId)) return `There is no courier ${courierId}.`;
  if (others.some((one) => one.earliestAt < latestAt && earliestAt < one.latestAt))
    return "The courier has another round at that time; take another courier or another time.";
  return null;
}

import { NO_TALLY, type PaceTally, paceOf } from "../engine/index.ts";

/** Nobody plans by a city's first odd evening. */
const LEAST_PERCENT = 50;
const MOST_PERCENT = 200;

/** How long stops take beside what is planned for them, as finished evenings taught it. @returns whole percent */
export function servicePercentOf(all: PaceTally | null): number {
  const percent = Math.round(100 * paceOf(NO_TALLY, all ?? NO_TALLY).serviceFactor);
  return Math.min(MOST_PERCENT, Math.max(LEAST_PERCENT, percent));
}

const FIRST_MS = 2_000;
const MOST_MS = 60_000;

/**
 * How long to wait after so many failures in a row.
 * @param chance from 0 to 1: phones that lost the net together do not come back together
 */
export function waitAfter(failures: number, chance: number): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, failures - 1)));
  return Math.round(full * (0.5 + chance / 2));
}

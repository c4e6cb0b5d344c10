import { type Agreed, firstAttempt, type Kept } from "../../../src/skills/delivery/engine/index.ts";

const ABSENT = [0.005, 0.007, 0.01, 0.02, 0.04, 0.08];
const AGREED: readonly Agreed[] = ["nothing", "window", "notice"];

/**
 * The table of first attempts, as shares: absent in spite of everything; with nothing agreed, with a window, with window
 * and notice; the last again with the heavy tail.
 */
export function attemptRows(kept: readonly Kept[], heavy: readonly Kept[]): number[][] {
  return ABSENT.map((absent) => [
    absent,
    ...AGREED.map((agreed) => firstAttempt(kept, agreed, absent)),
    firstAttempt(heavy, "notice", absent),
  ]);
}

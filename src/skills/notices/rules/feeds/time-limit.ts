import { runInNewContext } from "node:vm";

/**
 * Runs work that others' data can make endless (a recurrence rule that never matches) and ends it when its time is
 * over. Only the safety net: what usually comes takes a few milliseconds.
 * @returns false when it was ended
 */
export function within(limit_ms: number, work: () => void): boolean {
  try {
    runInNewContext("work()", { work }, { timeout: limit_ms });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  }
}

import { AppError } from "#kernel";
import { digestOf } from "./actions.ts";

/** What stands, in a word: pages that were opened before somebody else wrote have another one. */

export function versionOf(written: object): string {
  return digestOf([JSON.stringify(written)]).slice(0, 32);
}

/**
 * @param written what stands now, read under the lock that writing takes
 * @param given undefined: whoever writes wants it so, whatever stands
 * @throws AppError conflict
 */
export function needVersion(written: object, given: string | undefined): void {
  if (given !== undefined && given !== versionOf(written)) throw new AppError("conflict");
}

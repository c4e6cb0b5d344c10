import type { CamtStatement } from "./camt/statement.ts";

/** What is noticed of a statement that is taken all the same. */
export const NOTES = ["out_of_order", "gap", "overlap"] as const;
export type StatementNote = (typeof NOTES)[number];

interface Neighbour {
  readonly toOn: string;
  readonly closingMinor: number;
}

/**
 * @param before the newest statement of the account that ends on its day or earlier; null = none
 * @param newest the newest of all
 * @param twice entries that another statement had brought already
 */
export function notesOf(
  statement: Pick<CamtStatement, "toOn" | "openingMinor">,
  { before, newest, twice }: { before: Neighbour | null; newest: Neighbour | null; twice: number },
): StatementNote[] {
  const notes: StatementNote[] = [];
  if (newest && newest.toOn > statement.toOn) notes.push("out_of_order");
  if (before && before.closingMinor !== statement.openingMinor) notes.push("gap");
  if (twice > 0) notes.push("overlap");
  return notes;
}

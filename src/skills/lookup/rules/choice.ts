import { isPossession, type Proven } from "./proof.ts";

/** Which of several proved records are told. Shops count their orders alike, so one number may be two persons'. */

export interface Candidate extends Proven {
  readonly connectionId: number;
}

/** Nobody reads more at once. */
const MOST_TOLD = 3;

/**
 * @returns those to tell, each number of each register once; null when a postcode or a name fits several, so that nobody knows whose is
 *   meant; [] when there is none
 */
export function choose<One extends Candidate>(candidates: readonly One[]): readonly One[] | null {
  // Who holds the mailbox or the telephone is told all that is theirs.
  const owned = eachOnce(candidates.filter(({ proof }) => isPossession(proof)));
  if (owned.length > 0) return owned.slice(0, MOST_TOLD);
  const [first, ...others] = candidates;
  if (!first) return [];
  return others.every((one) => isSameOrder(first, one)) ? [first] : null;
}

function eachOnce<One extends Candidate>(candidates: readonly One[]): readonly One[] {
  const keyOf = ({ connectionId, record }: One) => `${connectionId} ${record.number}`;
  return candidates.filter((one, n) => candidates.findIndex((other) => keyOf(other) === keyOf(one)) === n);
}

/** A file may name an order twice; two appointments in one name are two persons'. */
function isSameOrder(one: Candidate, other: Candidate): boolean {
  return (
    one.connectionId === other.connectionId &&
    one.proof !== "name" &&
    one.record.number === other.record.number &&
    JSON.stringify(one.record.known) === JSON.stringify(other.record.known)
  );
}

import type { ResultName } from "../faults.ts";
import type { LedgerState } from "../state/ledger-state.ts";
import type { Council, Id } from "../transaction.ts";

/** What an operation is judged with. */
export interface Context {
  readonly state: LedgerState;
  /** Row of the signer who acts. */
  readonly actor: number;
  /** Rows of all signers of the transaction. */
  readonly signers: readonly number[];
  readonly transactionId: Id;
}

/** Judges first and changes then: whoever is refused has changed nothing. */
export type Apply<O> = (operation: O, context: Context) => ResultName;

/** Whether enough of a council signed. */
export function isApproved({ state, signers }: Context, council: Council): boolean {
  const { needed, members } = state.councils[council];
  return needed > 0 && signers.filter((row) => members.includes(row)).length >= needed;
}

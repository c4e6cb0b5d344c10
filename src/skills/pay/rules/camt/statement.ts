/** A bank statement as camt.053 has it, reduced to what matching needs. Amounts in minor units, days YYYY-MM-DD. */

export interface CamtEntry {
  /** From 1, in the statement; parts of a collective entry count on. */
  readonly position: number;
  readonly isCredit: boolean;
  /** It takes an earlier entry back. */
  readonly isReversal: boolean;
  readonly isBooked: boolean;
  readonly amountMinor: number;
  readonly currency: string;
  readonly bookedOn: string;
  /** The bank's reference of the entry; "" when it gives none. */
  readonly bankReference: string;
  /** Part of a collective entry, from 0. */
  readonly part: number;
  readonly endToEnd: string;
  /** Name and account of the other side. */
  readonly name: string;
  readonly iban: string;
  /** Structured creditor reference. */
  readonly reference: string;
  readonly words: string;
}

export interface CamtStatement {
  readonly id: string;
  /** Electronic, else legal sequence number; "" = none. */
  readonly sequence: string;
  readonly iban: string;
  /** "" = not said. */
  readonly currency: string;
  readonly fromOn: string | null;
  /** Day of the closing balance. */
  readonly toOn: string;
  readonly openingMinor: number;
  readonly closingMinor: number;
  readonly entries: readonly CamtEntry[];
}

/** Why a file or a statement is not taken. Stable: systems and the desk know them. */
export const REFUSALS = [
  "not_camt",
  "broken_xml",
  "document_type",
  "too_large",
  "too_many_entries",
  "bad_amount",
  "account_missing",
  "balance_missing",
  "entry_sum_wrong",
  "wrong_sum",
  "other_account",
  "other_currency",
  "doubled",
] as const;
export type Refusal = (typeof REFUSALS)[number];

export type CamtRead =
  | { readonly statement: CamtStatement }
  | { readonly id: string; readonly refusal: Refusal };

import type { RefusalName } from "../../api.ts";

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

export type Refusal = RefusalName;

export type CamtRead =
  | { readonly statement: CamtStatement }
  | { readonly id: string; readonly refusal: Refusal };

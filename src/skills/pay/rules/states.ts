import type { RequestStateName } from "../api.ts";

/** Where a request stands follows from what happened to it, by this rule alone. */

export type RequestState = RequestStateName;

export interface Happened {
  readonly amountMinor: number;
  /** All that came and was not taken back. */
  readonly paidMinor: number;
  /** All that went back, or is on its way. */
  readonly refundedMinor: number;
  readonly reminders: number;
  readonly isCancelled: boolean;
  readonly isExpired: boolean;
}

/**
 * Money that came is looked at first: what was cancelled and yet paid is owed back. A refund makes nobody a debtor again:
 * what was paid in full stays paid.
 */
export function stateOf(one: Happened): RequestState {
  const { amountMinor, paidMinor, refundedMinor } = one;
  const kept = paidMinor - refundedMinor;
  if (paidMinor > 0 && kept === 0) return "refunded";
  if (one.isCancelled) return kept > 0 ? "overpaid" : "cancelled";
  if (kept > amountMinor) return "overpaid";
  if (paidMinor >= amountMinor) return "paid";
  if (paidMinor > 0) return "part_paid";
  if (one.isExpired) return "expired";
  return one.reminders > 0 ? "reminded" : "open";
}

/** States in which the customer still owes something. */
export const OWING: readonly RequestState[] = ["open", "reminded", "part_paid"];

/** @returns minor units that are still to be paid */
export function owedMinor({
  state,
  amountMinor,
  paidMinor,
}: Pick<Happened, "amountMinor" | "paidMinor"> & { state: RequestState }): number {
  return OWING.includes(state) ? amountMinor - paidMinor : 0;
}

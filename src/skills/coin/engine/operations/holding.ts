import type { ResultName } from "../faults.ts";
import { HOLD_LONGEST_MS, HOLDS_ENDED_A_BLOCK, HOLDS_MOST } from "../limits.ts";
import type { LedgerState } from "../state/ledger-state.ts";
import type { Operation } from "../transaction.ts";
import type { Apply, Context } from "./context.ts";
import { dayOf, refuseInflow, refuseOutflow, refuseParties } from "./paying.ts";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** Two-phase payment: set aside, then captured, given back, or over. */

export const hold: Apply<Of<"hold">> = (operation, { state, actor, transactionId }) => {
  const { amount, until } = operation;
  const { accounts, holds, time } = state;
  const to = accounts.table.find(operation.to);
  const arbiter = accounts.table.find(operation.arbiter);
  if (to < 0 || arbiter < 0) return "unknown_account";
  if (holds.find(transactionId)) return "id_taken";
  if (until <= time || until > time + HOLD_LONGEST_MS) return "bad_end";
  if ((accounts.holds[actor] as number) >= HOLDS_MOST) return "too_many_holds";
  const payment = { from: actor, to, amount };
  const refusal = refuseParties(state, payment) ?? refuseOutflow(state, payment);
  if (refusal) return refusal;
  state.setAside(actor, amount);
  state.countOut(actor, dayOf(time), amount);
  state.addHold(transactionId.slice(), { payer: actor, payee: to, arbiter, amount, until });
  return "applied";
};

export const capture: Apply<Of<"capture">> = ({ hold: id, amount }, context) => {
  const { state } = context;
  const found = state.holds.find(id);
  if (!found) return "unknown_hold";
  const refusal = refuseHandling(found, context);
  if (refusal) return refusal;
  if (amount === 0) return "amount_zero";
  if (amount > found.amount) return "above_hold";
  const { payer, payee } = found;
  if (state.accounts.isFrozen[payer] || state.accounts.isFrozen[payee]) return "frozen";
  const over = refuseInflow(state, { to: payee, amount });
  if (over) return over;
  state.removeHold(id.slice(), found);
  state.takeHeld(payer, amount);
  state.credit(payee, amount);
  state.setAside(payer, amount - found.amount);
  return "applied";
};

export const giveBack: Apply<Of<"void">> = ({ hold: id }, context) => {
  const { state } = context;
  const found = state.holds.find(id);
  if (!found) return "unknown_hold";
  const refusal = refuseHandling(found, context);
  if (refusal) return refusal;
  state.removeHold(id.slice(), found);
  state.setAside(found.payer, -found.amount);
  return "applied";
};

function refuseHandling(
  { payee, arbiter, until }: { payee: number; arbiter: number; until: number },
  { state, actor }: Context,
): ResultName | null {
  if (actor !== payee && actor !== arbiter) return "not_your_hold";
  return until <= state.time ? "hold_is_over" : null;
}

/** What nobody captured in time goes back, the oldest first; a part of the block's beginning. @returns how many */
export function endHolds(state: LedgerState): number {
  let ended = 0;
  while (ended < HOLDS_ENDED_A_BLOCK) {
    const first = state.holds.firstOver(state.time);
    if (!first) break;
    state.removeHold(first.id, first.hold);
    state.setAside(first.hold.payer, -first.hold.amount);
    ended++;
  }
  return ended;
}

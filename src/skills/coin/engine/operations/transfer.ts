import type { Operation } from "../transaction.ts";
import type { Apply } from "./context.ts";
import { dayOf, refuseInflow, refuseOutflow, refuseParties } from "./paying.ts";

type Transfer = Extract<Operation, { kind: "transfer" }>;

export const transfer: Apply<Transfer> = ({ to: payee, amount }, { state, actor }) => {
  const to = state.accounts.table.find(payee);
  if (to < 0) return "unknown_account";
  const payment = { from: actor, to, amount };
  const refusal =
    refuseParties(state, payment) ?? refuseOutflow(state, payment) ?? refuseInflow(state, payment);
  if (refusal) return refusal;
  state.debit(actor, amount);
  state.credit(to, amount);
  state.countOut(actor, dayOf(state.time), amount);
  return "applied";
};

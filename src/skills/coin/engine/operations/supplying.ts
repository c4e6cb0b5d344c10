import type { ResultName } from "../faults.ts";
import { AMOUNT_MOST, PREBURNS_MOST } from "../limits.ts";
import { hex } from "../state/holds.ts";
import type { LedgerState } from "../state/ledger-state.ts";
import type { Operation } from "../transaction.ts";
import { type Apply, isApproved } from "./context.ts";
import { refuseInflow } from "./paying.ts";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** Coins come into being against a reserve that is attested, and end in two steps (Diem's preburn and burn). */

export const mint: Apply<Of<"mint">> = ({ to: id, amount }, context) => {
  const { state } = context;
  const { accounts } = state;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const to = accounts.table.find(id);
  if (to < 0) return "unknown_account";
  if (accounts.roleOf(to) !== "exchange") return "not_allowed";
  if (accounts.isFrozen[to]) return "frozen";
  if (amount === 0) return "amount_zero";
  if (state.supply + amount > AMOUNT_MOST) return "overflow";
  const refusal = refuseUnbacked(state, state.supply + amount) ?? refuseInflow(state, { to, amount });
  if (refusal) return refusal;
  state.changeSupply(amount);
  state.credit(to, amount);
  return "applied";
};

/** In kind and without a price: of every asset at least what all coins stand for, rounded up. */
function refuseUnbacked(state: LedgerState, supply: number): ResultName | null {
  const { backing, attestationLasts } = state.genesis;
  for (const { asset, minor, per } of backing) {
    const attested = state.attested.get(asset);
    if (!attested || attested.statedAt + attestationLasts <= state.time) return "attestation_stale";
    if (BigInt(attested.amount) < neededReserve(supply, { minor, per })) return "not_backed";
  }
  return null;
}

/** Minor units of an asset behind so many base units: rounded up, so that no order of mints and burns gains on it. */
export function neededReserve(supply: number, { minor, per }: { minor: number; per: number }): bigint {
  const product = BigInt(supply) * BigInt(minor);
  const unit = BigInt(per);
  return (product + unit - 1n) / unit;
}

export const preburn: Apply<Of<"preburn">> = ({ amount }, { state, actor, transactionId }) => {
  const { accounts, preburnsOf, preburns } = state;
  if (accounts.roleOf(actor) !== "exchange") return "not_allowed";
  if (amount === 0) return "amount_zero";
  if ((accounts.balance[actor] as number) < amount) return "insufficient";
  if ((preburnsOf.get(actor) ?? 0) >= PREBURNS_MOST) return "too_many_preburns";
  if (preburns.has(hex(transactionId))) return "id_taken";
  state.setAside(actor, amount);
  state.addPreburn(transactionId, { account: actor, amount });
  return "applied";
};

/** Redemption is never stopped by what is attested. */
export const burn: Apply<Of<"burn">> = ({ preburn: id }, context) => {
  const { state } = context;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const found = state.preburns.get(hex(id));
  if (!found) return "unknown_preburn";
  state.removePreburn(id, found);
  state.takeHeld(found.account, found.amount);
  state.changeSupply(-found.amount);
  return "applied";
};

export const cancel: Apply<Of<"cancel">> = ({ preburn: id }, context) => {
  const { state } = context;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const found = state.preburns.get(hex(id));
  if (!found) return "unknown_preburn";
  state.removePreburn(id, found);
  state.setAside(found.account, -found.amount);
  return "applied";
};

export const attest: Apply<Of<"attest">> = ({ asset, amount, statedAt, statement }, context) => {
  const { state } = context;
  if (!isApproved(context, "attestors")) return "not_enough_approvals";
  if (!state.genesis.backing.some((one) => one.asset === asset)) return "unknown_asset";
  const before = state.attested.get(asset);
  if (statedAt > state.time || (before && statedAt < before.statedAt)) return "attestation_out_of_order";
  state.setRule(state.attested, asset, { amount, statedAt, statement: statement.slice() });
  return "applied";
};

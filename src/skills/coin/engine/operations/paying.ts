import type { ResultName } from "../faults.ts";
import type { Profile } from "../genesis.ts";
import { AMOUNT_MOST } from "../limits.ts";
import type { LedgerState } from "../state/ledger-state.ts";
import type { Role } from "../transaction.ts";

/** Who may pay whom. Who governs, attests or opens accounts holds no money (Diem's D1 to D4). */
const MAY_PAY: Readonly<Record<Profile, Partial<Record<Role, readonly Role[]>>>> = {
  voucher: {
    customer: ["merchant"],
    merchant: ["customer", "merchant", "exchange"],
    exchange: ["customer"],
  },
  issuer: {
    customer: ["customer", "merchant", "exchange"],
    merchant: ["customer", "merchant", "exchange"],
    exchange: ["customer", "merchant", "exchange"],
  },
};

const DAY_MS = 86_400_000;

export interface Payment {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** Whether these two may do this with one another at all. @returns null when they may */
export function refuseParties(state: LedgerState, { from, to, amount }: Payment): ResultName | null {
  const { accounts, genesis } = state;
  if (amount === 0) return "amount_zero";
  if (from === to) return "same_account";
  if (accounts.isFrozen[from] || accounts.isFrozen[to]) return "frozen";
  const payees = MAY_PAY[genesis.profile][accounts.roleOf(from)];
  return payees?.includes(accounts.roleOf(to)) ? null : "not_allowed";
}

/** Whether the payer has it and may spend it today. @returns null when they may */
export function refuseOutflow(state: LedgerState, { from, amount }: Payment): ResultName | null {
  const { accounts } = state;
  if ((accounts.balance[from] as number) < amount) return "insufficient";
  const most = state.dayMost[accounts.role[from] as number] as number;
  if (most === AMOUNT_MOST) return null;
  const before = accounts.day[from] === dayOf(state.time) ? (accounts.dayOut[from] as number) : 0;
  return before + amount > most ? "over_flow_limit" : null;
}

/** Whether the payee may hold it. @returns null when they may */
export function refuseInflow(state: LedgerState, { to, amount }: Omit<Payment, "from">): ResultName | null {
  const { accounts } = state;
  const after = (accounts.balance[to] as number) + (accounts.held[to] as number) + amount;
  if (after > AMOUNT_MOST) return "overflow";
  return after > (state.holdingMost[accounts.role[to] as number] as number) ? "over_holding_limit" : null;
}

export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

import { ROLES } from "../encode.ts";
import type { ResultName } from "../faults.ts";
import type { LedgerState, Members } from "../state/ledger-state.ts";
import type { Id, Operation } from "../transaction.ts";
import { type Apply, type Context, isApproved } from "./context.ts";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** Accounts and rules. */

/** A registrar opens for customers and merchants; everybody else is let in by the governors. */
export const open: Apply<Of<"open">> = ({ account, role, scheme, key, secret }, context) => {
  const { accounts } = context.state;
  const isEveryday = role === "customer" || role === "merchant";
  const mayOpen = isEveryday && accounts.roleOf(context.actor) === "registrar";
  if (!mayOpen && !isApproved(context, "governors")) return mayOpenAtAll(isEveryday);
  if (accounts.table.find(account) >= 0) return "account_exists";
  if (context.state.isInGroup) return "not_allowed";
  accounts.open(account, { role, scheme, key, secret });
  return "applied";
};

const mayOpenAtAll = (isEveryday: boolean): ResultName =>
  isEveryday ? "not_allowed" : "not_enough_approvals";

export const freeze: Apply<Of<"freeze">> = ({ account, isFrozen }, context) => {
  const { state } = context;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const row = state.accounts.table.find(account);
  if (row < 0) return "unknown_account";
  if (isProtected(state, row)) return "protected_account";
  const column = state.accounts.isFrozen;
  const before = column[row] as number;
  column[row] = isFrozen ? 1 : 0;
  state.undoBy(() => {
    column[row] = before;
  });
  return "applied";
};

/** Who sits in a council is not frozen and keeps its role. */
function isProtected({ accounts, councils }: LedgerState, row: number): boolean {
  const role = accounts.roleOf(row);
  return (
    role === "governor" ||
    role === "attestor" ||
    Object.values(councils).some(({ members }) => members.includes(row))
  );
}

export const rotate: Apply<Of<"rotate">> = ({ account, scheme, key }, { state, actor, signers }) => {
  const { accounts } = state;
  const row = accounts.table.find(account);
  if (row < 0) return "unknown_account";
  const recoverers = state.recoverers.get(row);
  const isRecovered =
    recoverers !== undefined &&
    signers.filter((one) => recoverers.members.includes(one)).length >= recoverers.needed;
  if (actor !== row && !isRecovered) return "not_enough_approvals";
  const before = accounts.keyOf(row);
  const kept = { scheme: before.scheme, key: before.key.slice() };
  accounts.setKey(row, { scheme, key });
  state.undoBy(() => accounts.setKey(row, kept));
  return "applied";
};

export const recoverers: Apply<Of<"recoverers">> = (operation, { state, actor }) => {
  const { recoverers: known } = state;
  if (operation.needed === 0 && operation.members.length === 0) {
    state.setRule(known, actor, undefined);
    return "applied";
  }
  const members = membersOf(state, operation);
  if (!members || members.members.includes(actor)) return "bad_members";
  state.setRule(known, actor, members);
  return "applied";
};

/** @returns null where one is unknown or named twice, or k does not fit n */
function membersOf(
  { accounts }: LedgerState,
  { needed, members }: { needed: number; members: readonly Id[] },
): Members | null {
  const rows = members.map((id) => accounts.table.find(id));
  if (needed < 1 || needed > rows.length || rows.includes(-1)) return null;
  return new Set(rows).size === rows.length ? { needed, members: rows } : null;
}

/** Only of an account without money, so that nobody who governs ever holds any. */
export const role: Apply<Of<"role">> = ({ account, role: next }, context) => {
  const { state } = context;
  const { accounts } = state;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const row = accounts.table.find(account);
  if (row < 0) return "unknown_account";
  if (Object.values(state.councils).some(({ members }) => members.includes(row))) return "protected_account";
  if (accounts.balance[row] !== 0 || accounts.held[row] !== 0) return "account_in_use";
  const before = accounts.role[row] as number;
  accounts.role[row] = ROLES.indexOf(next);
  state.undoBy(() => {
    accounts.role[row] = before;
  });
  return "applied";
};

export const limit: Apply<Of<"limit">> = ({ role: of, holdingMost, dayMost }, context) => {
  const { state } = context;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const n = ROLES.indexOf(of);
  const before = [state.holdingMost[n] as number, state.dayMost[n] as number] as const;
  state.holdingMost[n] = holdingMost;
  state.dayMost[n] = dayMost;
  state.undoBy(() => {
    [state.holdingMost[n], state.dayMost[n]] = before;
  });
  return "applied";
};

export const council: Apply<Of<"council">> = (operation, context) => {
  const { state } = context;
  if (!isApproved(context, "governors")) return "not_enough_approvals";
  const members = membersOf(state, operation);
  const wanted = operation.council === "governors" ? "governor" : "attestor";
  if (!members || members.members.some((row) => state.accounts.roleOf(row) !== wanted)) return "bad_members";
  const before = state.councils[operation.council];
  state.councils[operation.council] = members;
  state.undoBy(() => {
    state.councils[operation.council] = before;
  });
  return "applied";
};

/** Alone in its transaction: the tree is not taken back. */
export const seal: Apply<Of<"seal">> = (_operation, { state, actor }: Context) => {
  const by = state.accounts.roleOf(actor);
  if ((by !== "registrar" && by !== "governor") || state.isInGroup) return "not_allowed";
  const { root, total } = state.liabilities.seal(state.accounts, state.height);
  state.sealed = { height: state.height, root, total };
  return "applied";
};

import { ROLES } from "../engine/encode.ts";
import type { Backing, Profile } from "../engine/genesis.ts";
import { AMOUNT_MOST } from "../engine/limits.ts";
import { dayOf } from "../engine/operations/paying.ts";
import { bytesOf } from "../engine/state/holds.ts";
import type { LedgerState, Members } from "../engine/state/ledger-state.ts";
import type { Council, Id, Role, Scheme } from "../engine/transaction.ts";

/** What others may know of a ledger, copied out of its memory. */

/** null: without a limit. */
export interface Limits {
  readonly holdingMost: number | null;
  readonly dayMost: number | null;
}

export interface AccountFacts {
  readonly role: Role;
  readonly scheme: Scheme;
  readonly key: Uint8Array;
  readonly balance: number;
  readonly held: number;
  readonly isFrozen: boolean;
  /** The lowest number that was not used. */
  readonly nextNonce: number;
  /** Paid since midnight UTC. */
  readonly dayOut: number;
  readonly limits: Limits;
  readonly recoverers: { readonly needed: number; readonly members: readonly Id[] };
}

export interface HoldFacts {
  readonly payer: Id;
  readonly payee: Id;
  readonly arbiter: Id;
  readonly amount: number;
  readonly until: number;
}

export interface AttestedFacts {
  readonly asset: string;
  readonly amount: number;
  readonly statedAt: number;
  readonly statement: Uint8Array;
}

export interface LedgerFacts {
  readonly chainId: number;
  readonly profile: Profile;
  readonly backing: readonly Backing[];
  readonly attestationLasts: number;
  readonly height: number;
  readonly time: number;
  readonly chainHash: Uint8Array;
  readonly supply: number;
  readonly accounts: number;
  readonly sealed: { readonly height: number; readonly root: Uint8Array; readonly total: number } | null;
  readonly attested: readonly AttestedFacts[];
  readonly councils: Readonly<Record<Council, { readonly needed: number; readonly members: readonly Id[] }>>;
  readonly limits: readonly (Limits & { readonly role: Role })[];
}

export interface ProofFacts {
  readonly row: number;
  readonly leafHeight: number;
  readonly sum: number;
  readonly path: readonly { readonly sum: number; readonly hash: Uint8Array }[];
  readonly root: Uint8Array;
  readonly total: number;
  readonly sealedHeight: number;
}

export interface PreburnFacts {
  readonly id: Id;
  readonly account: Id;
  readonly amount: number;
}

const limitOf = (most: number | undefined): number | null => (most === AMOUNT_MOST ? null : (most ?? null));
const copyOf = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);

function limitsOf(state: LedgerState, role: number): Limits {
  return { holdingMost: limitOf(state.holdingMost[role]), dayMost: limitOf(state.dayMost[role]) };
}

function membersOf(state: LedgerState, { needed, members }: Members) {
  return { needed, members: members.map((row) => copyOf(state.accounts.table.idOf(row))) };
}

export function accountFacts(state: LedgerState, id: Id, now: number): AccountFacts | null {
  const { accounts } = state;
  const row = accounts.table.find(id);
  if (row < 0) return null;
  const { scheme, key } = accounts.keyOf(row);
  const isToday = accounts.day[row] === dayOf(Math.max(state.time, now));
  return {
    role: accounts.roleOf(row),
    scheme,
    key: copyOf(key),
    balance: accounts.balance[row] as number,
    held: accounts.held[row] as number,
    isFrozen: accounts.isFrozen[row] === 1,
    nextNonce: accounts.nonces.read(row).low,
    dayOut: isToday ? (accounts.dayOut[row] as number) : 0,
    limits: limitsOf(state, accounts.role[row] as number),
    recoverers: membersOf(state, state.recoverers.get(row) ?? { needed: 0, members: [] }),
  };
}

export function holdFacts({ holds, accounts }: LedgerState, id: Id): HoldFacts | null {
  const found = holds.find(id);
  if (!found) return null;
  const idOf = (row: number) => copyOf(accounts.table.idOf(row));
  const { amount, until } = found;
  return {
    payer: idOf(found.payer),
    payee: idOf(found.payee),
    arbiter: idOf(found.arbiter),
    amount,
    until,
  };
}

export function preburnFacts({ preburns, accounts }: LedgerState): PreburnFacts[] {
  return [...preburns].map(([id, { account, amount }]) => ({
    id: bytesOf(id),
    account: copyOf(accounts.table.idOf(account)),
    amount,
  }));
}

export function ledgerFacts(state: LedgerState): LedgerFacts {
  const { genesis, sealed } = state;
  return {
    chainId: genesis.chainId,
    profile: genesis.profile,
    backing: genesis.backing,
    attestationLasts: genesis.attestationLasts,
    height: state.height,
    time: state.time,
    chainHash: copyOf(state.chainHash),
    supply: state.supply,
    accounts: state.accounts.size,
    sealed: sealed && { ...sealed, root: copyOf(sealed.root) },
    attested: [...state.attested].map(([asset, one]) => ({
      asset,
      ...one,
      statement: copyOf(one.statement),
    })),
    councils: {
      governors: membersOf(state, state.councils.governors),
      attestors: membersOf(state, state.councils.attestors),
    },
    limits: ROLES.map((role, n) => ({ role, ...limitsOf(state, n) })),
  };
}

/** @returns null before the first seal, and for an account that was opened after the last one */
export function proofFacts(state: LedgerState, id: Id): (ProofFacts & { ledger: LedgerFacts }) | null {
  const row = state.accounts.table.find(id);
  const { sealed } = state;
  const proof = row < 0 || !sealed ? null : state.liabilities.proof(state.accounts, row);
  if (!proof || !sealed) return null;
  return {
    row,
    leafHeight: proof.height,
    sum: proof.sum,
    path: proof.path,
    root: copyOf(sealed.root),
    total: sealed.total,
    sealedHeight: sealed.height,
    ledger: ledgerFacts(state),
  };
}

import { hash } from "node:crypto";
import { ByteWriter } from "./bytes.ts";
import { RESULTS, type ResultName, resultName } from "./faults.ts";
import type { Genesis } from "./genesis.ts";
import { LIFETIME_MS } from "./limits.ts";
import type { Context } from "./operations/context.ts";
import { council, freeze, limit, open, recoverers, role, rotate, seal } from "./operations/governing.ts";
import { capture, endHolds, giveBack, hold } from "./operations/holding.ts";
import { attest, burn, cancel, mint, preburn } from "./operations/supplying.ts";
import { transfer } from "./operations/transfer.ts";
import { LedgerState } from "./state/ledger-state.ts";
import type { Operation, Transaction } from "./transaction.ts";

/**
 * The rules: (state, transaction) -> result. No clock, no chance, no floats, no order of a map: whoever applies the same blocks has
 * the same state and the same hashes. Signatures are checked before, against the keys that the transaction names; whether these are
 * the accounts' keys is judged here, because keys change.
 */

/** @param seed of this process, for where ids fall in tables; nothing of the result depends on it */
export function openLedger(genesis: Genesis, seed = 0): LedgerState {
  const state = new LedgerState(genesis, seed);
  for (const { id, ...parts } of genesis.accounts) state.accounts.open(id, parts);
  const rows = (ids: readonly Uint8Array[]) => ids.map((id) => state.accounts.table.find(id));
  for (const name of ["governors", "attestors"] as const) {
    const { needed, members } = genesis[name];
    const found = rows(members);
    if (found.includes(-1) || needed < 1 || needed > found.length)
      throw new RangeError(`The ${name} of the genesis do not fit.`);
    state.councils[name] = { needed, members: found };
  }
  state.chainHash = sha256(
    new ByteWriter()
      .u64(genesis.chainId)
      .u8(genesis.profile === "voucher" ? 0 : 1)
      .done(),
  );
  return state;
}

/** A block that is being applied: what its hash is made of. */
export interface Block {
  readonly height: number;
  readonly time: number;
  readonly results: ByteWriter;
  count: number;
}

/** @param time ms; a clock that went back counts as standing still */
export function beginBlock(state: LedgerState, time: number): Block {
  state.height++;
  state.time = Math.max(state.time, time);
  state.recent.forget(state.time);
  endHolds(state);
  return { height: state.height, time: state.time, results: new ByteWriter(), count: 0 };
}

export interface Applied {
  readonly result: ResultName;
  /** It was decided before: this is what was answered then. */
  readonly isKnown: boolean;
}

/**
 * Applies one transaction wholly or not at all.
 * @param digest SHA-256 of its body's bytes
 */
export function applyTransaction(
  state: LedgerState,
  block: Block,
  { transaction, digest }: { readonly transaction: Transaction; readonly digest: Uint8Array },
): Applied {
  const known = state.recent.find(transaction.id, digest);
  if (typeof known === "number") return { result: resultName(known), isKnown: true };
  const refusal = known === "conflict" ? "id_conflict" : refuseEnvelope(state, transaction);
  if (refusal) return { result: refusal, isKnown: false };
  const signers = transaction.signers.map(({ account }) => state.accounts.table.find(account));
  for (const [n, { nonce }] of transaction.signers.entries())
    state.accounts.nonces.use(signers[n] as number, nonce);
  const result = applyOperations(state, transaction, signers);
  const code = RESULTS[result];
  state.recent.add(transaction.id, { digest, code, expiresAt: transaction.expiresAt });
  block.results.put(digest, 32).u16(code);
  block.count++;
  return { result, isKnown: false };
}

/** Ends a block. @returns the hash of everything that was applied so far */
export function endBlock(state: LedgerState, { height, time, results, count }: Block): Uint8Array {
  const sealed = state.sealed?.height === height ? state.sealed.root : NOTHING;
  const head = new ByteWriter().put(state.chainHash, 32).u64(height).u64(time).u64(count);
  head.u8(sealed.length).put(sealed);
  state.chainHash = sha256(head.put(sha256(results.done()), 32).u64(state.supply).done());
  return state.chainHash;
}

const NOTHING = new Uint8Array(0);

/** What makes it void before it is looked at: it may be sent again, and leaves no trace. */
function refuseEnvelope(state: LedgerState, transaction: Transaction): ResultName | null {
  const { accounts, time, genesis } = state;
  if (transaction.chainId !== genesis.chainId) return "wrong_chain";
  if (transaction.expiresAt <= time) return "expired";
  if (transaction.expiresAt > time + LIFETIME_MS) return "expires_too_late";
  const rows: number[] = [];
  for (const { account, scheme, key, nonce } of transaction.signers) {
    const row = accounts.table.find(account);
    if (row < 0) return "unknown_signer";
    if (rows.includes(row)) return "same_signer_twice";
    if (!accounts.hasKey(row, scheme, key)) return "wrong_key";
    const judged = accounts.nonces.judge(row, nonce);
    if (judged !== "free") return judged;
    rows.push(row);
  }
  return null;
}

function applyOperations(
  state: LedgerState,
  { id, operations }: Transaction,
  signers: readonly number[],
): ResultName {
  const isGroup = operations.length > 1;
  if (isGroup) state.open();
  let result: ResultName = "applied";
  for (const operation of operations) {
    const actor = signers[operation.by] as number;
    const context = { state, actor, signers, transactionId: id };
    result = state.accounts.isFrozen[actor] ? "frozen" : applyOne(operation, context);
    if (result !== "applied") break;
  }
  if (isGroup) state.close(result === "applied");
  return result;
}

function applyOne(operation: Operation, context: Context): ResultName {
  switch (operation.kind) {
    case "transfer":
      return transfer(operation, context);
    case "hold":
      return hold(operation, context);
    case "capture":
      return capture(operation, context);
    case "void":
      return giveBack(operation, context);
    case "open":
      return open(operation, context);
    case "mint":
      return mint(operation, context);
    case "preburn":
      return preburn(operation, context);
    case "burn":
      return burn(operation, context);
    case "cancel":
      return cancel(operation, context);
    case "freeze":
      return freeze(operation, context);
    case "rotate":
      return rotate(operation, context);
    case "recoverers":
      return recoverers(operation, context);
    case "role":
      return role(operation, context);
    case "limit":
      return limit(operation, context);
    case "attest":
      return attest(operation, context);
    case "seal":
      return seal(operation, context);
    case "council":
      return council(operation, context);
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}

import { hash } from "node:crypto";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { assetBytes, COUNCILS, KEY_BYTES, ROLES, SCHEMES } from "./encode.ts";
import { Malformed } from "./faults.ts";
import type { Genesis } from "./genesis.ts";
import { bytesOf } from "./state/holds.ts";
import { LedgerState, type Members } from "./state/ledger-state.ts";

/** The whole state as canonical bytes: the same state gives the same bytes on every machine. */

const VERSION = 1;
const HASH_BYTES = 32;
/** Bytes of an account and of a decided transaction, at least. */
const ACCOUNT_LEAST = 16 + 3 + 32 + 16 + 16 + 12 + 16 + 2;
const RECENT_LEAST = 16 + HASH_BYTES + 2 + 8;

/** SHA-256 of the snapshot; equal hashes are equal states. */
export function stateHash(state: LedgerState): Uint8Array {
  return hash("sha256", takeSnapshot(state), "buffer");
}

/** Between two blocks. */
export function takeSnapshot(state: LedgerState): Uint8Array {
  const out = new ByteWriter().u8(VERSION).u64(state.genesis.chainId).u64(state.height).u64(state.time);
  out.put(state.chainHash, HASH_BYTES).u64(state.supply);
  writeSealed(out, state);
  writeRules(out, state);
  writeAccounts(out, state);
  const holds = state.holds.all();
  out.u32(holds.length);
  for (const { id, hold } of holds)
    out.put(id, 16).u32(hold.payer).u32(hold.payee).u32(hold.arbiter).u64(hold.amount).u64(hold.until);
  const preburns = [...state.preburns].sort(([a], [b]) => (a < b ? -1 : 1));
  out.u32(preburns.length);
  for (const [id, { account, amount }] of preburns) out.put(bytesOf(id), 16).u32(account).u64(amount);
  const recent = state.recent.all();
  out.u32(recent.length);
  for (const { id, digest, code, expiresAt } of recent)
    out.put(id, 16).put(digest, 32).u16(code).u64(expiresAt);
  return out.done();
}

function writeSealed(out: ByteWriter, { sealed }: LedgerState): void {
  out.u8(sealed ? 1 : 0);
  if (sealed) out.u64(sealed.height).put(sealed.root, HASH_BYTES).u64(sealed.total);
}

function writeRules(out: ByteWriter, state: LedgerState): void {
  for (const name of COUNCILS) writeMembers(out, state.councils[name]);
  for (const n of ROLES.keys()) out.u64(state.holdingMost[n] as number).u64(state.dayMost[n] as number);
  const attested = [...state.attested].sort(([a], [b]) => (a < b ? -1 : 1));
  out.u8(attested.length);
  for (const [asset, { amount, statedAt, statement }] of attested)
    out.put(assetBytes(asset), 3).u64(amount).u64(statedAt).put(statement, HASH_BYTES);
  const recoverers = [...state.recoverers].sort(([a], [b]) => a - b);
  out.u32(recoverers.length);
  for (const [row, members] of recoverers) writeMembers(out.u32(row), members);
}

function writeMembers(out: ByteWriter, { needed, members }: Members): void {
  out.u8(needed).u8(members.length);
  for (const row of members) out.u32(row);
}

function writeAccounts(out: ByteWriter, { accounts, liabilities }: LedgerState): void {
  out.u32(accounts.size);
  for (let row = 0; row < accounts.size; row++) {
    const { scheme, key } = accounts.keyOf(row);
    out
      .put(accounts.table.idOf(row), 16)
      .u8(accounts.role[row] as number)
      .u8(accounts.isFrozen[row] as number);
    out.u8(SCHEMES.indexOf(scheme)).put(key).put(accounts.secretOf(row), 16);
    out.u64(accounts.balance[row] as number).u64(accounts.held[row] as number);
    out.u32(accounts.day[row] as number).u64(accounts.dayOut[row] as number);
    const { low, first, second } = accounts.nonces.read(row);
    out
      .u64(low)
      .u32(first)
      .u32(second)
      .u8(accounts.isTouched[row] as number);
    const leaf = liabilities.leafOf(row);
    out.u8(leaf ? 1 : 0);
    if (leaf) out.u64(leaf.height).u64(leaf.sum);
  }
}

/**
 * The state of a snapshot. What it says is not believed: whoever restores one compares its hash with one they trust.
 * @throws Malformed where the bytes are none, or of another ledger
 */
export function restoreSnapshot(genesis: Genesis, bytes: Uint8Array, seed = 0): LedgerState {
  const reader = new ByteReader(bytes);
  if (reader.u8() !== VERSION) throw new Malformed("the snapshot's version is unknown");
  if (reader.u64() !== genesis.chainId) throw new Malformed("the snapshot is of another ledger");
  const state = new LedgerState(genesis, seed);
  state.height = reader.u64();
  state.time = reader.u64();
  state.chainHash = reader.take(HASH_BYTES).slice();
  state.supply = reader.u64();
  if (reader.u8() === 1) {
    const height = reader.u64();
    const root = reader.take(HASH_BYTES).slice();
    state.sealed = { height, root, total: reader.u64() };
  }
  readRules(reader, state);
  readAccounts(reader, state);
  readHolds(reader, state);
  for (let left = reader.u32(); left > 0; left--) {
    const id = reader.take(16);
    state.addPreburn(id, { account: reader.u32(), amount: reader.u64() });
  }
  const recent = counted(reader, RECENT_LEAST);
  state.recent.reserve(roomFor(recent));
  for (let left = recent; left > 0; left--) {
    const id = reader.take(16);
    const digest = reader.take(HASH_BYTES);
    const code = reader.u16();
    state.recent.add(id, { digest, code, expiresAt: reader.u64() });
  }
  reader.end();
  return state;
}

function readRules(reader: ByteReader, state: LedgerState): void {
  for (const name of COUNCILS) state.councils[name] = readMembers(reader);
  for (const n of ROLES.keys()) {
    state.holdingMost[n] = reader.u64();
    state.dayMost[n] = reader.u64();
  }
  for (let left = reader.u8(); left > 0; left--) {
    const asset = String.fromCharCode(...reader.take(3));
    const amount = reader.u64();
    const statedAt = reader.u64();
    state.attested.set(asset, { amount, statedAt, statement: reader.take(HASH_BYTES).slice() });
  }
  for (let left = reader.u32(); left > 0; left--) state.recoverers.set(reader.u32(), readMembers(reader));
}

function readMembers(reader: ByteReader): Members {
  const needed = reader.u8();
  return { needed, members: Array.from({ length: reader.u8() }, () => reader.u32()) };
}

/** And for what the blocks after it bring, so that nothing is moved a second time. */
const roomFor = (count: number): number => Math.ceil(count * 1.25);

/** A number of parts, each of so many bytes at least: room is made for no more than there can be. */
function counted(reader: ByteReader, least: number): number {
  const count = reader.u32();
  if (count * least > reader.left) throw new Malformed("it ends too early");
  return count;
}

function readAccounts(reader: ByteReader, { accounts, liabilities }: LedgerState): void {
  const count = counted(reader, ACCOUNT_LEAST);
  accounts.reserve(roomFor(count));
  for (let left = count; left > 0; left--) {
    const id = reader.take(16);
    const role = ROLES[reader.u8()];
    const isFrozen = reader.u8();
    const scheme = SCHEMES[reader.u8()];
    if (!role || !scheme) throw new Malformed("the snapshot names no role or no scheme");
    const key = reader.take(KEY_BYTES[scheme]);
    const row = accounts.open(id, { role, scheme, key, secret: reader.take(16) });
    accounts.isFrozen[row] = isFrozen;
    accounts.balance[row] = reader.u64();
    accounts.held[row] = reader.u64();
    accounts.day[row] = reader.u32();
    accounts.dayOut[row] = reader.u64();
    accounts.nonces.write(row, { low: reader.u64(), first: reader.u32(), second: reader.u32() });
    accounts.isTouched[row] = reader.u8();
    if (reader.u8() === 1) liabilities.restore({ height: reader.u64(), sum: reader.u64() });
  }
  accounts.touched.length = 0;
  for (let row = 0; row < accounts.size; row++) if (accounts.isTouched[row]) accounts.touched.push(row);
}

function readHolds(reader: ByteReader, state: LedgerState): void {
  for (let left = reader.u32(); left > 0; left--) {
    const id = reader.take(16).slice();
    const [payer, payee, arbiter] = [reader.u32(), reader.u32(), reader.u32()];
    state.addHold(id, { payer, payee, arbiter, amount: reader.u64(), until: reader.u64() });
  }
}

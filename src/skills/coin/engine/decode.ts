import { ByteReader } from "./bytes.ts";
import { COUNCILS, KEY_BYTES, KINDS, ROLES, SCHEMES, VERSION } from "./encode.ts";
import { Malformed } from "./faults.ts";
import { MEMBERS_MOST, OPERATIONS_MOST, SIGNERS_MOST } from "./limits.ts";
import type { Id, Operation, OperationKind, Scheme, Signer, Transaction } from "./transaction.ts";

/**
 * Reads the bytes of a transaction without its signatures. Whatever is read is written back to the same bytes: there is no
 * second way to write it.
 * @throws Malformed
 */
export function decodeBody(bytes: Uint8Array): Transaction {
  const reader = new ByteReader(bytes);
  const transaction = readBody(reader);
  reader.end();
  return transaction;
}

export const SIGNATURE_BYTES = 64;

export interface SignedBytes {
  /** What was signed, without the domain. */
  readonly body: Uint8Array;
  readonly transaction: Transaction;
  /** One a signer, in their order. */
  readonly signatures: readonly Uint8Array[];
}

/** Reads a body with its signatures behind it. The parts are views, not copies. @throws Malformed */
export function decodeSigned(bytes: Uint8Array): SignedBytes {
  const reader = new ByteReader(bytes);
  const transaction = readBody(reader);
  const body = bytes.subarray(0, bytes.length - reader.left);
  const signatures = transaction.signers.map(() => reader.take(SIGNATURE_BYTES));
  reader.end();
  return { body, transaction, signatures };
}

function readBody(reader: ByteReader): Transaction {
  if (reader.u8() !== VERSION) throw new Malformed("its version is unknown");
  const chainId = reader.u64();
  const id = reader.take(16);
  const expiresAt = reader.u64();
  const signers = Array.from({ length: countOf(reader, SIGNERS_MOST) }, () => readSigner(reader));
  const operations = Array.from({ length: countOf(reader, OPERATIONS_MOST) }, () =>
    readOperation(reader, signers.length),
  );
  return { chainId, id, expiresAt, signers, operations };
}

function countOf(reader: ByteReader, most: number): number {
  const count = reader.u8();
  if (count < 1 || count > most) throw new Malformed("it has too few or too many parts");
  return count;
}

function readSigner(reader: ByteReader): Signer {
  const account = reader.take(16);
  const nonce = reader.u64();
  const scheme = one(reader, SCHEMES);
  return { account, nonce, scheme, key: readKey(reader, scheme) };
}

function readKey(reader: ByteReader, scheme: Scheme): Uint8Array {
  const key = reader.take(KEY_BYTES[scheme]);
  if (scheme === "p256" && key[0] !== 2 && key[0] !== 3) throw new Malformed("a key is not compressed");
  return key;
}

function one<T>(reader: ByteReader, names: readonly T[]): T {
  const name = names[reader.u8()];
  if (name === undefined) throw new Malformed("a number stands for nothing");
  return name;
}

function readOperation(reader: ByteReader, signers: number): Operation {
  const kind = one<OperationKind>(reader, KINDS);
  const by = reader.u8();
  if (by >= signers) throw new Malformed("an operation names a signer who is not there");
  switch (kind) {
    case "open": {
      const account = reader.take(16);
      const role = one(reader, ROLES);
      const scheme = one(reader, SCHEMES);
      return { kind, by, account, role, scheme, key: readKey(reader, scheme), secret: reader.take(16) };
    }
    case "transfer":
      return { kind, by, to: reader.take(16), amount: reader.u64(), reference: reader.take(32) };
    case "hold":
      return {
        kind,
        by,
        to: reader.take(16),
        arbiter: reader.take(16),
        amount: reader.u64(),
        until: reader.u64(),
        reference: reader.take(32),
      };
    case "capture":
      return { kind, by, hold: reader.take(16), amount: reader.u64() };
    case "void":
      return { kind, by, hold: reader.take(16) };
    case "mint":
      return { kind, by, to: reader.take(16), amount: reader.u64() };
    case "preburn":
      return { kind, by, amount: reader.u64() };
    case "burn":
    case "cancel":
      return { kind, by, preburn: reader.take(16) };
    default:
      return readRule(reader, kind, by);
  }
}

type RuleKind = "freeze" | "rotate" | "recoverers" | "role" | "limit" | "attest" | "seal" | "council";

function readRule(reader: ByteReader, kind: RuleKind, by: number): Operation {
  switch (kind) {
    case "freeze":
      return {
        kind,
        by,
        account: reader.take(16),
        isFrozen: one(reader, [false, true]),
        reason: reader.take(32),
      };
    case "rotate": {
      const account = reader.take(16);
      const scheme = one(reader, SCHEMES);
      return { kind, by, account, scheme, key: readKey(reader, scheme) };
    }
    case "recoverers":
      return { kind, by, ...readMembers(reader) };
    case "role":
      return { kind, by, account: reader.take(16), role: one(reader, ROLES) };
    case "limit":
      return { kind, by, role: one(reader, ROLES), holdingMost: reader.u64(), dayMost: reader.u64() };
    case "attest": {
      const asset = readAsset(reader);
      const amount = reader.u64();
      return { kind, by, asset, amount, statedAt: reader.u64(), statement: reader.take(32) };
    }
    case "seal":
      return { kind, by };
    case "council":
      return { kind, by, council: one(reader, COUNCILS), ...readMembers(reader) };
  }
}

function readMembers(reader: ByteReader): { needed: number; members: Id[] } {
  const needed = reader.u8();
  const count = reader.u8();
  if (needed > MEMBERS_MOST || count > MEMBERS_MOST) throw new Malformed("it names too many members");
  return { needed, members: Array.from({ length: count }, () => reader.take(16)) };
}

function readAsset(reader: ByteReader): string {
  const letters = reader.take(3);
  if (letters.some((letter) => letter < 0x41 || letter > 0x5a))
    throw new Malformed("a currency is not three letters");
  return String.fromCharCode(...letters);
}

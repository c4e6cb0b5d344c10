import { ByteWriter } from "./bytes.ts";
import { MEMBERS_MOST, OPERATIONS_MOST, SIGNERS_MOST } from "./limits.ts";
import type { Id, Operation, OperationKind, Transaction } from "./transaction.ts";

/** The bytes that are signed begin with this, so that no signature of another purpose is one of ours. */
export const DOMAIN = new TextEncoder().encode("augenhoehe coin transaction 1\n");
export const VERSION = 1;

export const KINDS: readonly OperationKind[] = [
  "open",
  "transfer",
  "hold",
  "capture",
  "void",
  "mint",
  "preburn",
  "burn",
  "cancel",
  "freeze",
  "rotate",
  "recoverers",
  "role",
  "limit",
  "attest",
  "seal",
  "council",
];
export const ROLES = ["customer", "merchant", "exchange", "registrar", "governor", "attestor"] as const;
export const SCHEMES = ["ed25519", "p256"] as const;
export const KEY_BYTES = { ed25519: 32, p256: 33 } as const;
export const COUNCILS = ["governors", "attestors"] as const;

/**
 * A transaction's bytes without its signatures: what is signed (behind DOMAIN) and hashed.
 * @throws RangeError for what has no bytes: amounts beyond 2^53 - 1, ids of another length, too many parts
 */
export function encodeBody({ chainId, id, expiresAt, signers, operations }: Transaction): Uint8Array {
  const out = new ByteWriter().u8(VERSION).u64(chainId).put(id, 16).u64(expiresAt);
  out.u8(counted(signers.length, 1, SIGNERS_MOST));
  for (const { account, nonce, scheme, key } of signers)
    out.put(account, 16).u64(nonce).u8(SCHEMES.indexOf(scheme)).put(key, KEY_BYTES[scheme]);
  out.u8(counted(operations.length, 1, OPERATIONS_MOST));
  for (const operation of operations) {
    out.u8(KINDS.indexOf(operation.kind)).u8(counted(operation.by, 0, signers.length - 1));
    encodeOperation(out, operation);
  }
  return out.done();
}

function counted(value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${value} is not from ${least} to ${most}`);
  return value;
}

function encodeOperation(out: ByteWriter, op: Operation): void {
  switch (op.kind) {
    case "open":
      out.put(op.account, 16).u8(ROLES.indexOf(op.role)).u8(SCHEMES.indexOf(op.scheme));
      out.put(op.key, KEY_BYTES[op.scheme]).put(op.secret, 16);
      return;
    case "transfer":
      out.put(op.to, 16).u64(op.amount).put(op.reference, 32);
      return;
    case "hold":
      out.put(op.to, 16).put(op.arbiter, 16).u64(op.amount).u64(op.until).put(op.reference, 32);
      return;
    case "capture":
      out.put(op.hold, 16).u64(op.amount);
      return;
    case "void":
      out.put(op.hold, 16);
      return;
    case "mint":
      out.put(op.to, 16).u64(op.amount);
      return;
    case "preburn":
      out.u64(op.amount);
      return;
    case "burn":
    case "cancel":
      out.put(op.preburn, 16);
      return;
    default:
      encodeRule(out, op);
  }
}

type Rule = Extract<
  Operation,
  { kind: "freeze" | "rotate" | "recoverers" | "role" | "limit" | "attest" | "seal" | "council" }
>;

function encodeRule(out: ByteWriter, op: Rule): void {
  switch (op.kind) {
    case "freeze":
      out
        .put(op.account, 16)
        .u8(op.isFrozen ? 1 : 0)
        .put(op.reason, 32);
      return;
    case "rotate":
      out.put(op.account, 16).u8(SCHEMES.indexOf(op.scheme)).put(op.key, KEY_BYTES[op.scheme]);
      return;
    case "recoverers":
      encodeMembers(out, op);
      return;
    case "role":
      out.put(op.account, 16).u8(ROLES.indexOf(op.role));
      return;
    case "limit":
      out.u8(ROLES.indexOf(op.role)).u64(op.holdingMost).u64(op.dayMost);
      return;
    case "attest":
      out.put(assetBytes(op.asset), 3).u64(op.amount).u64(op.statedAt).put(op.statement, 32);
      return;
    case "council":
      out.u8(COUNCILS.indexOf(op.council));
      encodeMembers(out, op);
      return;
    case "seal":
  }
}

function encodeMembers(
  out: ByteWriter,
  { needed, members }: { needed: number; members: readonly Id[] },
): void {
  out.u8(counted(needed, 0, MEMBERS_MOST)).u8(counted(members.length, 0, MEMBERS_MOST));
  for (const member of members) out.put(member, 16);
}

/** @throws RangeError for what is not three capital letters */
export function assetBytes(asset: string): Uint8Array {
  if (!/^[A-Z]{3}$/.test(asset)) throw new RangeError(`${asset} is no currency`);
  return new TextEncoder().encode(asset);
}

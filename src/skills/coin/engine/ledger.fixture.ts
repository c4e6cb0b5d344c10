import { generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto";
import { applyTransaction, type Block, beginBlock, endBlock, openLedger } from "./apply.ts";
import { DOMAIN, encodeBody } from "./encode.ts";
import type { ResultName } from "./faults.ts";
import type { Genesis, Profile } from "./genesis.ts";
import type { LedgerState } from "./state/ledger-state.ts";
import type { Id, Operation, Role, Transaction } from "./transaction.ts";

/** A small association with its members, for tests and benchmarks. Ids are numbers, so that a test can name them. */

export const CHAIN = 7_001;
export const T0 = 1_800_000_000_000;
export const EUR = { asset: "EUR", minor: 1, per: 10_000 } as const;
export const EURO = 1_000_000;

export function idOf(n: number): Id {
  const id = new Uint8Array(16);
  new DataView(id.buffer).setUint32(12, n);
  return id;
}

export interface Person {
  readonly n: number;
  readonly id: Id;
  readonly key: Uint8Array;
  readonly secret: Uint8Array;
  readonly privateKey: KeyObject | null;
  nonce: number;
}

/** @param signs false where nothing checks signatures: the core does not */
export function person(n: number, signs = false): Person {
  const secret = new Uint8Array(16).fill(n & 0xff);
  if (!signs) {
    const key = new Uint8Array(32).fill(1);
    new DataView(key.buffer).setUint32(0, n);
    return { n, id: idOf(n), key, secret, privateKey: null, nonce: 0 };
  }
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const jwk = publicKey.export({ format: "jwk" });
  const key = new Uint8Array(Buffer.from(jwk.x as string, "base64url"));
  return { n, id: idOf(n), key, secret, privateKey, nonce: 0 };
}

export interface Association {
  readonly state: LedgerState;
  readonly genesis: Genesis;
  readonly governors: readonly Person[];
  readonly attestors: readonly Person[];
  readonly registrar: Person;
  readonly exchange: Person;
  block: Block;
}

export function association(profile: Profile = "voucher", seed = 0, signs = false): Association {
  const governors = [1, 2, 3].map((n) => person(n, signs));
  const attestors = [4, 5].map((n) => person(n, signs));
  const registrar = person(6, signs);
  const exchange = person(7, signs);
  const as = (role: Role) => (one: Person) => ({ ...one, role, scheme: "ed25519" as const });
  const genesis: Genesis = {
    chainId: CHAIN,
    profile,
    backing: [EUR],
    attestationLasts: 48 * 3_600_000,
    accounts: [
      ...governors.map(as("governor")),
      ...attestors.map(as("attestor")),
      as("registrar")(registrar),
      as("exchange")(exchange),
    ].map(({ id, role, scheme, key, secret }) => ({ id, role, scheme, key, secret })),
    governors: { needed: 2, members: governors.map(({ id }) => id) },
    attestors: { needed: 2, members: attestors.map(({ id }) => id) },
  };
  const state = openLedger(genesis, seed);
  return { state, genesis, governors, attestors, registrar, exchange, block: beginBlock(state, T0) };
}

export function nextBlock(all: Association, time = all.state.time + 1): Uint8Array {
  const hashed = endBlock(all.state, all.block);
  all.block = beginBlock(all.state, time);
  return hashed;
}

let counter = 1_000_000;

/** An operation without its signer's place, which follows from who signs first. */
export type Doing = Operation extends infer O
  ? O extends Operation
    ? Omit<O, "by"> & { by?: number }
    : never
  : never;

export function transactionOf(
  signers: readonly Person[],
  doings: readonly Doing[],
  more: Partial<Transaction> & { readonly time?: number } = {},
): Transaction {
  const { time = T0, ...rest } = more;
  return {
    chainId: CHAIN,
    id: idOf(counter++),
    expiresAt: time + 3_600_000,
    signers: signers.map((one) => ({
      account: one.id,
      nonce: one.nonce++,
      scheme: "ed25519" as const,
      key: one.key,
    })),
    operations: doings.map((doing) => ({ by: 0, ...doing }) as Operation),
    ...rest,
  };
}

export function digestOf(transaction: Transaction): Uint8Array {
  return hash("sha256", encodeBody(transaction), "buffer");
}

export function apply(all: Association, transaction: Transaction): ResultName {
  return applyTransaction(all.state, all.block, { transaction, digest: digestOf(transaction) }).result;
}

/** Signs and does in one. */
export function does(all: Association, signers: readonly Person[], ...doings: readonly Doing[]): ResultName {
  return apply(all, transactionOf(signers, doings, { time: all.state.time }));
}

export function signedBytes(transaction: Transaction, signers: readonly Person[]): Uint8Array {
  const body = encodeBody(transaction);
  const message = Buffer.concat([DOMAIN, body]);
  return Buffer.concat([
    body,
    ...signers.map(({ privateKey }) => {
      if (!privateKey) throw new Error("This person cannot sign.");
      return sign(null, message, privateKey);
    }),
  ]);
}

export const NO_REFERENCE = new Uint8Array(32);

/** Opened by the registrar. */
export function opens(all: Association, n: number, role: Role = "customer"): Person {
  const one = person(n);
  const { id, key, secret } = one;
  const result = does(all, [all.registrar], {
    kind: "open",
    account: id,
    role,
    scheme: "ed25519",
    key,
    secret,
  });
  if (result !== "applied") throw new Error(result);
  return one;
}

/** A statement of the bank that shows so many euros, signed by both attestors. */
export function attests(all: Association, euros: number): ResultName {
  return does(all, all.attestors, {
    kind: "attest",
    asset: "EUR",
    amount: euros * 100,
    statedAt: all.state.time,
    statement: NO_REFERENCE,
  });
}

export function mints(all: Association, euros: number): ResultName {
  return does(all, all.governors.slice(0, 2), { kind: "mint", to: all.exchange.id, amount: euros * EURO });
}

export function pays(all: Association, from: Person, to: Person, amount: number): ResultName {
  return does(all, [from], { kind: "transfer", to: to.id, amount, reference: NO_REFERENCE });
}

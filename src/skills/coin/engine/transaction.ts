import type { Uint } from "./uint.ts";

/**
 * A transaction as everybody signs and stores it. It may link several operations of several signers: all of them are done, or
 * none. What k of n must approve is signed by k of them.
 */

/** 16 random bytes. */
export type Id = Uint8Array;

export type Scheme = "ed25519" | "p256";

/** Who signs, with which number of their account, and by which key. */
export interface Signer {
  readonly account: Id;
  /** Each is used once; see state/nonces.ts. */
  readonly nonce: Uint;
  readonly scheme: Scheme;
  /** 32 bytes of Ed25519 (RFC 8032), or 33 of P-256 compressed (SEC 1, 2.3.3). */
  readonly key: Uint8Array;
}

export type Role = "customer" | "merchant" | "exchange" | "registrar" | "governor" | "attestor";
export type Council = "governors" | "attestors";

/** `by` is the place of the acting signer among the signers. Amounts are base units, times ms of the block's time. */
export type Operation =
  | {
      readonly kind: "open";
      readonly by: number;
      readonly account: Id;
      readonly role: Role;
      readonly scheme: Scheme;
      readonly key: Uint8Array;
      /** 16 bytes that hide the account's leaf in the published tree; known to its owner. */
      readonly secret: Uint8Array;
    }
  | {
      readonly kind: "transfer";
      readonly by: number;
      readonly to: Id;
      readonly amount: Uint;
      /** 32 bytes: a salted hash of what it is for, or zeros. */
      readonly reference: Uint8Array;
    }
  /** Sets an amount aside for `to` until `until`; then it goes back by itself. Its id is the transaction's. */
  | {
      readonly kind: "hold";
      readonly by: number;
      readonly to: Id;
      /** Who may also capture or give back; `to` itself where nobody else may. */
      readonly arbiter: Id;
      readonly amount: Uint;
      readonly until: Uint;
      readonly reference: Uint8Array;
    }
  /** Pays out of a hold; what is left of it goes back. */
  | { readonly kind: "capture"; readonly by: number; readonly hold: Id; readonly amount: Uint }
  | { readonly kind: "void"; readonly by: number; readonly hold: Id }
  | { readonly kind: "mint"; readonly by: number; readonly to: Id; readonly amount: Uint }
  /** An exchange hands coins in to be burned. Its id is the transaction's. */
  | { readonly kind: "preburn"; readonly by: number; readonly amount: Uint }
  | { readonly kind: "burn"; readonly by: number; readonly preburn: Id }
  | { readonly kind: "cancel"; readonly by: number; readonly preburn: Id }
  /** `reason`: 32 bytes, the salted hash of a document. */
  | {
      readonly kind: "freeze";
      readonly by: number;
      readonly account: Id;
      readonly isFrozen: boolean;
      readonly reason: Uint8Array;
    }
  /** The owner, or k of the recoverers among the signers. */
  | {
      readonly kind: "rotate";
      readonly by: number;
      readonly account: Id;
      readonly scheme: Scheme;
      readonly key: Uint8Array;
    }
  /** Of the own account; none = 0 of nobody. */
  | {
      readonly kind: "recoverers";
      readonly by: number;
      readonly needed: number;
      readonly members: readonly Id[];
    }
  | { readonly kind: "role"; readonly by: number; readonly account: Id; readonly role: Role }
  /** 2^53 - 1 = without a limit. */
  | {
      readonly kind: "limit";
      readonly by: number;
      readonly role: Role;
      readonly holdingMost: Uint;
      readonly dayMost: Uint;
    }
  | {
      readonly kind: "attest";
      readonly by: number;
      /** Three letters, ISO 4217. */
      readonly asset: string;
      /** Minor units of the asset that the statement shows. */
      readonly amount: Uint;
      readonly statedAt: Uint;
      /** SHA-256 of the statement. */
      readonly statement: Uint8Array;
    }
  /** Publishes what is owed: the root of the tree of all balances. */
  | { readonly kind: "seal"; readonly by: number }
  | {
      readonly kind: "council";
      readonly by: number;
      readonly council: Council;
      readonly needed: number;
      readonly members: readonly Id[];
    };

export type OperationKind = Operation["kind"];

export interface Transaction {
  /** Of the ledger it is meant for. */
  readonly chainId: Uint;
  /** Made by who asks; the same id again is answered alike, with other content it is a conflict. */
  readonly id: Id;
  readonly expiresAt: Uint;
  /** 1 to 8, each account once. */
  readonly signers: readonly Signer[];
  /** 1 to 8. */
  readonly operations: readonly Operation[];
}

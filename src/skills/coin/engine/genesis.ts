import type { Id, Role, Scheme } from "./transaction.ts";
import type { Uint } from "./uint.ts";

/**
 * `voucher`: customers pay merchants, merchants redeem; customers neither cash out nor send to each other. `issuer`: everybody
 * pays everybody; only for a licensed institution.
 */
export type Profile = "voucher" | "issuer";

/** How much of an asset stands behind a coin: `minor` of its minor units for every `per` base units. */
export interface Backing {
  /** ISO 4217 */
  readonly asset: string;
  readonly minor: Uint;
  readonly per: Uint;
}

export interface FirstAccount {
  readonly id: Id;
  readonly role: Role;
  readonly scheme: Scheme;
  readonly key: Uint8Array;
  readonly secret: Uint8Array;
}

/** What a ledger begins with; nothing of it changes without the councils. */
export interface Genesis {
  readonly chainId: Uint;
  readonly profile: Profile;
  /** Each asset once; a coin of one cent's hundredth has [{ asset: "EUR", minor: 1, per: 10_000 }]. */
  readonly backing: readonly Backing[];
  /** ms; an older statement allows no minting. */
  readonly attestationLasts: Uint;
  readonly accounts: readonly FirstAccount[];
  /** So many of these must sign for money and rules (governors), and for what the reserve is (attestors). */
  readonly governors: { readonly needed: number; readonly members: readonly Id[] };
  readonly attestors: { readonly needed: number; readonly members: readonly Id[] };
}

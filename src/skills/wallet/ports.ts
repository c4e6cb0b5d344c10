import type { Actor, House, ReplyInput, Tx } from "#kernel";
import type { Council, Genesis, Id, Profile, Role, Scheme } from "../coin/api.ts";

/** What this skill asks of the house; bound in src/skills.ts. */

/** null: without a limit. */
export interface Limits {
  readonly holdingMost: number | null;
  readonly dayMost: number | null;
}

interface Members {
  readonly needed: number;
  readonly members: readonly Id[];
}

export interface LedgerAccount {
  readonly role: Role;
  readonly scheme: Scheme;
  readonly key: Uint8Array;
  readonly balance: number;
  readonly held: number;
  readonly isFrozen: boolean;
  /** The lowest number that was not used. */
  readonly nextNonce: number;
  readonly dayOut: number;
  readonly limits: Limits;
  readonly recoverers: Members;
}

export interface Ledger {
  readonly chainId: number;
  readonly profile: Profile;
  readonly backing: readonly { readonly asset: string; readonly minor: number; readonly per: number }[];
  readonly attestationLasts: number;
  readonly height: number;
  /** ms, of the last block */
  readonly time: number;
  readonly chainHash: Uint8Array;
  readonly supply: number;
  readonly accounts: number;
  readonly sealed: { readonly height: number; readonly root: Uint8Array; readonly total: number } | null;
  readonly attested: readonly {
    readonly asset: string;
    readonly amount: number;
    readonly statedAt: number;
    readonly statement: Uint8Array;
  }[];
  readonly councils: Readonly<Record<Council, Members>>;
  readonly limits: readonly (Limits & { readonly role: Role })[];
}

export interface LedgerProof {
  readonly row: number;
  readonly leafHeight: number;
  readonly sum: number;
  readonly path: readonly { readonly sum: number; readonly hash: Uint8Array }[];
  readonly root: Uint8Array;
  readonly total: number;
  readonly sealedHeight: number;
  readonly ledger: Ledger;
}

/** The ledgers of the node's companies. Only the process that faces outward has them. */
export interface Ledgers {
  /** @returns false where the company has one already */
  create(tenantId: number, genesis: Genesis): Promise<boolean>;
  /** Answered when it is durable; the same bytes again are answered alike. @throws AppError busy, not_found */
  submit(
    tenantId: number,
    bytes: Uint8Array,
  ): Promise<{ readonly result: string; readonly isKnown: boolean; readonly height: number }>;
  /** What became of a transaction that is too old to be remembered. @param since ms */
  decided(tenantId: number, id: Id, since: number): Promise<{ code: number; height: number } | null>;
  account(tenantId: number, id: Id): Promise<LedgerAccount | null>;
  hold(tenantId: number, id: Id): Promise<{ readonly amount: number; readonly until: number } | null>;
  preburns(
    tenantId: number,
  ): Promise<readonly { readonly id: Id; readonly account: Id; readonly amount: number }[]>;
  /** @returns null where the company has none */
  ledger(tenantId: number): Promise<Ledger | null>;
  /** @returns null before the first seal, and for an account that is younger than the last one */
  proof(tenantId: number, account: Id): Promise<LedgerProof | null>;
}

/** What a hold may wait for. */
export interface Deliveries {
  /** The end of the promised window, ms. @returns null for a delivery that is none or not promised (any more) */
  promisedUntil(house: House, tenantId: number, id: number): Promise<number | null>;
  /** What became of these: brought in time, or not. Those that are still open are left out. */
  ends(
    house: House,
    tenantId: number,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, "brought" | "missed">>;
}

export interface Outside {
  ledgers(house: House): Ledgers;
  /** What each result of the ledger means. */
  sentence(result: string, language: "de" | "en"): string;
  /** The ledger's own verdict on a signature. @param message domain and body */
  isSignature(one: {
    readonly scheme: Scheme;
    readonly key: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
  }): boolean;
  deliveries: Deliveries;
  /**
   * Asks for euro in the caller's transaction; tells by the caller's timer. The same reference gives the same request.
   * @throws AppError rule_broken as long as no way to pay is set up, conflict for the reference with other content
   */
  askForEuro(
    house: House,
    tx: Tx,
    asked: {
      readonly tenantId: number;
      readonly timer: string;
      readonly reference: string;
      readonly amountMinor: number;
      readonly title: string;
      readonly language: "de" | "en";
      readonly by: string;
    },
  ): Promise<{ readonly page: string }>;
  /** What the newest imported statement of an account says. */
  newestBalance(
    house: House,
    tenantId: number,
    iban: string,
  ): Promise<{
    readonly amountMinor: number;
    readonly currency: string;
    /** ms */
    readonly statedAt: number;
    readonly statementHash: string;
  } | null>;
  /** Credit transfers for a bank, as ISO 20022 pain.001. */
  transferFile(order: {
    readonly id: string;
    /** ms */
    readonly madeAt: number;
    /** YYYY-MM-DD */
    readonly on: string;
    readonly debtor: { readonly name: string; readonly iban: string; readonly bic: string };
    readonly transfers: readonly {
      readonly endToEnd: string;
      readonly name: string;
      readonly iban: string;
      readonly amountMinor: number;
      readonly words: string;
    }[];
  }): string;
  /** @returns null where no company has this short name */
  companyBySlug(house: House, slug: string): number | null;
  /** Whether the node's operator has the statement of a licensed institution for the company. */
  isLicensed(house: House, slug: string): boolean;
  /** A secret of this node, by its name. */
  secret(house: House, name: string): Promise<string>;
  /**
   * Sends an agent's words inside the caller's transaction, through the one gate.
   * @throws AppError window_closed, not_allowed_to_contact
   */
  reply(
    house: House,
    tx: Tx,
    actor: Actor,
    to: { conversationId: number; input: ReplyInput },
  ): Promise<string>;
  /** The node's address for customers, without a slash at its end. */
  publicUrl(house: House): string;
}

import type { Actor, Files, House, ReplyInput, Tx } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. */
export interface Desk {
  /** Where the picture of a code is kept. */
  files(house: House): Pick<Files, "receive">;
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

export type ProviderKind = "stripe" | "mollie";

/** The company's account at a service. */
export interface ProviderAccount {
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** "" = the service's own address. */
  readonly apiBase: string;
}

/** What one try to pay asks a service for. */
export interface NewCheckout {
  /** Ours; comes back with what the service tells. */
  readonly checkoutId: number;
  /** The same for every try of one call. */
  readonly key: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly title: string;
  readonly language: "de" | "en";
  /** Where the customer goes on afterwards. */
  readonly returnUrl: string;
  /** Where the service calls. */
  readonly webhookUrl: string;
  /** ms; services end it at about that time, as far as they let it be chosen */
  readonly expiresAt: number;
}

export interface BegunCheckout {
  readonly externalId: string;
  /** The service's page. */
  readonly url: string;
  /** ms; null = the service does not say */
  readonly expiresAt: number | null;
}

/** How a checkout stands at the service. */
export interface SeenCheckout {
  readonly externalId: string;
  /** As it was given; null when the service does not know it. */
  readonly checkoutId: number | null;
  readonly state: "open" | "processing" | "paid" | "expired" | "failed";
  /** The service's id of the money, for booking once and for refunds. */
  readonly paymentRef: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  /** All that went back of it; null = this message does not say. */
  readonly refundedMinor: number | null;
  /** What the payer's bank holds back of it; null = this message does not say. */
  readonly chargedBackMinor: number | null;
}

/** What a webhook tells: how a checkout stands, what of a payment went back, which id to ask for, or nothing of ours. */
export type Told =
  | { readonly is: "checkout"; readonly seen: SeenCheckout }
  | { readonly is: "refund"; readonly paymentRef: string; readonly refundedMinor: number }
  | {
      readonly is: "dispute";
      readonly paymentRef: string;
      readonly disputeRef: string;
      /** What is held back now: nothing for a mere question, and after it was won. */
      readonly heldMinor: number;
    }
  | { readonly is: "look"; readonly externalId: string }
  | { readonly is: "nothing" };

export interface HookRequest {
  readonly rawText: string;
  readonly signature: string;
  readonly body: unknown;
  readonly now: number;
}

/** A service that takes payments: Stripe and Mollie are adapters of it. */
export interface PaymentProvider {
  /** @throws ProviderFault */
  begin(account: ProviderAccount, checkout: NewCheckout): Promise<BegunCheckout>;
  /** @returns null when the service knows no such checkout @throws ProviderFault */
  look(account: ProviderAccount, externalId: string): Promise<SeenCheckout | null>;
  /** @throws ProviderFault */
  refund(
    account: ProviderAccount,
    refund: { paymentRef: string; amountMinor: number; currency: string; key: string; reason: string },
  ): Promise<{ externalId: string; isDone: boolean }>;
  /** How much of a payment went back in all, as the service has it. @returns null when it knows no such payment @throws ProviderFault */
  refunded(account: ProviderAccount, paymentRef: string): Promise<number | null>;
  /** Is the key right? @throws ProviderFault */
  check(account: ProviderAccount): Promise<void>;
  /** @returns null when it is not signed as it must be */
  told(account: ProviderAccount, request: HookRequest): Told | null;
}

/** What a service said no to, or why nothing came back. */
export type FaultCode = "unreachable" | "bad_key" | "refused" | "strange_answer" | "busy";

export class ProviderFault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}

/** Asks outside, through the guarded door; never throws for what the other side does. */
export type Ask = (asking: {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: string | null;
  readonly timeoutMs: number;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}) => Promise<{ readonly status: number; readonly body: string } | { readonly failed: string }>;

/** Everything this skill asks of the house. */
export interface Outside extends Desk {
  ask(house: House): Ask;
}

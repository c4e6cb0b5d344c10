import type { IncomingHttpHeaders } from "node:http";
import type { Content, DeliveryStatus } from "./dialogue/content.ts";

/**
 * The contract of a channel: verify, parse, send, limits; nothing else. An adapter holds no state about
 * customers and touches no database. The same adapter talks to the provider and to its simulator.
 */

/** The app at a provider whose secret signs webhooks; one app can serve many tenants. */
export interface ProviderApp {
  /** Stands in the address: POST /hooks/:id */
  id: string;
  kind: string;
  secret: string;
  verifyToken: string | null;
}

/** One number, bot or page of one tenant. */
export interface ChannelAccount {
  id: number;
  tenantId: number;
  kind: string;
  appId: string | null;
  /** WhatsApp: phone_number_id; Telegram: bot id; web: public widget key. */
  address: string;
  name: string;
  /** Where the provider's API stands, e.g. the simulator's URL; without a trailing slash. */
  apiBase: string;
  /** Access token for sending; "" where the channel has none. */
  token: string;
  /** Channel-specific settings, e.g. {"displayPhone":"+4940…"} or {"origins":["https://…"]}. */
  settings: Readonly<Record<string, unknown>>;
}

/** One of the identifiers a provider gives for a person, strongest first (never a username). */
export interface IdentityKey {
  kind: "phone" | "wa_id" | "bsuid" | "parent_bsuid" | "telegram" | "web" | "email";
  value: string;
}

export interface ProviderError {
  code: number;
  title: string;
  details?: string;
}

/** Channels with threads (mail): how the kernel finds the conversation that an item continues. */
export interface ThreadHints {
  /** The item's own id at the channel. */
  id: string;
  /** Who wrote it: the mailbox of a node where it says so, else the sender's address; lower case, "" = nobody. */
  writtenBy: string;
  /** What it refers to, the nearest first: a correlation of ours, or another's id. */
  refers: readonly string[];
  /** Reply tokens it carries (see OutboundMessage.replyToken). */
  tokens: readonly string[];
  /** Without Re: and the like, in lower case; null where it does not matter. */
  subject: string | null;
  /** Addresses of all who take part, in lower case. */
  participants: readonly string[];
}

interface InboundBase {
  /** The account's address this item is for; a body may span several. */
  address: string;
  /** What the account belongs to at the provider, as the `address` of items about the whole: "waba:ID". */
  business?: string;
}

export interface TemplateNews {
  name: string;
  /** As the provider writes it, e.g. "de", "en_US". */
  language: string;
  state: "pending" | "approved" | "rejected" | "paused" | "disabled" | null;
  category: "utility" | "marketing" | "authentication" | null;
  /** The provider's own words; "" = none. */
  reason: string;
  /** When the provider thought so, ms since the epoch. */
  at: number;
}

/** What a stored webhook body holds, one entry per element. Parsers never throw: see `broken`. */
export type Inbound =
  | (InboundBase & {
      kind: "message";
      /** Unique per account; the dedupe key. */
      externalId: string;
      identities: readonly IdentityKey[];
      /** Where an answer goes, as the adapter's `send` wants it. */
      replyAddress: string;
      profileName?: string;
      /** The customer's language as the channel knows it; what they write decides later. */
      language?: "de" | "en";
      /** Provider's time, ms since the epoch. */
      sentAt: number;
      content: Content;
      /** External id of the message this one quotes. */
      replyTo?: string;
      errors?: readonly ProviderError[];
      /** True when the business itself wrote it from another client (echo): stored, no turn is taken. */
      fromBusiness?: boolean;
      /** A file of a mail whose words came before it, or what a machine wrote: stored and shown, nobody answers. */
      takesNoTurn?: true;
      thread?: ThreadHints;
      /** What the channel knows beside the content; kept with the message. */
      detail?: Readonly<Record<string, unknown>>;
    })
  | (InboundBase & {
      kind: "receipt";
      externalId: string;
      /** Our own correlation string as sent (see OutboundMessage.correlation), when the provider echoes it. */
      correlation?: string;
      recipient?: string;
      status: DeliveryStatus;
      at: number;
      errors: readonly ProviderError[];
      /** As what the provider bills the message, in its own word; missing = it costs nothing, or it is not said. */
      billed?: string;
    })
  | (InboundBase & {
      kind: "edit" | "revoke";
      /** Dedupe key of this notice. */
      externalId: string;
      /** The message that changes. */
      target: string;
      identities: readonly IdentityKey[];
      content?: Content;
      sentAt: number;
      /** True when the business itself changed its message from another client (echo). */
      fromBusiness?: boolean;
    })
  | (InboundBase & {
      /** The customer allowed or stopped messages by the provider's own means (WhatsApp user_preferences, Telegram block). */
      kind: "preference";
      externalId: string;
      identities: readonly IdentityKey[];
      preference: "stop" | "resume";
      scope: "marketing" | "all";
      sentAt: number;
      thread?: ThreadHints;
    })
  | (InboundBase & {
      /** Something about the account itself: quality, template status, restriction. */
      kind: "account";
      field: string;
      health: "ok" | "warn" | "bad" | null;
      text: string;
      /** What the provider thinks of a template now; null = not said. */
      template?: TemplateNews;
    })
  /** A press on an inline button etc. that only needs a technical answer is `ignored`. */
  | (InboundBase & { kind: "ignored"; field: string })
  /** An element that could not be understood at all: parked where the desk shows it. */
  | (InboundBase & { kind: "broken"; reason: string });

export interface OutboundMessage {
  /** Echoed by the provider in receipts where it can (WhatsApp biz_opaque_callback_data). */
  correlation: string;
  /** The conversation's reply address. */
  to: string;
  content: Content;
  /** External id of the message this one answers, where the provider can show a quote. */
  replyTo?: string;
  /** Which try this is, from 1; back-off grows with it. */
  attempt?: number;
  /** Language of words the adapter adds itself, e.g. a list's button. */
  language?: "de" | "en";
  /** Bytes of content.media when the provider wants an upload. */
  readFile?: (fileId: string) => Promise<{ bytes: Buffer; mime: string; name: string }>;
  /** No person wrote it. */
  isAutomatic?: boolean;
  /** The company begins: it answers nothing, whatever was said before. */
  isNotice?: boolean;
  /** Leads an answer back to the conversation where a channel can carry it; letters, digits and "-". */
  replyToken?: string;
  /** For channels that write letters (mail), beside the content: it begins one, whatever was said before. */
  letter?: {
    subject: string;
    fileIds: readonly string[];
    /** Correlation of an earlier one that it follows. */
    follows?: string;
  };
  /** Where one click withdraws the consent that allows this message (RFC 8058). */
  unsubscribeUrl?: string;
}

/** How far a mailbox was read. */
export interface MailboxPosition {
  uidValidity: number;
  lastUid: number;
}

/** What a listening channel is given by the house. */
export interface ListeningHouse {
  /** ms */
  now(): number;
  /** null at the very first time. */
  position(): Promise<MailboxPosition | null>;
  /** Stores raw bodies and how far was read, all or nothing; resolves after the commit. */
  take(bodies: readonly Buffer[], position: MailboxPosition): Promise<void>;
  /** The light the owner sees. */
  health(light: "ok" | "bad", text: string): void;
}

export interface Listener {
  stop(): Promise<void>;
}

/** What the sender does next; the adapter's error table (data) decides. */
export type SendResult =
  | { outcome: "accepted"; externalId: string }
  /** Nothing was accepted; try again after `afterMs`. `scope` says whose bucket stands still meanwhile. */
  | { outcome: "retry"; afterMs: number; scope: "pair" | "account"; error: ProviderError }
  /** Never accepted and never will be. */
  | { outcome: "failed"; error: ProviderError; action: FailAction }
  /** The request left, no answer came: nobody knows. */
  | { outcome: "uncertain"; error: ProviderError };

/** window: offer a template; blocked: the customer closed the channel (blocked_marketing: for marketing only); red: the account is broken. */
export type FailAction =
  | "never"
  | "window"
  | "template"
  | "media"
  | "blocked"
  | "blocked_marketing"
  | "quality"
  | "red";

export interface ChannelLimits {
  /** Sends per second and account. */
  perAccountPerSecond: number;
  /** Sustained distance between sends to one person, ms, and the burst allowed before it counts. */
  pairIntervalMs: number;
  pairBurst: number;
  /** Free-form answers are allowed this long after the customer's last message; null = always. */
  windowMs: number | null;
  /** Characters of one text message. */
  textMax: number;
  /** Does the provider send receipts that carry our correlation? If so a doubtful send waits for one. */
  hasReceipts: boolean;
  /** A second send of the same message has no effect (the web chat shows a row once). */
  resendIsHarmless?: boolean;
  /** Requests in flight per account. */
  concurrency: number;
}

/** One thing that a connection needs, as it was found at the provider. */
export interface ConnectionStep {
  /** e.g. "token", "webhook", "spf" */
  name: string;
  level: "ok" | "warn" | "bad";
  /** What is so, and when it is not well, what to do. */
  text: { de: string; en: string };
}

/** What the node knows of a connection beside its account. */
export interface ConnectionPlan {
  /** Where the provider should deliver; null for channels without webhooks. */
  webhook: string | null;
  /** The app's secret, null where there is none. */
  secret: string | null;
  /** Our own https address, or what stands in for one. */
  base: string;
}

export interface WebhookRequest {
  headers: IncomingHttpHeaders;
  raw: Buffer;
}

export interface ChannelAdapter {
  kind: string;
  limits: ChannelLimits;
  /**
   * Checks the sender of a webhook over the raw bytes in constant time; parses nothing.
   * @returns 16 bytes that name this payload (the MAC's first half), or null when the signature is wrong.
   */
  verify(request: WebhookRequest, app: ProviderApp): Buffer | null;
  /** GET handshake: the text to answer, or null for 403. */
  handshake?(query: Readonly<Record<string, string | undefined>>, app: ProviderApp): string | null;
  /** Finds the account's address by a byte scan; null when the body names none (the pump looks again). */
  addressOf(raw: Buffer, app: ProviderApp): string | null;
  /** Cheap check that the raw bytes are a JSON object (first and last byte), for 400 at the door. */
  looksBroken(raw: Buffer): boolean;
  /**
   * The part of a body that is about these addresses (as `parse` gives them), as a body of its own. For channels
   * whose bodies may span accounts. Never throws.
   */
  partFor?(raw: Buffer, addresses: ReadonlySet<string>): Buffer;
  /** @param app the provider app the body came in by. Never throws. */
  parse(raw: Buffer, app: ProviderApp, receivedAt: number): Inbound[];
  send(message: OutboundMessage, account: ChannelAccount): Promise<SendResult>;
  /** "A person (or the bot) is writing", where the provider can show it; failures are silent. */
  typing?(account: ChannelAccount, to: string, lastExternalId: string | null): Promise<void>;
  /**
   * Tells the provider that a press arrived, so that the customer's button stops waiting (Telegram wants this
   * within seconds). `externalId` as given by `parse`; does nothing for other messages; failures are silent.
   */
  acknowledge?(account: ChannelAccount, externalId: string): Promise<void>;
  /** Tells the provider where to deliver webhooks. Only for providers that take this by API (Telegram). */
  connect?(
    account: ChannelAccount,
    webhook: { url: string; secret: string },
  ): Promise<{ ok: boolean; text: string }>;
  /** Fetches a file the customer sent. @throws AppError media_unavailable */
  fetchMedia?(
    account: ChannelAccount,
    providerId: string,
  ): Promise<{ bytes: Buffer; mime: string; name?: string }>;
  /** A file that lies in a body itself, as `parse` named it. Never throws. */
  mediaIn?(raw: Buffer, providerId: string): { bytes: Buffer; mime: string; name: string } | null;
  /** For channels that bring nothing by webhook: reads what is new until stopped. Never throws. */
  listen?(account: ChannelAccount, house: ListeningHouse): Listener;
  /** Asks the provider whether token and account work. */
  check?(account: ChannelAccount): Promise<{ ok: boolean; text: string }>;
  /** Looks at everything the connection needs, in the order in which it is put right. Never throws for what is wrong. */
  inspect?(account: ChannelAccount, plan: ConnectionPlan): Promise<readonly ConnectionStep[]>;
}

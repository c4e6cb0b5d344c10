import type { Withdrawal } from "../consent/grants.ts";
import type { FlowState, HandOver } from "../db/tables.ts";
import type { NewEvent } from "../events/append.ts";
import type { Language } from "../i18n/catalogue.ts";
import type { NewTimer } from "../jobs/timer-rows.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import type { Content } from "./content.ts";

/** What a batch holds in memory between reading and writing. Times are ms. */

export interface ContactState {
  tenantId: number;
  id: number;
  name: string;
  stoppedAt: number | null;
  /** The customer stopped or resumed in this batch. */
  isStopChanged?: true;
  erasedAt: number | null;
  isNew: boolean;
  changed: boolean;
}

export interface ConversationState {
  tenantId: number;
  id: number;
  channelId: number;
  contactId: number;
  /** "" where a channel has one conversation for each person. */
  thread: string;
  replyAddress: string;
  state: "bot" | "waiting" | "person" | "closed";
  language: Language;
  topic: string | null;
  assigneeId: string | null;
  departmentId: number | null;
  flow: FlowState | null;
  handOver: HandOver | null;
  preview: string;
  lastMessageAt: number;
  lastCustomerAt: number | null;
  lastTurn: string | null;
  waitingSince: number | null;
  dueAt: number | null;
  unread: number;
  isNew: boolean;
  changed: boolean;
}

export interface NewMessage {
  tenantId: number;
  conversationId: number;
  id: string;
  author: "customer" | "bot" | "agent" | "system";
  content: Content;
  status: string;
  externalId: string | null;
  replyTo: string | null;
  language: string | null;
  detail: Record<string, unknown> | null;
  error: unknown;
  /** Of what leaves the house: why, and the customer's message that allows it. */
  purpose?: string;
  basisMessage?: string;
  sentAt: number;
  receivedAt: number;
}

export interface NewOutbox {
  tenantId: number;
  id: string;
  conversation: ConversationState;
  content: Content;
  replyToExternal: string | null;
  priority: number;
  purpose: string;
  basisId: string;
  basisAt: number;
}

export interface NewCallback {
  tenantId: number;
  conversation: ConversationState;
  phone: string;
  promisedAt: number;
  /** The end of the wished time. */
  until: number | null;
  topic: string;
}

export interface ReceiptUpdate {
  tenantId: number;
  conversationId: number;
  messageId: string;
  status: string;
  error: unknown;
  billed: string | null;
}

/** A message of a customer (or an echo) that is new to us. */
export interface Incoming {
  account: RegisteredAccount;
  inboxId: number;
  receivedAt: number;
  seenKey: string;
  externalId: string;
  sentAt: number;
  content: Content;
  replyTo: string | undefined;
  replyAddress: string;
  profileName: string | undefined;
  /** E.164, where the provider says whose number it is. */
  phone?: string | undefined;
  errors: unknown;
  fromBusiness: boolean;
  takesNoTurn: boolean;
  /** The guard against loops: it is stored, but a person answers. */
  isGuarded: boolean;
  detail: Readonly<Record<string, unknown>> | undefined;
  contact: ContactState;
  conversation: ConversationState;
}

/** Everything the batch's transaction writes; filled by turns, written set-wise. */
export interface Outcome {
  messages: NewMessage[];
  outbox: NewOutbox[];
  timers: NewTimer[];
  callbacks: NewCallback[];
  receipts: ReceiptUpdate[];
  /** Consent that customers or providers took back. */
  withdrawals: Withdrawal[];
  events: Map<number, NewEvent[]>;
}

export function emptyOutcome(): Outcome {
  return {
    messages: [],
    outbox: [],
    timers: [],
    callbacks: [],
    receipts: [],
    withdrawals: [],
    events: new Map(),
  };
}

export function addEvent(outcome: Outcome, tenantId: number, event: NewEvent): void {
  const list = outcome.events.get(tenantId);
  if (list) list.push(event);
  else outcome.events.set(tenantId, [event]);
}

import type { Logger } from "pino";
import type { z } from "zod";
import type { ChannelLimits } from "./channel.ts";
import type { Clock } from "./clock.ts";
import type { Database, Tx } from "./db/open.ts";
import type { FlowState, HandOver } from "./db/tables.ts";
import type { Card, Content, Option } from "./dialogue/content.ts";
import type { Recipient } from "./documents/facts.ts";
import type { NewEvent } from "./events/append.ts";
import type { AnyRoute } from "./http/route.ts";
import type { Catalogue, FormOfAddress, Language } from "./i18n/catalogue.ts";
import type { TenantProfile } from "./tenants/profile.ts";

/** The contract of a skill. Everything the product can do is one; it takes turns in one conversation. */

/** What a skill may use of the house. */
export interface House {
  db: Database;
  clock: Clock;
  log: Logger;
  /** Settings of a tenant, cached for seconds. */
  profile(tenantId: number): Promise<TenantProfile>;
  /** What a kind of channel can carry; undefined for a kind this node does not speak. */
  limitsOf(channelKind: string): ChannelLimits | undefined;
  /** Tells every process that something about a tenant changed (caches drop it); call it after the commit. */
  announce(topic: string, tenantId: number): Promise<void>;
  /** Called in every process when somebody announces. */
  onAnnounce(topic: string, listener: (tenantId: number) => void): void;
}

/** One message of a customer, and where the conversation stands. All a flow may know. */
export interface Turn {
  tenant: TenantProfile;
  now: number;
  channel: { id: number; kind: string };
  /** `phone`: E.164, where the provider of the channel says whose number it is. */
  contact: { id: number; name: string; phone?: string };
  conversation: {
    id: number;
    language: Language;
    flow: FlowState | null;
    topic: string | null;
    /** It waits for a person who has not come yet; only flows with `whileWaiting` are asked. */
    isWaiting?: true;
    /** A person has it; only flows with `whileHeld` are asked. */
    isHeld?: true;
  };
  message: { id: string; content: Content; text: string };
  /** An older message than one already answered: no flow state is read or written. */
  late: boolean;
  /** Earlier customer texts of this conversation handled in the same batch, oldest first (for summaries). */
  recent: readonly string[];
}

export interface Saying {
  /** A key of the skill's own catalogue, or the words themselves (an answer of the knowledge). */
  key?: string;
  values?: Readonly<Record<string, string | number>>;
  text?: string;
  options?: readonly Option[];
  /** The same as the words, for a channel that draws. */
  card?: Card;
  link?: string;
  imageFileId?: string;
  /** Named under an automatic answer, e.g. the topic's title. */
  source?: string;
}

/** What a flow wants done; the kernel applies all of a turn's effects in one transaction. */
export type Effect =
  | ({ do: "say" } & Saying)
  /** Say and wait: the next message of the customer comes to this flow and step. */
  | ({ do: "ask"; flow: string; step: string; data?: Readonly<Record<string, unknown>> } & Saying)
  | {
      do: "handOver";
      reason: HandOver["reason"];
      confidence?: number;
      needed?: number;
      summary: string;
      departmentId?: number;
    }
  /** `summary`: what whoever calls should know, without it the topic; `until`: the end of the wished time. */
  | {
      do: "callback";
      phone: string;
      promisedAt: number;
      until?: number | undefined;
      topic: string;
      summary?: string;
    }
  | { do: "schedule"; kind: string; key: string; dueAt: number; payload?: Readonly<Record<string, unknown>> }
  | { do: "emit"; type: string; ref?: string }
  | { do: "remember"; topic?: string; language?: Language; contactName?: string }
  /** Nothing is asked, but the skill finds this in `flow.data` at its next turn, until another skill speaks. */
  | { do: "keep"; data: Readonly<Record<string, unknown>> }
  /**
   * Another skill goes on with this very message; it finds `data` in its open flow, at step "start". The last effect of a
   * turn. `otherwise` is done where that skill has nothing to say, because the company has not set it up.
   */
  | {
      do: "start";
      skill: string;
      flow: string;
      data?: Readonly<Record<string, unknown>>;
      otherwise: readonly Effect[];
    }
  /** Leave the flow (no effect when none is open). */
  | { do: "endFlow" };

/** The step at which a flow finds what another skill started it with. */
export const START_STEP = "start";

/** A flow that waits for its customer. */
export interface OpenFlow {
  readonly tenantId: number;
  readonly flow: FlowState;
}

/** A message of a batch, before anybody has taken a turn. */
export interface Said {
  readonly tenantId: number;
  readonly contactId: number;
  readonly text: string;
}

export interface Flow {
  /**
   * Loads what the turns of these tenants need; called before each batch, must be quick when nothing changed.
   * @param open the flows that stand open where the batch's messages belong
   * @param said the batch's messages; whoever asks others about them bounds the time, because the batch waits
   */
  prepare?(tenantIds: readonly number[], open: readonly OpenFlow[], said: readonly Said[]): Promise<void>;
  /** Pure: (turn) -> effects, or null when this skill has nothing to say. Time limit: about 1 ms. */
  turn(turn: Turn): readonly Effect[] | null;
  /** Asked also while a conversation waits for a person; it hands over to nobody then. */
  whileWaiting?: true;
  /** Asked also while a person has the conversation; it hands over to nobody then, and what it keeps ends with the person's next word. */
  whileHeld?: true;
}

/** Why personal data are used; legalBasis names the article of the GDPR. */
export interface Purpose {
  id: string;
  legalBasis: "contract" | "consent" | "legitimate_interest" | "legal_obligation";
  text: { de: string; en: string };
  /** Days after which data of this purpose are removed. */
  keepDays: number;
  /** Agreed to topic by topic, where each is offered; never as a whole. */
  byTopic?: true;
  /** Its records stand without the person, under a pseudonym: they keep no contact alive. */
  standsAlone?: true;
}

export interface Timer {
  tenantId: number;
  kind: string;
  key: string;
  payload: Readonly<Record<string, unknown>>;
  attempts: number;
}

/** What a timer does when it is due; must be repeatable. */
export type TimerWork =
  | ((timer: Timer) => Promise<void>)
  | {
      run(timer: Timer): Promise<void>;
      /** Handlers at once, of all tenants and of one: who waits for others outside must not make all tenants wait. */
      readonly places: { readonly all: number; readonly perTenant: number };
    };

export interface PersonalData {
  /** Everything this room holds about these contacts (a person may be several merged contacts). */
  export(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>>;
  /** Removes or anonymises it in the caller's transaction. @param now ms */
  erase(tx: Tx, contactIds: readonly number[], now: number): Promise<void>;
  /** The customer took a message back or changed it: removes copies of its words. Repeatable. */
  retract?(tx: Tx, message: RetractedMessage): Promise<void>;
}

/** A message whose words are no longer what the customer says. */
export interface RetractedMessage {
  tenantId: number;
  conversationId: number;
  messageId: string;
}

/**
 * A stored number about a person. Every one stands in a manifest, or the build fails: so there is none about a person as
 * a whole, and none that joins what was gathered for two purposes.
 */
export interface PersonNumber {
  /** schema.table.column */
  column: string;
  /** told: somebody told us this fact; derived: we computed it. */
  origin: "told" | "derived";
  purpose: string;
  /** Purposes whose data it is made from: its own, no other. */
  inputs: readonly string[];
  /** What happens because of it. */
  consequence: string;
  /** Which room answers for it. */
  owner: string;
  keepDays: number;
}

/**
 * Where data of one purpose may touch a decision of another: only to stop, delay or refund it, never to reach, charge or
 * favour somebody. What is not in this register must not touch (tests/journeys/purposes.test.ts).
 */
export interface RestrictiveEdge {
  /** The purpose whose data are looked at. */
  from: string;
  /** The purpose whose decision may be restricted by them. */
  to: string;
  kind: "veto" | "cap" | "stop" | "shared_capacity" | "refund";
  reason: string;
}

/** What people call the topics of consents; unknown ones are left out. */
export type TopicNames = (
  tx: Tx,
  tenantId: number,
  topics: readonly { purpose: string; topic: string }[],
) => Promise<readonly { purpose: string; topic: string; name: { de: string; en: string } }[]>;

/** Whom a skill passes personal data on to as it is configured now; stands in the company's processing record. */
export type RecipientsOf = (tx: Tx, tenantId: number) => Promise<readonly Recipient[]>;

/**
 * Numbers of documents that go outside, counted by company, kind and year. After a restore the database does not know how
 * far they were given, so the kernel moves each one on and writes the gap down (backup/counters.ts).
 */
export interface DocumentCounter {
  /** schema.table with tenant_id, kind, year, last (the last number given, from 1) and gaps (jsonb, a list of `CounterGap`). */
  table: string;
  /** Every kind, also those that were not used yet: they may have been since the backup. */
  kinds: readonly string[];
}

/** A restore left these numbers out: they were given after the backup, or never. */
export interface CounterGap {
  /** First and last number left out. */
  from: number;
  to: number;
  /** The restore, ISO 8601. */
  at: string;
}

/**
 * Called in the transaction that closes a conversation, which is locked: a room says what is still open in it.
 * @returns events of what it wrote
 */
export type Closing = (
  tx: Tx,
  at: { tenantId: number; conversationId: number; now: number },
) => Promise<readonly NewEvent[]>;

/** Something of a skill that runs as long as the process does. */
export interface Serving {
  close(): Promise<void>;
}

export interface SkillManifest {
  /** = schema, URL tag, event prefix, message namespace */
  id: string;
  /** Directory of NNN_*.sql, or null. */
  migrations: string | null;
  purposes: readonly Purpose[];
  /** Event types this skill emits, with the schema of their `ref`. */
  events: Readonly<Record<string, z.ZodType>>;
  messages: Catalogue;
  topicNames?: TopicNames;
  recipients?: RecipientsOf;
  /** Every stored number about a person. */
  personNumbers?: readonly PersonNumber[];
  /** Where another purpose's data may stop or delay this skill. */
  restrictiveEdges?: readonly RestrictiveEdge[];
  routes?(house: House): readonly AnyRoute[];
  flow?(house: House): Flow;
  /** kind -> what happens when it is due */
  timers?(house: House): Readonly<Record<string, TimerWork>>;
  /** What it runs in the process that faces outward, beside the routes; closed with them. */
  serve?(house: House): Serving;
  /** Done whenever a worker begins, e.g. what an upgrade leaves to do; must be repeatable, and nothing waits for it. */
  begin?(house: House): Promise<unknown>;
  /** Numbers that a restore must not give a second time. */
  counters?: readonly DocumentCounter[];
  closing?(house: House): Closing;
  personalData: PersonalData;
}

export function defineSkill(manifest: SkillManifest): SkillManifest {
  return manifest;
}

export type { FormOfAddress, Language };

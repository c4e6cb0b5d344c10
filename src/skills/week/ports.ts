import type { House, Language, TenantProfile, Tx } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. All times are ms since the epoch. */

export interface Span {
  readonly from: number;
  /** Does not belong to it. */
  readonly to: number;
}

/** Questions without an answer, and how many groups of alike ones they make. */
export interface Unanswered {
  readonly questions: number;
  readonly groups: number;
}

/** What the automatic answers did. Each runs in the caller's transaction of one company. */
export interface FirstLevel {
  turns(
    tx: Tx,
    tenantId: number,
    span: Span,
  ): Promise<{ answer: number; choose: number; handover: number; answered: number; handedOver: number }>;
  /** Cases that began in the span; `every`: one conversation in so many is looked at, counts are of those. */
  cases(
    tx: Tx,
    tenantId: number,
    span: Span & { now: number; every: number },
  ): Promise<readonly { topic: string | null; ending: string; cases: number }[]>;
  places(
    tx: Tx,
    tenantId: number,
    span: Span & { outcome: "answered" | "handed_over"; every: number; limit: number },
  ): Promise<readonly { conversationId: number; messageId: string; at: number }[]>;
  firstAt(tx: Tx, tenantId: number): Promise<number | null>;
  titles(
    tx: Tx,
    tenantId: number,
    language: Language,
  ): Promise<ReadonlyMap<string, { id: number; title: string }>>;
  /** Questions without an answer that still stand; `known`: as they were counted before. */
  unanswered(tx: Tx, tenantId: number, span: Span & { known: Unanswered | null }): Promise<Unanswered>;
}

export interface Hours {
  /** How much of a span somebody was there, ms. */
  openMs(profile: TenantProfile, fromMs: number, toMs: number): number;
}

export interface StaffLetter {
  tenantId: number;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same at every try, so that a mail program shows a second one as the first. */
  key: string;
}

/**
 * Mail to the company's own staff, from its own mailbox. Not a customer's channel: the words go to somebody who works for
 * the company and switched them on, so neither consent nor outbox are asked.
 */
export interface StaffPost {
  /** Is there a mailbox to send from? */
  isReady(house: House, tenantId: number): boolean;
  /**
   * @returns sent; no_mailbox; again: the server did not take it; refused: nor will it; doubtful: nobody knows.
   * Never throws for what the other side does.
   */
  send(house: House, letter: StaffLetter): Promise<"sent" | "no_mailbox" | "again" | "refused" | "doubtful">;
}

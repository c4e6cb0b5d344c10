import { randomUUID } from "node:crypto";
import type pg from "pg";
import { messageId } from "#kernel";

/** Weeks of the past in the database, as the message's way leaves them: for the owner's page, which looks back only. */

export interface PastCase {
  /** ms since the epoch; the customer writes. */
  at: number;
  /** The intent; a topic of it must stand for it to have a name. */
  topic: string | null;
  outcome: "answered" | "offered" | "handed_over";
  /** A person's first word. */
  answered?: { at: number; by: string };
  /** Waits for a person still. */
  waits?: boolean;
}

export interface PastNotice {
  at: number;
  /** As what Meta bills it. */
  billed: string;
  to: string;
  status: "sent" | "delivered" | "read";
}

const ZONES = { answered: "answer", offered: "choose", handed_over: "handover" } as const;
/** From our door to the answer. */
const ANSWER_MS = 400;

/** @param client as the database's owner, because the past is in no hand of the product */
export class PastWeeks {
  readonly client: pg.ClientBase;
  readonly tenantId: number;
  readonly channelId: number;

  constructor(client: pg.ClientBase, place: { tenantId: number; channelId: number }) {
    this.client = client;
    this.tenantId = place.tenantId;
    this.channelId = place.channelId;
  }

  async topic(intent: string, titles: { de: string; en: string }): Promise<void> {
    await this.client.query(
      "insert into service.topic (tenant_id, intent, label, title_de, title_en) values ($1, $2, $2, $3, $4)",
      [this.tenantId, intent, titles.de, titles.en],
    );
  }

  /** @returns the conversation's id */
  async case(past: PastCase): Promise<number> {
    const { at, topic, outcome, answered, waits } = past;
    const conversationId = await this.conversation(at, {
      address: `49151${Math.floor(10_000_000 + Math.random() * 80_000_000)}`,
      waitsSince: waits ? at : null,
      topic,
    });
    const asked = messageId(at, at);
    await this.message(conversationId, { id: asked, at, author: "customer" });
    if (outcome !== "handed_over")
      await this.message(conversationId, { id: messageId(at, at), at, author: "bot", basis: asked });
    if (answered)
      await this.message(conversationId, {
        id: messageId(answered.at, answered.at),
        at: answered.at,
        author: "agent",
        by: answered.by,
        basis: asked,
      });
    await this.client.query(
      `insert into service.turn (tenant_id, conversation_id, message_id, at, topic, language, outcome, zone, confidence)
        values ($1, $2, $3, $4, $5, 'de', $6, $7, 0.9)`,
      [this.tenantId, conversationId, asked, new Date(at), topic, outcome, ZONES[outcome]],
    );
    return conversationId;
  }

  async notice({ at, billed, to, status }: PastNotice): Promise<void> {
    const conversationId = await this.conversation(at, { address: to, waitsSince: null, topic: null });
    const hash = Buffer.from(randomUUID());
    await this.client.query(
      "insert into kernel.consent_text (tenant_id, hash, language, text, first_used_at) values ($1, $2, 'de', 'Ja.', $3)",
      [this.tenantId, hash, new Date(at)],
    );
    const { rows } = await this.client.query<{ id: number }>(
      `insert into kernel.consent_grant (tenant_id, contact_id, channel_id, purpose, text_hash, how, granted_at)
        select $1, contact_id, $3, 'test.lines', $4, 'staff', $5 from kernel.conversation where tenant_id = $1 and id = $2 returning id`,
      [this.tenantId, conversationId, this.channelId, hash, new Date(at)],
    );
    await this.client.query(
      `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, purpose, basis_grant, billed, sent_at, received_at, processed_at)
        values ($1, $2, $3, 'bot', '{"type":"template","name":"line","language":"de","text":"U3","parameters":[]}', $4, 'test.lines', $5, $6, $7, $7, $7)`,
      [this.tenantId, conversationId, messageId(at, at), status, rows[0]?.id, billed, new Date(at)],
    );
  }

  /** A question nobody could answer, of a case that stands. */
  async unanswered(conversationId: number, question: string, at: number): Promise<void> {
    await this.client.query(
      "insert into service.unanswered (tenant_id, conversation_id, question_key, question, language, asked_at) values ($1, $2, $3, $4, 'de', $5)",
      [this.tenantId, conversationId, randomUUID(), question, new Date(at)],
    );
  }

  private async conversation(
    at: number,
    with_: { address: string; waitsSince: number | null; topic: string | null },
  ): Promise<number> {
    const when = new Date(at);
    const { rows } = await this.client.query<{ id: number }>(
      `with c as (insert into kernel.contact (tenant_id, name, first_seen_at) values ($1, 'Käthe Weiß', $4) returning id)
        insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, state, language, topic, last_message_at, last_day, waiting_since, due_at, created_at)
        select $1, $2, c.id, $3, case when $5::timestamptz is null then 'closed' else 'waiting' end, 'de', $6, $4, $4::timestamptz::date, $5, $5, $4 from c returning id`,
      [
        this.tenantId,
        this.channelId,
        with_.address,
        when,
        with_.waitsSince === null ? null : new Date(with_.waitsSince),
        with_.topic,
      ],
    );
    return Number(rows[0]?.id);
  }

  private async message(
    conversationId: number,
    said: { id: string; at: number; author: "customer" | "bot" | "agent"; by?: string; basis?: string },
  ): Promise<void> {
    const { id, at, author, by, basis } = said;
    await this.client.query(
      `insert into kernel.message (tenant_id, conversation_id, id, author, staff_id, content, status, purpose, basis_message, sent_at, received_at, processed_at)
        values ($1, $2, $3, $4, $5, '{"type":"text","text":"Guten Tag"}', $6, $7, $8, $9, $9, $10)`,
      [
        this.tenantId,
        conversationId,
        id,
        author,
        by ?? null,
        author === "customer" ? "received" : "delivered",
        basis ? "service.answer" : null,
        basis ?? null,
        new Date(at),
        new Date(at + ANSWER_MS),
      ],
    );
  }
}

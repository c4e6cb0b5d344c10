import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import type { HandOver } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Language } from "../i18n/catalogue.ts";

/** A conversation as the desk changes it, locked until the commit. */
export interface LockedConversation {
  id: number;
  channel_id: number;
  channel_kind: string;
  channel_active: boolean;
  contact_id: number;
  reply_address: string;
  state: "bot" | "waiting" | "person" | "closed";
  language: Language;
  assignee_id: string | null;
  department_id: number | null;
  hand_over: HandOver | null;
  last_message_at: Date;
  last_customer_at: Date | null;
  waiting_since: Date | null;
  due_at: Date | null;
  unread: number;
}

/**
 * Locks the row in the house's order (conversation, message, outbox, sequence last), as the pump does.
 * @throws AppError not_found
 */
export async function lockConversation(tx: Tx, tenantId: number, id: number): Promise<LockedConversation> {
  const { rows } = await sql<LockedConversation>`
    select c.id, c.channel_id, ch.kind as channel_kind, ch.active as channel_active, c.contact_id, c.reply_address, c.state, c.language,
      c.assignee_id, c.department_id, c.hand_over, c.last_message_at, c.last_customer_at, c.waiting_since, c.due_at, c.unread
    from kernel.conversation c join kernel.channel ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    where c.tenant_id = ${tenantId} and c.id = ${id} for no key update of c`.execute(tx);
  const row = rows[0];
  if (!row) throw new AppError("not_found");
  return row;
}

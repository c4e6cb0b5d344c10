import { sql } from "kysely";
import type { PortalDecision } from "../api/portal.ts";
import { type LockedConversation, lockConversation } from "../desk/conversation-lock.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { translate } from "../i18n/catalogue.ts";
import { messageId } from "../ids.ts";
import { dueAt } from "../tenants/opening-hours.ts";
import { portalMessages } from "./messages.ts";
import { titleOf, type Visit } from "./room.ts";

/** What was decided about a person without a person: explained in one sentence, and contested to one (GDPR Art. 22). */

const SHOWN = 100;
const SUMMARY_CHARACTERS = 600;

interface Row {
  id: number;
  purpose: string;
  rule: string;
  inputs: Record<string, unknown>;
  outcome: string;
  explanation: { de: string; en: string };
  made_at: Date;
  contested_at: Date | null;
}

export async function decisionsAbout(visit: Visit): Promise<{ items: PortalDecision[]; more: number }> {
  const { tx, link, contactIds, rooms } = visit;
  const ids = sql`${[...contactIds]}::bigint[]`;
  const { rows } = await sql<Row & { total: number }>`
    select id, purpose, rule, inputs, outcome, explanation, made_at, contested_at, count(*) over () as total
    from kernel.decision where tenant_id = ${link.tenantId} and contact_id = any(${ids})
    order by made_at desc, id desc limit ${SHOWN}`.execute(tx);
  const items = rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    title: titleOf(rooms, row.purpose),
    explanation: { de: row.explanation.de, en: row.explanation.en },
    rule: row.rule,
    inputs: row.inputs,
    outcome: row.outcome,
    madeAt: row.made_at.toISOString(),
    contestedAt: row.contested_at?.toISOString() ?? null,
  }));
  return { items, more: Math.max(0, (rows[0]?.total ?? 0) - items.length) };
}

/**
 * Puts the conversation before a person, with the decision and the customer's words on top. A second call changes
 * nothing. @throws AppError not_found for a decision about somebody else
 */
export async function contest(
  visit: Visit,
  decisionId: number,
  words: string,
): Promise<{ contestedAt: string; dueAt: string | null }> {
  const { tx, link, now, contactIds } = visit;
  const { tenantId } = link;
  const conversation = await lockConversation(tx, tenantId, link.conversationId);
  const { rows } = await sql<Row>`
    select * from kernel.decision where tenant_id = ${tenantId} and id = ${decisionId}
      and contact_id = any(${[...contactIds]}::bigint[]) for update`.execute(tx);
  const [decision] = rows;
  if (!decision) throw new AppError("not_found");
  if (decision.contested_at)
    return {
      contestedAt: decision.contested_at.toISOString(),
      dueAt: conversation.due_at?.toISOString() ?? null,
    };
  await sql`update kernel.decision set contested_at = ${new Date(now)}
    where tenant_id = ${tenantId} and id = ${decisionId}`.execute(tx);
  const due = await openForPerson(visit, conversation, summaryOf(visit, decision, words));
  return { contestedAt: new Date(now).toISOString(), dueAt: due.toISOString() };
}

function summaryOf({ profile }: Visit, { explanation }: Row, words: string): string {
  const choice = { language: profile.language, form: profile.formOfAddress };
  const head = translate(portalMessages, choice, "contested", {
    explanation: explanation[profile.language],
  });
  return `${head}${words ? `\n„${words}“` : ""}`.slice(0, SUMMARY_CHARACTERS);
}

/** A case like any other: it waits in the list, due when a person's answer is. @returns the due time */
async function openForPerson(visit: Visit, conversation: LockedConversation, summary: string): Promise<Date> {
  const { tx, link, now, profile } = visit;
  const { tenantId, conversationId } = link;
  const isHeld = conversation.state === "person" && conversation.assignee_id !== null;
  const handOver = {
    reason: "complaint",
    confidence: null,
    needed: null,
    summary,
    at: new Date(now).toISOString(),
  };
  const since = conversation.waiting_since ?? new Date(now);
  const due = conversation.due_at ?? new Date(dueAt(profile, now));
  await sql`
    update kernel.conversation set state = ${isHeld ? "person" : "waiting"}, hand_over = ${JSON.stringify(handOver)}::jsonb,
      waiting_since = ${since}, due_at = ${due}, closed_at = null, flow = null, unread = unread + 1
    where tenant_id = ${tenantId} and id = ${conversationId}`.execute(tx);
  const id = messageId(Math.max(now, conversation.last_message_at.getTime()), now);
  await sql`
    insert into kernel.message (tenant_id, conversation_id, id, author, content, status, language, detail, sent_at, received_at, processed_at)
    values (${tenantId}, ${conversationId}, ${id}, 'system', ${JSON.stringify({ type: "system", event: "hand_over", text: "" })}::jsonb,
      'note', ${conversation.language}, ${JSON.stringify(handOver)}::jsonb, ${new Date(now)}, ${new Date(now)}, ${new Date(now)})`.execute(
    tx,
  );
  await appendEvents(
    tx,
    tenantId,
    [
      { type: "message.created", conversationId, messageId: id },
      { type: "conversation.changed", conversationId },
    ],
    now,
  );
  return due;
}

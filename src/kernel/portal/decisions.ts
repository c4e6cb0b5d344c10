import { sql } from "kysely";
import type { PortalDecision } from "../api/portal.ts";
import { lockConversation } from "../desk/conversation-lock.ts";
import { callPerson } from "../dialogue/call-person.ts";
import { AppError } from "../errors.ts";
import { translate } from "../i18n/catalogue.ts";
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
  const due = await callPerson(visit.kernel, tx, {
    tenantId,
    conversationId: link.conversationId,
    reason: "complaint",
    summary: summaryOf(visit, decision, words),
    now,
  });
  return { contestedAt: new Date(now).toISOString(), dueAt: due.toISOString() };
}

function summaryOf({ profile }: Visit, { explanation }: Row, words: string): string {
  const choice = { language: profile.language, form: profile.formOfAddress };
  const head = translate(portalMessages, choice, "contested", {
    explanation: explanation[profile.language],
  });
  return `${head}${words ? `\n„${words}“` : ""}`.slice(0, SUMMARY_CHARACTERS);
}

import { sql } from "kysely";
import { type Actor, AppError, expectReply, type House, logListed } from "#kernel";
import type { AskInput, Question } from "../api.ts";
import type { Desk } from "../ports.ts";
import { EXPIRE, ROOM, SEND } from "../rules/timer-kinds.ts";
import { type Draft, draftOf } from "./drafts.ts";
import { lockPlace, type Place } from "./place.ts";
import { findByClient, openQuestionsIn, type QuestionRow, questionOf } from "./questions.ts";
import { inTenant, type OwnTx, schedule, tell } from "./tx.ts";

/** An agent asks: stored, written into the log, and sent by a timer. */

const DAY_MS = 86_400_000;
/** Open questions of one conversation. */
const OPEN_MAX = 5;

/**
 * @returns the question; the first one again for a clientId that was used before
 * @throws AppError not_found; bad_request with a code at `to`, `direct`, `fileIds`, `mailbox`; rule_broken
 */
export async function askColleague(
  house: House,
  desk: Desk,
  actor: Actor,
  ask: { conversationId: number; input: AskInput & { clientId: string } },
): Promise<Question> {
  const { tenantId } = actor;
  const { conversationId, input } = ask;
  const profile = await house.profile(tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const now = house.clock.now();
    const place = await lockPlace(tx, tenantId, conversationId);
    const before = await findByClient(tx, tenantId, input.clientId);
    if (before) return questionOf(sameConversation(before, conversationId));
    const open = await openQuestionsIn(tx, tenantId, conversationId);
    if (open.length >= OPEN_MAX)
      throw new AppError("rule_broken", `${OPEN_MAX} questions of this conversation are open already.`);
    const draft = await draftOf(tx, { profile, actor, place, input, now });
    const row = await store(tx, actor, { place, input, draft, now });
    const noted = { kind: "asked", questionId: row.id, name: draft.to.name, scope: input.scope };
    await desk.reply(house, tx, actor, {
      conversationId,
      input: {
        clientId: input.clientId,
        note: true,
        text: input.text,
        detail: { colleague: { ...noted, isDirect: input.direct } },
      },
    });
    await hold(tx, actor, place);
    // Who reads a customer's words is written down, at a desk or not.
    const reader = { ...actor, staffId: `mail:${row.id}` };
    await logListed(house, reader, [place.contactId], { tx });
    await schedule(tx, { tenantId, kind: SEND, questionId: row.id, conversationId, dueAt: now });
    const expiry = { tenantId, kind: EXPIRE, questionId: row.id, conversationId };
    await schedule(tx, { ...expiry, dueAt: row.expires_at.getTime() });
    await tell(tx, tenantId, { id: row.id, conversationId }, now);
    return questionOf(row);
  });
}

function sameConversation(row: QuestionRow, conversationId: number): QuestionRow {
  if (row.conversation_id !== conversationId)
    throw new AppError("conflict", "This clientId was used in another conversation.");
  return row;
}

async function store(
  tx: OwnTx,
  actor: Actor,
  asked: { place: Place; input: AskInput & { clientId: string }; draft: Draft; now: number },
): Promise<QuestionRow> {
  const { tenantId } = actor;
  const { place, input, draft, now } = asked;
  const expiresAt = now + draft.settings.answerDays * DAY_MS;
  // The question's number does not exist yet; the client's id names it as well.
  const expected = { tenantId, room: ROOM, ref: input.clientId, conversationId: place.id, expiresAt };
  const side = await expectReply(tx, expected);
  const reminder = await expectReply(tx, expected);
  return tx
    .insertInto("colleagues.question")
    .values({
      tenant_id: tenantId,
      conversation_id: place.id,
      client_id: input.clientId,
      asked_by: actor.staffId,
      asked_name: actor.name,
      to_name: draft.to.name,
      to_email: draft.to.email,
      language: draft.to.language,
      text: input.text,
      scope: input.scope,
      with_contact: input.withContact,
      is_direct: input.direct,
      file_ids: input.fileIds,
      excerpt: draft.excerpt,
      channel_id: draft.mailboxId,
      side_mail_id: side.id,
      side_key: side.key,
      reminder_mail_id: reminder.id,
      reminder_key: reminder.key,
      asked_at: new Date(now),
      expires_at: new Date(expiresAt),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Who asks has the case, unless somebody has it; a customer who waits still waits. */
async function hold(tx: OwnTx, actor: Actor, place: Place): Promise<void> {
  if (place.state === "person" && place.assigneeId !== null) return;
  await sql`update kernel.conversation set state = 'person', assignee_id = ${actor.staffId}, closed_at = null, flow = null
    where tenant_id = ${actor.tenantId} and id = ${place.id}`.execute(tx);
}

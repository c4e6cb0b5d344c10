import { sql } from "kysely";
import {
  AppError,
  answerLater,
  grantConsent,
  type House,
  instantOf,
  localDate,
  queueNotices,
  samePartyAs,
  setTimer,
  type Tx,
} from "#kernel";
import { type Asked, remindTerms, requestContent } from "../flows/request-card.ts";
import type { Desk } from "../ports.ts";
import { REQUESTS as PURPOSE, REMINDERS } from "../rules/purposes.ts";
import { mayRemind, nextReminder } from "../rules/reminders.ts";
import { REMIND } from "../rules/timer-kinds.ts";
import { lastWord } from "./answering.ts";
import { endDispute } from "./disputes.ts";
import { isPayable } from "./page.ts";
import { findRequest, lockRequest, owedOf, type StoredRequest, settleState } from "./request-rows.ts";
import { readSettings } from "./settings.ts";
import { pageAddress } from "./shown.ts";

/** Reminding: by a permission for this very request, at most so often; by hand also as an answer. Never otherwise. */

/** Minutes after midnight: not at night, and not with the first coffee. */
const AT_MINUTES = 10 * 60;

interface Place {
  readonly house: House;
  readonly desk: Desk;
  readonly tx: Tx;
  readonly tenantId: number;
  readonly now: number;
}

/**
 * The customer tapped "Erinnern lassen": recorded with the words that stood above it. What a tap names is free text, so it
 * counts only from the person, in the name, of whom the request was asked.
 * @returns the words of the answer's key
 */
export async function permit(
  place: Place,
  of: { requestId: number; contactId: number; channelId: number; conversationId: number; messageId: string },
): Promise<"remindYes" | "remindNothing"> {
  const { tx, tenantId, now, house } = place;
  const { requestId, contactId, channelId, conversationId, messageId } = of;
  const row = await findRequest(tx, tenantId, requestId);
  const settings = await readSettings(tx, tenantId);
  if (!row || owedOf(row) === 0 || settings.mostReminders === 0 || row.contact_id === null)
    return "remindNothing";
  if (!(await samePartyAs(tx, tenantId, row.contact_id)).includes(contactId)) return "remindNothing";
  const { formOfAddress: form } = await house.profile(tenantId);
  const { language } = row;
  const text = remindTerms({ language, form, mostReminders: settings.mostReminders });
  const evidence = { conversationId, messageId, requestId };
  const grant = { contactId, channelId, purpose: REMINDERS, topic: String(requestId), language, text };
  await grantConsent(tx, {
    tenantId,
    grants: [{ ...grant, how: "message", evidence, expiresAt: null }],
    now,
  });
  await planNext(place, row, { after: row.due_on, days: settings.remindAfterDays });
  return "remindYes";
}

async function planNext(
  { house, tx, tenantId, now }: Place,
  row: StoredRequest,
  { after, days }: { after: string; days: number },
): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  const dueAt = Math.max(now, instantOf(timeZone, nextReminder(after, days), AT_MINUTES));
  await setTimer(tx, { tenantId, kind: REMIND, key: String(row.id), dueAt, payload: { requestId: row.id } });
}

/** A person has ended a dispute: who allowed it is reminded again, not before the usual days are over. */
export async function endDisputed(place: Place, requestId: number): Promise<void> {
  const { house, tx, tenantId, now } = place;
  const row = await endDispute(tx, tenantId, requestId, now);
  const { remindAfterDays: days } = await readSettings(tx, tenantId);
  const { timeZone } = await house.profile(tenantId);
  await planNext(place, row, { after: localDate(now, timeZone), days });
}

/** By itself: with the permission only. What is not allowed any more is not tried again. */
export async function remindByItself(place: Place, requestId: number): Promise<void> {
  const { tx, tenantId } = place;
  if (!(await findRequest(tx, tenantId, requestId))) return;
  const row = await lockRequest(tx, tenantId, requestId);
  const settings = await readSettings(tx, tenantId);
  const before = await remindedAt(tx, tenantId, requestId);
  if (before.length >= settings.mostReminders || (await verdict(place, row)) !== "yes") return;
  if (!(await byPermission(place, row))) return;
  await noteReminder(place, row);
  const { timeZone } = await place.house.profile(tenantId);
  await planNext(place, row, { after: localDate(place.now, timeZone), days: settings.remindAfterDays });
}

/**
 * By a colleague.
 * @throws AppError rule_broken with why it may not be; not_allowed_to_contact without a permission or an open window
 */
export async function remindByHand(place: Place, requestId: number): Promise<void> {
  const { tx, tenantId } = place;
  const row = await lockRequest(tx, tenantId, requestId);
  const may = await verdict(place, row);
  if (may !== "yes") throw new AppError("rule_broken", `${may}: nobody is reminded now.`);
  if (!(await byPermission(place, row)) && !(await asAnswer(place, row)))
    throw new AppError("not_allowed_to_contact", "no_permission: neither a permission nor an open window.");
  await noteReminder(place, row);
}

async function remindedAt(tx: Tx, tenantId: number, requestId: number): Promise<number[]> {
  const { rows } = await sql<{ sent_at: Date }>`
    select sent_at from pay.reminder where tenant_id = ${tenantId} and request_id = ${requestId} order by sent_at`.execute(
    tx,
  );
  return rows.map(({ sent_at }) => sent_at.getTime());
}

async function verdict({ house, tx, tenantId, now }: Place, row: StoredRequest) {
  const { mostReminders: most } = await readSettings(tx, tenantId);
  const today = localDate(now, (await house.profile(tenantId)).timeZone);
  const before = await remindedAt(tx, tenantId, row.id);
  return mayRemind({
    isOwing: isPayable(row, today),
    isDisputed: row.disputed_at !== null,
    dueOn: row.due_on,
    remindedAt: before,
    most,
    today,
    now,
  });
}

async function byPermission(place: Place, row: StoredRequest): Promise<boolean> {
  const { house, tx, tenantId, now } = place;
  if (row.contact_id === null) return false;
  const party = await samePartyAs(tx, tenantId, row.contact_id);
  const { rows } = await sql<{ id: number }>`
    select id from kernel.consent_grant where tenant_id = ${tenantId} and purpose = ${REMINDERS} and topic = ${String(row.id)}
      and contact_id = any(${party}::bigint[]) and withdrawn_at is null order by id desc limit 1`.execute(tx);
  const grantId = rows[0]?.id;
  if (grantId === undefined) return false;
  const count = (await remindedAt(tx, tenantId, row.id)).length;
  const reference = `pay-reminder:${row.id}:${count + 1}`;
  const content = requestContent(await askedAgain(place, row), "reminder");
  const [fate] = await queueNotices(house, tx, {
    tenantId,
    notices: [{ reference, grantId, content, expiresAt: null, priority: 6 }],
    now,
  });
  return fate?.queued === true;
}

async function asAnswer(place: Place, row: StoredRequest): Promise<boolean> {
  const { house, tx, tenantId, now } = place;
  const { conversation_id: conversationId } = row;
  if (conversationId === null) return false;
  const messageId = await lastWord(tx, tenantId, conversationId);
  if (messageId === null) return false;
  const content = requestContent(await askedAgain(place, row), "reminder");
  return answerLater(house, tx, { tenantId, conversationId, messageId, purpose: PURPOSE, content, now });
}

async function askedAgain({ house, desk, tx, tenantId }: Place, row: StoredRequest): Promise<Asked> {
  const { holder, iban, mostReminders } = await readSettings(tx, tenantId);
  return {
    id: row.id,
    title: row.title,
    lines: [],
    owedMinor: owedOf(row),
    currency: row.currency,
    dueOn: row.due_on,
    reference: row.reference,
    language: row.language,
    form: (await house.profile(tenantId)).formOfAddress,
    holder,
    iban,
    link: pageAddress(desk.publicUrl(house), tenantId, row.page_key),
    mostReminders,
  };
}

async function noteReminder({ house, tx, tenantId, now }: Place, row: StoredRequest): Promise<void> {
  await sql`insert into pay.reminder (tenant_id, request_id, sent_at) values (${tenantId}, ${row.id}, ${new Date(now)})`.execute(
    tx,
  );
  const today = localDate(now, (await house.profile(tenantId)).timeZone);
  await settleState(tx, tenantId, row.id, { now, today });
}

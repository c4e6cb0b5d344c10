import { sql } from "kysely";
import { answerLater, type Content, grantConsent, type House, isStop, queueNotices, textOf } from "#kernel";
import { HANDLE, PROGRESS, PROGRESS_DAYS } from "../rules/purposes.ts";
import type { ReportsTx } from "./tx.ts";

/** How those who reported are told: in answer to what they wrote, or under a grant; never without a reason. */

const DAY_MS = 86_400_000;
/** STOP is a word or two; who wrote more since then meant something else. */
const STOP_CHARACTERS = 60;
const MESSAGES_READ = 500;

export interface Told {
  tenantId: number;
  statementId: number;
  what: "accepted" | "done" | "rejected";
  /** What is said while the provider's window is open, and where there is none. */
  content: Content;
  /** What may leave after it; null = nothing. */
  template: Content | null;
  now: number;
}

interface Place {
  conversation_id: number;
  contact_id: number;
  said_at: Date;
  told: Record<string, string>;
  stopped_at: Date | null;
  /** Their newest message in this conversation. */
  latest: string | null;
  grant_id: number | null;
}

/** Locks what one person said, with the newest message of that person's conversation and an open grant on its channel. */
async function placeOf(tx: ReportsTx, one: Told): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select s.conversation_id, s.contact_id, s.said_at, s.told, c.stopped_at,
      (select m.id from kernel.message m where m.tenant_id = s.tenant_id and m.conversation_id = s.conversation_id and m.author = 'customer'
        order by m.id desc limit 1) as latest,
      (select g.id from kernel.consent_grant g where g.tenant_id = s.tenant_id and g.contact_id = s.contact_id and g.channel_id = v.channel_id
        and g.purpose = ${PROGRESS} and g.withdrawn_at is null order by g.id desc limit 1) as grant_id
    from reports.statement s
    left join kernel.conversation v on v.tenant_id = s.tenant_id and v.id = s.conversation_id
    left join kernel.contact c on c.tenant_id = s.tenant_id and c.id = s.contact_id
    where s.tenant_id = ${one.tenantId} and s.id = ${one.statementId} for update of s`.execute(tx);
  return rows[0];
}

/**
 * Tells one person once, in the caller's transaction. A STOP after the report ends the reason that the report was.
 * @returns "message", "grant", or why not; null when it was told before
 */
export async function tellReporter(house: House, tx: ReportsTx, one: Told): Promise<string | null> {
  const place = await placeOf(tx, one);
  if (!place || place.told[one.what] !== undefined) return null;
  const how = await say(house, tx, one, place);
  await sql`update reports.statement set told = told || ${JSON.stringify({ [one.what]: how })}::jsonb
    where tenant_id = ${one.tenantId} and id = ${one.statementId}`.execute(tx);
  return how;
}

async function say(house: House, tx: ReportsTx, one: Told, place: Place): Promise<string> {
  const { tenantId, now } = one;
  const isStopped = await saidStop(tx, tenantId, place);
  if (!isStopped && place.latest !== null) {
    const isAnswered = await answerLater(house, tx, {
      tenantId,
      conversationId: place.conversation_id,
      messageId: place.latest,
      purpose: HANDLE,
      content: one.content,
      now,
    });
    if (isAnswered) return "message";
  }
  if (place.grant_id === null) return isStopped ? "stopped" : "no_grant";
  const [fate] = await queueNotices(house, tx, {
    tenantId,
    notices: [
      {
        reference: `reports ${one.what} ${one.statementId}`,
        grantId: place.grant_id,
        content: one.template ?? one.content,
        expiresAt: null,
      },
    ],
    now,
  });
  return fate?.queued ? "grant" : (fate?.reason ?? "no_grant");
}

/** A report is a reason to answer until its person says STOP, in whatever channel. */
async function saidStop(tx: ReportsTx, tenantId: number, place: Place): Promise<boolean> {
  if (place.stopped_at !== null && place.stopped_at >= place.said_at) return true;
  const { rows } = await sql<{ content: Content }>`
    select m.content from kernel.conversation v join kernel.message m on m.tenant_id = v.tenant_id and m.conversation_id = v.id
    where v.tenant_id = ${tenantId} and v.contact_id = ${place.contact_id} and m.author = 'customer' and m.received_at >= ${place.said_at}
      and length(coalesce(m.content ->> 'text', '')) between 1 and ${STOP_CHARACTERS} limit ${MESSAGES_READ}`.execute(
    tx,
  );
  return rows.some(({ content }) => isStop(textOf(content)));
}

export interface Agreed {
  tenantId: number;
  contactId: number;
  channelId: number;
  conversationId: number;
  messageId: string;
  language: "de" | "en";
  text: string;
  now: number;
}

/** Records the yes to hear later. Repeatable: an open grant is not doubled. */
export async function agreeToProgress(tx: ReportsTx, agreed: Agreed): Promise<void> {
  const { tenantId, contactId, channelId, language, text, now } = agreed;
  const evidence = { conversationId: agreed.conversationId, messageId: agreed.messageId };
  const expiresAt = now + PROGRESS_DAYS * DAY_MS;
  const grant = { contactId, channelId, purpose: PROGRESS, topic: "", language, text, evidence, expiresAt };
  await grantConsent(tx, { tenantId, grants: [{ ...grant, how: "message" as const }], now });
}

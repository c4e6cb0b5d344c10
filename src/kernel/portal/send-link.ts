import { sql } from "kysely";
import { z } from "zod";
import { mayContact } from "../consent/gate.ts";
import type { Tx } from "../db/open.ts";
import { type LockedConversation, lockConversation } from "../desk/conversation-lock.ts";
import type { Content } from "../dialogue/content.ts";
import { previewOf } from "../dialogue/preview.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type Language, translate } from "../i18n/catalogue.ts";
import { messageId } from "../ids.ts";
import type { TimerHandlers } from "../jobs/timers.ts";
import type { Kernel } from "../kernel.ts";
import type { Timer } from "../skill.ts";
import { localDate } from "../tenants/local-date.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import { LINK_TIMER } from "./flow.ts";
import { forgetLinks, linksSince, mintLink } from "./link.ts";
import { portalMessages } from "./messages.ts";
import { openSeal, SEALED, type Seal } from "./seal.ts";

/** Answers who asked for the own data: mints the link and sends it on the basis of the customer's own message. */

const PURPOSE = "portal.link";
const FORGET_TIMER = "portal_forget";
const HOUR_MS = 3_600_000;
/** Rows of ended links are kept this long, so that a timer that runs twice answers once. */
const KEEP_MS = 24 * HOUR_MS;
const LINKS_PER_HOUR = 6;
/** As every automatic answer. */
const PRIORITY = 1;

const asked = z.object({
  conversationId: z.number(),
  messageId: z.string(),
  language: z.enum(["de", "en"]),
});
type Asked = z.output<typeof asked>;

export function portalTimers(kernel: Kernel): TimerHandlers {
  return {
    [LINK_TIMER]: (timer) => sendLink(kernel, timer),
    [FORGET_TIMER]: ({ tenantId }) =>
      kernel.db.tenant(tenantId, (tx) => forgetLinks(tx, tenantId, kernel.clock.now() - KEEP_MS)),
  };
}

interface Answering {
  kernel: Kernel;
  tx: Tx;
  profile: TenantProfile;
  seal: Seal;
  asked: Asked;
  conversation: LockedConversation;
  now: number;
}

/** Repeatable: a message that has its link gets no second one. */
async function sendLink(kernel: Kernel, { tenantId, payload }: Timer): Promise<void> {
  const wish = asked.parse(payload);
  const profile = await kernel.profile(tenantId);
  const seal = await openSeal(kernel);
  await kernel.db.tenant(tenantId, async (tx) => {
    const conversation = await locked(tx, tenantId, wish.conversationId);
    if (!conversation) return; // erased in between
    const parts: Answering = {
      kernel,
      tx,
      profile,
      seal,
      asked: wish,
      conversation,
      now: kernel.clock.now(),
    };
    const basisAt = await askedAt(parts);
    if (basisAt === null || !(await mayAnswer(parts, basisAt))) return;
    const place = { tenantId, conversationId: conversation.id };
    const recent = await linksSince(tx, place, parts.now - HOUR_MS);
    if (recent.some(({ askedBy }) => askedBy === wish.messageId)) return;
    await say(parts, { basisAt, ...(await wordsFor(parts, recent)) });
  });
}

async function locked(tx: Tx, tenantId: number, id: number): Promise<LockedConversation | null> {
  try {
    return await lockConversation(tx, tenantId, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

async function askedAt({ tx, profile, asked: wish }: Answering): Promise<number | null> {
  const { rows } = await sql<{ sent_at: Date }>`
    select sent_at from kernel.message where tenant_id = ${profile.id} and conversation_id = ${wish.conversationId}
      and id = ${wish.messageId} and author = 'customer'`.execute(tx);
  return rows[0]?.sent_at.getTime() ?? null;
}

async function mayAnswer(parts: Answering, basisAt: number): Promise<boolean> {
  const { conversation, kernel, profile, tx } = parts;
  const contact = await tx
    .selectFrom("kernel.contact")
    .select(["stopped_at", "erased_at"])
    .where("tenant_id", "=", profile.id)
    .where("id", "=", conversation.contact_id)
    .executeTakeFirstOrThrow();
  return mayContact({
    purpose: PURPOSE,
    basis: { kind: "customer_message", id: parts.asked.messageId, at: basisAt },
    contact: {
      stoppedAt: contact.stopped_at?.getTime() ?? null,
      erasedAt: contact.erased_at?.getTime() ?? null,
    },
    channel: {
      active: conversation.channel_active,
      windowMs: kernel.adapters.get(conversation.channel_kind)?.limits.windowMs ?? null,
    },
    isTemplate: false,
    now: parts.now,
  }).allowed;
}

interface Words {
  text: string;
  /** Stands in the fragment of the link; null when there is no link to send. */
  secret: string | null;
}

async function wordsFor(parts: Answering, recent: readonly { createdAt: number }[]): Promise<Words> {
  const { profile, conversation, asked: wish, tx, now } = parts;
  const choice = { language: wish.language, form: profile.formOfAddress };
  const clock = (ms: number) => clockTime(ms, { language: wish.language, timeZone: profile.timeZone });
  const oldest = recent[0];
  if (recent.length >= LINKS_PER_HOUR && oldest) {
    const values = { count: recent.length, from: clock(oldest.createdAt + HOUR_MS) };
    return { text: translate(portalMessages, choice, "tooMany", values), secret: null };
  }
  const { secret, expiresAt } = await mintLink(
    tx,
    {
      tenantId: profile.id,
      contactId: conversation.contact_id,
      conversationId: conversation.id,
      askedBy: wish.messageId,
    },
    now,
  );
  await forgetLater(tx, profile.id, expiresAt + KEEP_MS + 1);
  return { text: translate(portalMessages, choice, "link", { until: clock(expiresAt) }), secret };
}

function clockTime(ms: number, { language, timeZone }: { language: Language; timeZone: string }): string {
  const locale = language === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(ms);
}

function forgetLater(tx: Tx, tenantId: number, dueAt: number) {
  return sql`insert into kernel.timer (tenant_id, kind, key, due_at)
    values (${tenantId}, ${FORGET_TIMER}, 'links', ${new Date(dueAt)})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}

/** Message, outbox, conversation and events in one transaction; the sender asks the gate once more. */
async function say(parts: Answering, answer: Words & { basisAt: number }): Promise<void> {
  const { conversation, kernel, now, profile, tx, asked: wish } = parts;
  const { id: tenantId } = profile;
  const id = messageId(Math.max(now, answer.basisAt), now);
  const at = new Date(now);
  const page = `${originOf(kernel)}/me`;
  const { secret, text } = answer;
  const stored: Content = { type: "text", text, ...(secret ? { link: page } : {}) };
  const sent: Content = { type: "text", text, ...(secret ? { link: `${page}#${secret}` } : {}) };
  const isChat = conversation.channel_kind === "web";
  const detail = {
    source: translate(portalMessages, { language: wish.language, form: "sie" }, "source"),
    ...(secret && isChat ? { [SEALED]: parts.seal.close(secret, id) } : {}),
  };
  await sql`
    insert into kernel.message (tenant_id, conversation_id, id, author, content, status, reply_to, language, detail, purpose,
      basis_message, sent_at, received_at, processed_at)
    values (${tenantId}, ${conversation.id}, ${id}, 'bot', ${JSON.stringify(stored)}::jsonb, 'queued', ${wish.messageId},
      ${wish.language}, ${JSON.stringify(detail)}::jsonb, ${PURPOSE}, ${wish.messageId}, ${at}, ${at}, ${at})`.execute(
    tx,
  );
  await sql`
    insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, priority, purpose,
      basis_kind, basis_id, basis_at, due_at)
    values (${tenantId}, ${id}, ${conversation.id}, ${conversation.contact_id}, ${conversation.channel_id},
      ${conversation.reply_address}, ${JSON.stringify(isChat ? stored : sent)}::jsonb, ${PRIORITY}, ${PURPOSE},
      'customer_message', ${wish.messageId}, ${new Date(answer.basisAt)}, ${at})`.execute(tx);
  await sql`
    update kernel.conversation set last_message_at = greatest(last_message_at, ${at}),
      preview = ${previewOf(stored)}, last_day = ${localDate(now, profile.timeZone)}::date
    where tenant_id = ${tenantId} and id = ${conversation.id} and state = 'bot'`.execute(tx);
  await sql`select pg_notify('ah', 'outbox')`.execute(tx);
  await appendEvents(
    tx,
    tenantId,
    [
      { type: "message.created", conversationId: conversation.id, messageId: id },
      { type: "conversation.changed", conversationId: conversation.id },
    ],
    now,
  );
}

/** As customers reach us. */
function originOf({ config }: Kernel): string {
  return config.publicUrl.replace(/\/$/, "") || `http://${config.host}:${config.port}`;
}

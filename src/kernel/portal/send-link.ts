import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../db/open.ts";
import { type LockedConversation, lockConversation } from "../desk/conversation-lock.ts";
import { answerLater } from "../dialogue/answer-later.ts";
import type { Content } from "../dialogue/content.ts";
import { AppError } from "../errors.ts";
import { type Language, translate } from "../i18n/catalogue.ts";
import type { TimerHandlers } from "../jobs/timers.ts";
import type { Kernel } from "../kernel.ts";
import type { Timer } from "../skill.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import { LINK_TIMER } from "./flow.ts";
import { forgetLinks, fragmentOf, linksSince, mintLink, type NewLink, storeLink } from "./link.ts";
import { portalMessages } from "./messages.ts";
import { openSeal, SEALED, type Seal } from "./seal.ts";

/** Answers who asked for the own data: mints the link and sends it on the basis of the customer's own message. */

const PURPOSE = "portal.link";
const FORGET_TIMER = "portal_forget";
const HOUR_MS = 3_600_000;
/** Rows of ended links are kept this long, so that a timer that runs twice answers once. */
const KEEP_MS = 24 * HOUR_MS;
const LINKS_PER_HOUR = 6;

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
    const now = kernel.clock.now();
    const parts: Answering = { kernel, tx, profile, seal, asked: wish, conversation, now };
    const recent = await linksSince(tx, { tenantId, conversationId: conversation.id }, now - HOUR_MS);
    if (recent.some(({ askedBy }) => askedBy === wish.messageId)) return;
    const oldest = recent[0];
    if (recent.length >= LINKS_PER_HOUR && oldest)
      await sayTooMany(parts, recent.length, oldest.createdAt + HOUR_MS);
    else await sayLink(parts, mintLink(tenantId, now));
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

/** The link is stored only if the gate let its message pass. */
async function sayLink(parts: Answering, link: NewLink): Promise<void> {
  const { asked: wish, conversation, kernel, seal, tx } = parts;
  const text = words(parts, "link", {
    until: clockTime(link.expiresAt, parts),
    place: placeOfZone(parts.profile.timeZone),
  });
  const page = `${originOf(kernel)}/me`;
  const kept: Content = { type: "text", text, link: page };
  const isChat = conversation.channel_kind === "web";
  const isQueued = await say(parts, {
    // The chat shows what is kept; only its own visitor's view opens the seal.
    content: isChat ? kept : { ...kept, link: `${page}#${fragmentOf(link)}` },
    kept,
    sealed: isChat ? { [SEALED]: seal.close(fragmentOf(link), wish.messageId) } : {},
  });
  if (!isQueued) return;
  const to = { contactId: conversation.contact_id, conversationId: conversation.id, askedBy: wish.messageId };
  await storeLink(tx, link, to);
  await forgetLater(tx, link.tenantId, link.expiresAt + KEEP_MS + 1);
}

async function sayTooMany(parts: Answering, count: number, from: number): Promise<void> {
  const text = words(parts, "tooMany", {
    count,
    from: clockTime(from, parts),
    place: placeOfZone(parts.profile.timeZone),
  });
  await say(parts, { content: { type: "text", text }, sealed: {} });
}

function say(
  parts: Answering,
  said: { content: Content; kept?: Content; sealed: Record<string, string> },
): Promise<boolean> {
  const { asked: wish, kernel, now, profile, tx } = parts;
  return answerLater(kernel, tx, {
    tenantId: profile.id,
    conversationId: wish.conversationId,
    messageId: wish.messageId,
    purpose: PURPOSE,
    content: said.content,
    ...(said.kept ? { kept: said.kept } : {}),
    detail: { source: words(parts, "source", {}), ...said.sealed },
    now,
  });
}

function words(
  { profile, asked: wish }: Answering,
  key: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return translate(portalMessages, { language: wish.language, form: profile.formOfAddress }, key, values);
}

const LOCALES: Record<Language, string> = { de: "de-DE", en: "en-GB" };

/** "Europe/Berlin" -> "Berlin": whoever reads it may sit under another clock than the company. */
const placeOfZone = (zone: string): string => zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;

function clockTime(ms: number, { asked: wish, profile }: Answering): string {
  const form = { hour: "2-digit", minute: "2-digit", timeZone: profile.timeZone } as const;
  return new Intl.DateTimeFormat(LOCALES[wish.language], form).format(ms);
}

function forgetLater(tx: Tx, tenantId: number, dueAt: number) {
  return sql`insert into kernel.timer (tenant_id, kind, key, due_at)
    values (${tenantId}, ${FORGET_TIMER}, 'links', ${new Date(dueAt)})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}

/** As customers reach us. */
function originOf({ config }: Kernel): string {
  return config.publicUrl.replace(/\/$/, "") || `http://${config.host}:${config.port}`;
}

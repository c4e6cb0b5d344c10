import { sql } from "kysely";
import type { Message } from "../api/conversations.ts";
import { mayContact } from "../consent/gate.ts";
import type { Tx } from "../db/open.ts";
import type { Content } from "../dialogue/content.ts";
import { previewOf } from "../dialogue/preview.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import type { Actor } from "../http/route.ts";
import { messageId, seenKey } from "../ids.ts";
import type { Kernel } from "../kernel.ts";
import { localDate } from "../tenants/local-date.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import { type LockedConversation, lockConversation } from "./conversation-lock.ts";
import { contentOf } from "./reply-content.ts";
import { messageRows } from "./rows.ts";

/** What a person at the desk sends or notes. */
export interface ReplyInput {
  /** Made by the client; the same one gives the first result again. */
  clientId: string;
  text?: string | undefined;
  /** For colleagues: never leaves the house. */
  note?: boolean | undefined;
  fileId?: string | undefined;
  template?: { name: string; language: string; parameters: string[] } | undefined;
  /** A message of the same conversation that this one quotes. */
  replyTo?: string | undefined;
  /** What a skill sends for the agent, instead of the above. */
  content?: Content;
  /** What the desk shows beside it, e.g. whose words they are. */
  detail?: Readonly<Record<string, unknown>>;
}

/** Answers of people go before automatic ones. */
const PRIORITY = 0;
const PURPOSE = "service.reply";
/** Client ids are unique in a tenant, not in a channel. */
const NO_CHANNEL = 0;

interface Basis {
  id: string;
  sent_at: Date;
}

/**
 * The one way of a person's words: stored, queued and announced in one transaction; the outbox sends it.
 * @returns the message; the first one again for a clientId that was used before
 * @throws AppError not_found, bad_request, window_closed, not_allowed_to_contact
 */
export async function sendReply(
  kernel: Kernel,
  actor: Actor,
  conversationId: number,
  input: ReplyInput,
): Promise<Message> {
  const profile = await kernel.profile(actor.tenantId);
  return kernel.db.tenant(actor.tenantId, (tx) =>
    replyIn({ tx, kernel, profile, actor }, conversationId, input),
  );
}

/** Where a reply is made: inside a transaction that may write more. */
export interface ReplyPlace {
  tx: Tx;
  kernel: Kernel;
  profile: Pick<TenantProfile, "timeZone">;
  actor: Actor;
}

/** The same inside the caller's transaction; what a skill sends for an agent goes this way. */
export async function replyIn(
  { tx, kernel, profile, actor }: ReplyPlace,
  conversationId: number,
  input: ReplyInput,
): Promise<Message> {
  const { tenantId } = actor;
  const conversation = await lockConversation(tx, tenantId, conversationId);
  const parts = { tx, kernel, tenantId };
  const now = kernel.clock.now();
  const basis = await latestCustomerMessage(tx, tenantId, conversationId);
  const id = messageId(Math.max(now, basis?.sent_at.getTime() ?? 0), now);
  const first = await firstResult(tx, actor, { clientId: input.clientId, conversationId, id, now });
  if (first) return only(await messageRows(parts, [first]));
  const content = input.content ?? (await contentOf(tx, tenantId, input));
  const quoted = input.replyTo ? await quotedMessage(tx, conversation, input.replyTo, tenantId) : null;
  if (!input.note) await askGate({ kernel, tx, tenantId, conversation, basis, content, now });
  await insertMessage(tx, actor, { conversation, basis, id, content, input, now });
  const event = { type: "message.created", conversationId, messageId: id };
  if (input.note) {
    await appendEvents(tx, tenantId, [event], now);
  } else {
    await queue(tx, tenantId, { conversation, basis: basis as Basis, id, content, quoted, now });
    await takeWord(tx, actor, { conversation, content, day: localDate(now, profile.timeZone), now });
    await sql`select pg_notify('ah', 'outbox')`.execute(tx);
    await appendEvents(tx, tenantId, [event, { type: "conversation.changed", conversationId }], now);
  }
  return only(await messageRows(parts, [{ conversationId, id }]));
}

function only(rows: readonly Message[]): Message {
  const row = rows[0];
  if (!row) throw new AppError("not_found");
  return row;
}

/** The row lock above makes repeated calls for one conversation wait for each other, so the first one is found. */
async function firstResult(
  tx: Tx,
  actor: Actor,
  call: { clientId: string; conversationId: number; id: string; now: number },
): Promise<{ conversationId: number; id: string } | null> {
  const key = seenKey(NO_CHANNEL, `agent:${call.clientId}`);
  const made = await tx
    .insertInto("kernel.seen")
    .values({
      tenant_id: actor.tenantId,
      key,
      conversation_id: call.conversationId,
      message_id: call.id,
      seen_at: new Date(call.now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("key")
    .execute();
  if (made.length > 0) return null;
  const before = await tx
    .selectFrom("kernel.seen")
    .select(["conversation_id", "message_id"])
    .where("tenant_id", "=", actor.tenantId)
    .where("key", "=", key)
    .executeTakeFirst();
  if (before?.conversation_id !== call.conversationId || !before.message_id)
    throw new AppError("conflict", "This clientId was used in another conversation.");
  return { conversationId: before.conversation_id, id: before.message_id };
}

async function latestCustomerMessage(
  tx: Tx,
  tenantId: number,
  conversationId: number,
): Promise<Basis | undefined> {
  return tx
    .selectFrom("kernel.message")
    .select(["id", "sent_at"])
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .where("author", "=", "customer")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

async function quotedMessage(
  tx: Tx,
  conversation: LockedConversation,
  id: string,
  tenantId: number,
): Promise<string | null> {
  const row = await tx
    .selectFrom("kernel.message")
    .select("external_id")
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversation.id)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row)
    throw new AppError("bad_request", undefined, [{ path: "replyTo", message: "not in this conversation" }]);
  return row.external_id;
}

interface GateParts {
  kernel: Kernel;
  tx: Tx;
  tenantId: number;
  conversation: LockedConversation;
  basis: Basis | undefined;
  content: Content;
  now: number;
}

/** Asked here, when it is queued, and again at the sender's claim. */
export async function askGate(parts: GateParts): Promise<void> {
  const { conversation, basis } = parts;
  if (!basis || !conversation.last_customer_at)
    throw new AppError("not_allowed_to_contact", "This person has not written to us.");
  const contact = await parts.tx
    .selectFrom("kernel.contact")
    .select(["stopped_at", "erased_at"])
    .where("tenant_id", "=", parts.tenantId)
    .where("id", "=", conversation.contact_id)
    .executeTakeFirstOrThrow();
  const answer = mayContact({
    purpose: PURPOSE,
    basis: { kind: "customer_message", id: basis.id, at: conversation.last_customer_at.getTime() },
    contact: {
      stoppedAt: contact.stopped_at?.getTime() ?? null,
      erasedAt: contact.erased_at?.getTime() ?? null,
    },
    channel: {
      active: conversation.channel_active,
      windowMs: parts.kernel.adapters.get(conversation.channel_kind)?.limits.windowMs ?? null,
    },
    isTemplate: parts.content.type === "template",
    now: parts.now,
  });
  if (answer.allowed) return;
  if (answer.reason === "window_closed") throw new AppError("window_closed");
  throw new AppError("not_allowed_to_contact", answer.reason);
}

async function insertMessage(
  tx: Tx,
  actor: Actor,
  parts: {
    conversation: LockedConversation;
    basis: Basis | undefined;
    id: string;
    content: Content;
    input: ReplyInput;
    now: number;
  },
): Promise<void> {
  const at = new Date(parts.now);
  await tx
    .insertInto("kernel.message")
    .values({
      tenant_id: actor.tenantId,
      conversation_id: parts.conversation.id,
      id: parts.id,
      author: "agent",
      staff_id: actor.staffId,
      content: JSON.stringify(parts.content),
      status: parts.input.note ? "note" : "queued",
      external_id: null,
      client_id: parts.input.clientId,
      reply_to: parts.input.replyTo ?? null,
      language: parts.conversation.language,
      ...(parts.input.detail && { detail: JSON.stringify(parts.input.detail) }),
      ...(parts.input.note ? {} : { purpose: PURPOSE, basis_message: parts.basis?.id ?? null }),
      sent_at: at,
      received_at: at,
      processed_at: at,
    })
    .execute();
}

/** Puts a stored message into the outbox; the gate was asked before. */
export async function queue(
  tx: Tx,
  tenantId: number,
  parts: {
    conversation: LockedConversation;
    basis: Basis;
    id: string;
    content: Content;
    quoted: string | null;
    now: number;
  },
): Promise<void> {
  const { conversation, basis } = parts;
  await tx
    .insertInto("kernel.outbox")
    .values({
      tenant_id: tenantId,
      id: parts.id,
      conversation_id: conversation.id,
      contact_id: conversation.contact_id,
      channel_id: conversation.channel_id,
      reply_address: conversation.reply_address,
      content: JSON.stringify(parts.content),
      reply_to_external: parts.quoted,
      priority: PRIORITY,
      purpose: PURPOSE,
      basis_kind: "customer_message",
      basis_id: basis.id,
      basis_at: conversation.last_customer_at ?? basis.sent_at,
      due_at: new Date(parts.now),
      lease_epoch: null,
    })
    .execute();
}

/** Who answers has the conversation, unless a colleague has it; nobody waits for us any more. */
async function takeWord(
  tx: Tx,
  actor: Actor,
  parts: { conversation: LockedConversation; content: Content; day: string; now: number },
): Promise<void> {
  const { conversation } = parts;
  const isHeld = conversation.state === "person" && conversation.assignee_id !== null;
  const at = new Date(Math.max(parts.now, conversation.last_message_at.getTime()));
  await tx
    .updateTable("kernel.conversation")
    .set({
      state: "person",
      assignee_id: isHeld ? conversation.assignee_id : actor.staffId,
      flow: null,
      unread: 0,
      waiting_since: null,
      due_at: null,
      closed_at: null,
      preview: previewOf(parts.content),
      last_message_at: at,
      last_day: parts.day,
    })
    .where("tenant_id", "=", actor.tenantId)
    .where("id", "=", conversation.id)
    .execute();
}

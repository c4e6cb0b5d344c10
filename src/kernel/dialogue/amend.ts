import type pg from "pg";
import { jsonText } from "../db/array.ts";
import { messageId, seenKey } from "../ids.ts";
import { retraction } from "./retract.ts";
import type { Located } from "./sort.ts";
import { addEvent, type Incoming, type NewMessage, type Outcome } from "./state.ts";

/**
 * Rare things that change an earlier message: edit, revoke, reaction. Row by row. What refers to a message we
 * do not have becomes a row of its own, so that nothing a customer did is invisible.
 */

interface Target {
  conversation_id: number;
  message_id: string;
}

async function findTarget(
  client: pg.PoolClient,
  place: { tenantId: number; channelId: number; conversationId?: number },
  externalId: string,
): Promise<Target | null> {
  const seen = await client.query<Target>(
    "select conversation_id, message_id from kernel.seen where tenant_id = $1 and key = $2 and message_id is not null",
    [place.tenantId, seenKey(place.channelId, `message:${externalId}`)],
  );
  if (seen.rows[0] || place.conversationId === undefined) return seen.rows[0] ?? null;
  // Our own messages: within the one conversation the key's prefix is short enough to walk.
  const own = await client.query<Target>(
    "select conversation_id, id as message_id from kernel.message where tenant_id = $1 and conversation_id = $2 and external_id = $3 order by id desc limit 1",
    [place.tenantId, place.conversationId, externalId],
  );
  return own.rows[0] ?? null;
}

/**
 * Changes or empties the message; copies of its words in other rooms follow (`retractTimers`).
 * @returns false when there was no such message
 */
export async function amendMessage(
  client: pg.PoolClient,
  located: Located<"edit" | "revoke">,
  outcome: Outcome,
  now: number,
): Promise<boolean> {
  const { item, account } = located;
  const target = await findTarget(client, { tenantId: account.tenantId, channelId: account.id }, item.target);
  if (!target) return false;
  const place = [account.tenantId, target.conversation_id, target.message_id];
  if (item.kind === "revoke") {
    // The customer took it back: the words go, the fact stays.
    await client.query(
      `update kernel.message set revoked = true, content = '{"type":"text","text":""}' where tenant_id = $1 and conversation_id = $2 and id = $3`,
      place,
    );
  } else {
    await client.query(
      "update kernel.message set edited = true, content = $4 where tenant_id = $1 and conversation_id = $2 and id = $3",
      [...place, jsonText(item.content ?? { type: "text", text: "" })],
    );
  }
  addEvent(outcome, account.tenantId, {
    type: "message.changed",
    conversationId: target.conversation_id,
    messageId: target.message_id,
  });
  const timer = retraction(account.tenantId, {
    conversationId: target.conversation_id,
    messageId: target.message_id,
    now,
  });
  // One batch may change a message twice; its timer is one row.
  if (!outcome.timers.some(({ kind, key }) => kind === timer.kind && key === timer.key))
    outcome.timers.push(timer);
  return true;
}

/** Puts reactions on the messages they are for. @returns the reactions whose message is unknown */
export async function applyReactions(
  client: pg.PoolClient,
  incoming: readonly Incoming[],
  outcome: Outcome,
): Promise<Incoming[]> {
  const orphans: Incoming[] = [];
  for (const one of incoming) {
    if (one.content.type !== "reaction") continue;
    const { account, conversation } = one;
    const place = {
      tenantId: account.tenantId,
      channelId: account.id,
      ...(conversation.isNew ? {} : { conversationId: conversation.id }),
    };
    const target = await findTarget(client, place, one.content.to);
    if (!target) {
      orphans.push(one);
      continue;
    }
    const reactions = one.content.emoji ? [{ author: "customer", emoji: one.content.emoji }] : [];
    await client.query(
      `update kernel.message set detail = coalesce(detail, '{}') || jsonb_build_object('reactions', $4::jsonb)
        where tenant_id = $1 and conversation_id = $2 and id = $3`,
      [account.tenantId, target.conversation_id, target.message_id, jsonText(reactions)],
    );
    addEvent(outcome, account.tenantId, {
      type: "message.changed",
      conversationId: target.conversation_id,
      messageId: target.message_id,
    });
  }
  return orphans;
}

/** A row of the log about something that is no message: a stop, a change of number, an edit of the unknown. */
export function systemRow(
  incoming: Pick<Incoming, "account" | "conversation" | "sentAt" | "receivedAt">,
  event: string,
  now: number,
): NewMessage {
  return {
    tenantId: incoming.account.tenantId,
    conversationId: incoming.conversation.id,
    id: messageId(incoming.sentAt, now),
    author: "system",
    content: { type: "system", event, text: "" },
    status: "note",
    externalId: null,
    replyTo: null,
    language: null,
    detail: { event },
    error: null,
    sentAt: incoming.sentAt,
    receivedAt: incoming.receivedAt,
  };
}

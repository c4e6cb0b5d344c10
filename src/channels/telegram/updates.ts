import type { Message } from "@grammyjs/types";
import type { Inbound } from "#kernel";
import { contentOf } from "./content.ts";
import { messageKey, pressKey } from "./ids.ts";
import { integerOf, type Json, listOf, objectOf, wordsOf } from "./json.ts";
import { type Context, messageItem, spokenIn, timeOf } from "./speaker.ts";

/** One reader for each kind of update that a one-to-one conversation knows. */

/** Notes of Telegram itself within a private chat: nobody said anything. */
const serviceNotes: readonly (keyof Message)[] = [
  "pinned_message",
  "message_auto_delete_timer_changed",
  "write_access_allowed",
  "connected_website",
  "chat_background_set",
  "proximity_alert_triggered",
  "boost_added",
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
  "general_forum_topic_hidden",
  "general_forum_topic_unhidden",
  "poll_option_added",
  "poll_option_deleted",
  "checklist_tasks_done",
  "checklist_tasks_added",
  "managed_bot_created",
];

export function readMessage(message: Json, context: Context): Inbound {
  const { address } = context;
  const chat = spokenIn("message", message, context);
  if ("kind" in chat) return chat;
  const messageId = integerOf(message.message_id);
  if (messageId === null) return { kind: "broken", address, reason: "message without an id" };
  const note = serviceNotes.find((field) => objectOf(message[field]) !== null);
  if (note) return { kind: "ignored", address, field: `message.${note}` };
  const quoted = integerOf(objectOf(message.reply_to_message)?.message_id);
  return messageItem(context, chat, {
    externalId: messageKey(chat.chatId, messageId),
    sentAt: timeOf(message.date, context),
    content: contentOf(message),
    ...(quoted !== null && { replyTo: messageKey(chat.chatId, quoted) }),
  });
}

export function readEdit(message: Json, context: Context): Inbound {
  const { address, key } = context;
  const chat = spokenIn("edited_message", message, context);
  if ("kind" in chat) return chat;
  const messageId = integerOf(message.message_id);
  if (messageId === null) return { kind: "broken", address, reason: "edited_message without an id" };
  return {
    kind: "edit",
    address,
    externalId: key,
    target: messageKey(chat.chatId, messageId),
    identities: chat.identities,
    content: contentOf(message),
    sentAt: timeOf(message.edit_date ?? message.date, context),
  };
}

/** A press on a button of ours. An old message comes without its date and keyboard; a foreign one without a chat. */
export function readPress(press: Json, context: Context): Inbound {
  const { address, receivedAt } = context;
  const from = objectOf(press.from);
  const message = objectOf(press.message);
  const chat = spokenIn("callback_query", { chat: message?.chat ?? { id: from?.id }, from }, context);
  if ("kind" in chat) return chat;
  const id = wordsOf(press.id);
  const data = wordsOf(press.data);
  if (id === null) return { kind: "broken", address, reason: "callback_query without an id" };
  if (data === null) return { kind: "ignored", address, field: "callback_query: without data" };
  const messageId = integerOf(message?.message_id);
  return messageItem(context, chat, {
    externalId: pressKey(id),
    // A press has no time of its own; the message's date is when we asked.
    sentAt: receivedAt,
    content: { type: "choice", id: data, text: titleOf(message, data) ?? data },
    ...(messageId !== null && { replyTo: messageKey(chat.chatId, messageId) }),
  });
}

/** What stood on the pressed button. */
function titleOf(message: Json | null, data: string): string | null {
  const rows = listOf(objectOf(message?.reply_markup)?.inline_keyboard);
  const buttons = rows.flatMap(listOf).map(objectOf);
  return wordsOf(buttons.find((button) => button?.callback_data === data)?.text);
}

export function readReaction(reaction: Json, context: Context): Inbound {
  const { address, key } = context;
  const chat = spokenIn("message_reaction", reaction, context);
  if ("kind" in chat) return chat;
  const messageId = integerOf(reaction.message_id);
  if (messageId === null) return { kind: "broken", address, reason: "message_reaction without a message" };
  const latest = objectOf(listOf(reaction.new_reaction).at(-1));
  const emoji = wordsOf(latest?.emoji);
  // A custom emoji is a picture without a character.
  if (latest !== null && emoji === null)
    return { kind: "ignored", address, field: "message_reaction: no emoji" };
  const to = messageKey(chat.chatId, messageId);
  return messageItem(context, chat, {
    externalId: key,
    sentAt: timeOf(reaction.date, context),
    content: { type: "reaction", emoji, to },
    replyTo: to,
  });
}

/** In a private chat this comes only when the person blocks or unblocks the bot. */
export function readMembership(change: Json, context: Context): Inbound {
  const { address, key } = context;
  const chat = spokenIn("my_chat_member", change, context);
  if ("kind" in chat) return chat;
  const status = objectOf(change.new_chat_member)?.status;
  if (status !== "kicked" && status !== "member")
    return { kind: "ignored", address, field: "my_chat_member" };
  return {
    kind: "preference",
    address,
    externalId: key,
    identities: chat.identities,
    preference: status === "kicked" ? "stop" : "resume",
    scope: "all",
    sentAt: timeOf(change.date, context),
  };
}

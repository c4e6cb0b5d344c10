import type { Update } from "@grammyjs/types";
import type { Inbound, ProviderApp } from "#kernel";
import { integerOf, type Json, objectOf, wordsOf } from "./json.ts";
import type { Context } from "./speaker.ts";
import { readEdit, readMembership, readMessage, readPress, readReaction } from "./updates.ts";

/**
 * A stored webhook body -> Inbound. Telegram sends one update a body and at most one kind in it. We speak one to
 * one: whatever happens in groups and channels is ignored.
 */

type UpdateKind = Exclude<keyof Update, "update_id">;
type Read = (value: Json, update: Context) => Inbound;

/** Every kind that the types know; null: known, and no business of a one-to-one conversation. */
const readers: Record<UpdateKind, Read | null> = {
  message: readMessage,
  edited_message: readEdit,
  callback_query: readPress,
  message_reaction: readReaction,
  my_chat_member: readMembership,
  channel_post: null,
  edited_channel_post: null,
  business_connection: null,
  business_message: null,
  edited_business_message: null,
  deleted_business_messages: null,
  guest_message: null,
  stopped_message_generation: null,
  message_reaction_count: null,
  inline_query: null,
  chosen_inline_result: null,
  shipping_query: null,
  pre_checkout_query: null,
  purchased_paid_media: null,
  poll: null,
  poll_answer: null,
  chat_member: null,
  chat_join_request: null,
  chat_boost: null,
  removed_chat_boost: null,
  managed_bot: null,
  subscription: null,
};

/** The kinds to ask for in setWebhook: message_reaction does not come unless it is named. */
export const readKinds = (Object.keys(readers) as UpdateKind[]).filter((kind) => readers[kind] !== null);

/**
 * @param app its id is the account's address: a body names no bot, so each bot has an app of its own.
 * @param receivedAt ms since the epoch; stands in for a missing date.
 * @returns one item a body. Never throws.
 */
export function parse(raw: Buffer, app: ProviderApp, receivedAt: number): Inbound[] {
  const address = app.id;
  const update = objectOf(jsonOf(raw));
  if (update === null) return [{ kind: "broken", address, reason: "not a JSON object" }];
  const kind = Object.keys(update).find((field) => field !== "update_id" && objectOf(update[field]) !== null);
  if (kind === undefined) return [{ kind: "broken", address, reason: "an update without a kind" }];
  const value = objectOf(update[kind]) ?? {};
  const id = integerOf(update.update_id);
  const read = Object.hasOwn(readers, kind) ? readers[kind as UpdateKind] : readUnknown(kind);
  if (read === null) return [{ kind: "ignored", address, field: kind }];
  if (id === null && read !== readMessage) return [{ kind: "broken", address, reason: "no update_id" }];
  return [read(value, { address, receivedAt, key: `u${id}` })];
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return null;
  }
}

/** Telegram may add kinds: one that looks like a message of a person becomes a placeholder, others are nothing to us. */
function readUnknown(kind: string): Read {
  return (value, context) => {
    const isMessage = integerOf(value.message_id) !== null && objectOf(value.chat) !== null;
    if (!isMessage) return { kind: "ignored", address: context.address, field: wordsOf(kind) ?? "" };
    const item = readMessage(value, context);
    if (item.kind !== "message") return item;
    return {
      ...item,
      content: { type: "unsupported", text: wordsOf(value.text) ?? "", what: wordsOf(kind) ?? "" },
    };
  };
}

import type { Content, IdentityKey, Inbound } from "#kernel";
import { nameOf } from "./content.ts";
import { integerOf, type Json, objectOf } from "./json.ts";

/** Who speaks where and when: what all kinds of updates share. */

export interface Context {
  address: string;
  /** ms since the epoch */
  receivedAt: number;
  /** Dedupe key of an update that is no message. */
  key: string;
}

/** Later seconds are no date but an attack on the database's range: 2100-01-01. */
const LATEST_DATE_S = 4_102_444_800;

export interface PrivateChat {
  chatId: number;
  identities: readonly IdentityKey[];
  profileName?: string;
}

/** @returns null for groups and channels, "broken" when nobody can tell. Old examples have no chat.type. */
function privateChat(chat: Json | null, from: Json | null): PrivateChat | null | "broken" {
  const chatId = integerOf(chat?.id);
  if (chat === null || chatId === null) return "broken";
  const isPrivate = chat.type === "private" || (chat.type === undefined && chatId > 0);
  if (!isPrivate) return null;
  const name = nameOf(from) ?? nameOf(chat);
  const userId = integerOf(from?.id) ?? chatId;
  return {
    chatId,
    identities: [{ kind: "telegram", value: String(userId) }],
    ...(name !== null && { profileName: name }),
  };
}

/** Who speaks where, or the item that ends the reading. */
export function spokenIn(field: string, value: Json, context: Context): PrivateChat | Inbound {
  const { address } = context;
  const from = objectOf(value.from) ?? objectOf(value.user);
  const chat = privateChat(objectOf(value.chat), from);
  if (chat === "broken") return { kind: "broken", address, reason: `${field} without a chat` };
  if (chat === null) return { kind: "ignored", address, field: `${field}: not a private chat` };
  // Two bots would answer each other for ever.
  if (from?.is_bot === true) return { kind: "ignored", address, field: `${field}: from a bot` };
  return chat;
}

export function timeOf(seconds: unknown, context: Context): number {
  const date = integerOf(seconds);
  return date !== null && date > 0 && date < LATEST_DATE_S ? date * 1000 : context.receivedAt;
}

interface Said {
  externalId: string;
  sentAt: number;
  content: Content;
  replyTo?: string;
}

export function messageItem(context: Context, chat: PrivateChat, said: Said): Inbound {
  const { chatId, ...person } = chat;
  return { kind: "message", address: context.address, replyAddress: String(chatId), ...person, ...said };
}

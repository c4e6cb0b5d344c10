import { createHash } from "node:crypto";

/**
 * The names by which Telegram's things are known in the house.
 *   message   `<chat_id>:<message_id>`   in and out alike, so that replies, edits and reactions can refer to it
 *   press     `cb:<callback_query.id>`   what answerCallbackQuery wants
 *   any other `u<update_id>`
 * update_id restarts at a random number after a week without updates: it is a dedupe key, never an order.
 */

export function messageKey(chatId: number, messageId: number): string {
  return `${chatId}:${messageId}`;
}

const pressPrefix = "cb:";

export function pressKey(callbackQueryId: string): string {
  return pressPrefix + callbackQueryId;
}

/** @returns the callback query's id, or null when the external id is of something else. */
export function pressOf(externalId: string): string | null {
  return externalId.startsWith(pressPrefix) ? externalId.slice(pressPrefix.length) : null;
}

/** @returns the message id within that chat, or null when the external id is not of a message there. */
export function messageIdIn(chatId: string, externalId: string): number | null {
  const [chat, id, more] = externalId.split(":");
  if (chat !== chatId || id === undefined || more !== undefined || !/^\d+$/.test(id)) return null;
  return Number(id);
}

/** Bot API: callback_data has 1-64 bytes. */
export const CALLBACK_DATA_MAX_BYTES = 64;

/** Hex digits of the hash in a shortened id: 96 bits, so that two options never meet. */
const TOKEN_HASH_DIGITS = 24;

/**
 * What stands in callback_data for an option. Ids up to 64 bytes stand as they are and come back as they are.
 * A longer one becomes `~<24 hex of its sha256>~<its first bytes>`; that token comes back as the choice's id, and
 * whoever made the option finds it by comparing `optionToken(option.id)`.
 */
export function optionToken(id: string): string {
  if (Buffer.byteLength(id) <= CALLBACK_DATA_MAX_BYTES && id !== "") return id;
  const hash = createHash("sha256").update(id).digest("hex").slice(0, TOKEN_HASH_DIGITS);
  let token = `~${hash}~`;
  for (const character of id) {
    if (Buffer.byteLength(token + character) > CALLBACK_DATA_MAX_BYTES) break;
    token += character;
  }
  return token;
}

import { randomInt } from "node:crypto";
import type { Bot } from "./telegram-bot.ts";

/**
 * POST /_customer: somebody writes to the bot as with the app.
 *   {"from": 4711, "name": "Ada", "text": "Moin"}            words
 *   {"from": 4711, "start": "payload"}                         opened by t.me/<bot>?start=payload ("" for none)
 *   {"from": 4711, "press": "callback data"}                   pressed a button
 *   {"from": 4711, "file": {"name", "mime", "base64"}, "text"} sent a file, with caption
 *   {"from": 4711, "edit": message_id, "text": "…"}            edited an earlier message
 *   {"from": 4711, "block": true | false}                      blocked or unblocked the bot
 */

export interface CustomerAct {
  from: number;
  update: Readonly<Record<string, unknown>>;
  messageId: number | null;
}

type Body = Readonly<Record<string, unknown>>;

interface Person {
  id: number;
  is_bot: false;
  first_name: string;
  last_name?: string;
  language_code: string;
}

/** @returns the update to deliver, or what is wrong with the body. */
export function customerAct(bot: Bot, body: Body): CustomerAct | string {
  const id = Number(body.from);
  if (!Number.isSafeInteger(id) || id <= 0) return "from: a positive number, the customer's Telegram id";
  const person = personOf(id, body);
  const date = Math.floor(Date.now() / 1000);
  const wrap = (kind: string, value: object, messageId: number | null = null): CustomerAct => ({
    from: id,
    update: { update_id: bot.nextUpdateId(), [kind]: value },
    messageId,
  });
  const chat = { id, first_name: person.first_name, type: "private" };
  if (typeof body.block === "boolean")
    return wrap("my_chat_member", membership(bot, { person, chat, date, isBlock: body.block }));
  bot.blockedBy.delete(id);
  if (body.press !== undefined) return wrap("callback_query", pressOf(bot, person, String(body.press)));
  const words = typeof body.start === "string" ? `/start ${body.start}`.trim() : String(body.text ?? "");
  const said = body.file === undefined ? wordsOf(words) : fileOf(bot, body.file, words);
  if (said === null || (words === "" && body.file === undefined))
    return "one of text, start, press, file, block is wanted";
  if (body.edit !== undefined) {
    const message = { message_id: Number(body.edit), from: person, chat, date, edit_date: date, ...said };
    return wrap("edited_message", message, message.message_id);
  }
  const messageId = bot.nextMessageId(id);
  return wrap("message", { message_id: messageId, from: person, chat, date, ...said }, messageId);
}

function personOf(id: number, body: Body): Person {
  const [first, ...rest] = String(body.name ?? "Customer").split(" ");
  const last = rest.join(" ");
  const language = String(body.language ?? "de");
  return {
    id,
    is_bot: false,
    first_name: first || "Customer",
    ...(last && { last_name: last }),
    language_code: language,
  };
}

/** Entity lengths count UTF-16 units. */
function wordsOf(text: string): object {
  const command = /^\/\w+/.exec(text)?.[0];
  if (command === undefined) return { text };
  return { text, entities: [{ type: "bot_command", offset: 0, length: command.length }] };
}

function fileOf(bot: Bot, value: unknown, caption: string): object | null {
  const { name, mime, base64 } = (value ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || typeof mime !== "string" || typeof base64 !== "string") return null;
  const stored = bot.storeFile({ name, mime, bytes: Buffer.from(base64, "base64") });
  const ids = { file_id: stored.fileId, file_unique_id: stored.fileId, file_size: stored.bytes.length };
  const withCaption = caption === "" ? {} : { caption };
  if (mime === "image/jpeg") return { photo: [{ ...ids, width: 800, height: 600 }], ...withCaption };
  return { document: { ...ids, file_name: name, mime_type: mime }, ...withCaption };
}

function pressOf(bot: Bot, person: Person, data: string): object {
  const message = bot.keyboards.get(person.id);
  return {
    id: `${person.id}${randomInt(2 ** 47)}`,
    from: person,
    chat_instance: String(person.id),
    data,
    ...(message && { message }),
  };
}

function membership(
  bot: Bot,
  change: { person: Person; chat: object; date: number; isBlock: boolean },
): object {
  const { person, chat, date, isBlock } = change;
  if (isBlock) bot.blockedBy.add(person.id);
  else bot.blockedBy.delete(person.id);
  const user = { id: bot.id, is_bot: true, first_name: bot.username, username: bot.username };
  const [before, after] = isBlock ? ["member", "kicked"] : ["kicked", "member"];
  const banned = isBlock ? { until_date: 0 } : {};
  return {
    chat,
    from: person,
    date,
    old_chat_member: { status: before, user },
    new_chat_member: { status: after, user, ...banned },
  };
}

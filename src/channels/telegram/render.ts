import type { InlineKeyboardMarkup, Opts, ReplyParameters } from "@grammyjs/types";
import type { Content, Media, MediaType, Option, OutboundMessage } from "#kernel";
import { fileRule } from "./file-rules.ts";
import { messageIdIn, optionToken } from "./ids.ts";

/**
 * Content -> calls of the Bot API; pure. Texts go without parse_mode, so no word of an answer is ever markup.
 */

/** Where a file's bytes must be put in by the sender before the call. */
export interface Upload {
  /** The parameter that takes the file. */
  field: string;
  fileId: string;
}

type SendMethod =
  | "sendMessage"
  | "sendPhoto"
  | "sendAnimation"
  | "sendVideo"
  | "sendAudio"
  | "sendVoice"
  | "sendDocument"
  | "sendSticker"
  | "sendLocation"
  | "sendVenue"
  | "sendContact";

/** Parameters typed by the Bot API's own types; a file that is still to be uploaded stands as "". */
export type Call = { [M in SendMethod]: { method: M; params: Opts<string>[M]; upload?: Upload } }[SendMethod];

export interface Rendered {
  /** Its answer is the message's fate. */
  call: Call;
  /** Sent after it, once, come what may: never repeated, so never doubled. */
  after?: Call;
}

export interface Refusal {
  /** Why the provider would refuse it; nothing was sent. */
  refused: string;
}

/** UTF-16 units. */
export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;
/** Telegram names no limit; longer ones are cut on a phone anyway. */
const BUTTON_TEXT_MAX = 64;
const BUTTONS_MAX = 100;

interface Target {
  chat_id: number;
  reply_parameters?: ReplyParameters;
}

/** @returns what to call, or why this content cannot go by Telegram. */
export function render(message: Pick<OutboundMessage, "to" | "content" | "replyTo">): Rendered | Refusal {
  const target = targetOf(message);
  if (target === null) return { refused: "the address is no chat id" };
  const { content } = message;
  switch (content.type) {
    case "text":
      return renderText(target, content);
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return renderFile(target, content);
    case "location":
      return { call: place(target, content) };
    case "contacts":
      return renderContacts(target, content);
    case "reaction":
      return { refused: "reactions are not sent" };
    default:
      // Telegram knows no templates, orders or forms: their words go as text.
      return renderWords(target, content.text);
  }
}

function targetOf(message: Pick<OutboundMessage, "to" | "replyTo">): Target | null {
  const chatId = Number(message.to);
  if (!/^-?\d+$/.test(message.to) || !Number.isSafeInteger(chatId)) return null;
  const quoted = message.replyTo === undefined ? null : messageIdIn(message.to, message.replyTo);
  if (quoted === null) return { chat_id: chatId };
  // The customer may have deleted the quoted message; the answer goes all the same.
  return { chat_id: chatId, reply_parameters: { message_id: quoted, allow_sending_without_reply: true } };
}

function renderWords(target: Target, text: string, options: readonly Option[] = []): Rendered | Refusal {
  if (text.trim() === "") return { refused: "message text is empty" };
  if (text.length > TEXT_MAX) return { refused: `message is too long: ${text.length} of ${TEXT_MAX}` };
  return { call: { method: "sendMessage", params: { ...target, text, ...keyboardOf(options) } } };
}

/**
 * A picture takes the text as its caption. Where that is too long the text goes first and the picture follows: the
 * text is the answer, and one call at most may be repeated.
 */
function renderText(target: Target, content: Content & { type: "text" }): Rendered | Refusal {
  const options = content.options ?? [];
  if (options.length > BUTTONS_MAX) return { refused: `more than ${BUTTONS_MAX} options` };
  const text = wordsWith(content.text, content.link, options);
  if (content.image === undefined) return renderWords(target, text, options);
  const picture = fileCall(target, "image", content.image);
  if (picture === null) return renderWords(target, text, options);
  if (text.length <= CAPTION_MAX) return { call: withCaption(picture, text, keyboardOf(options)) };
  const words = renderWords(target, text, options);
  if ("refused" in words) return words;
  return { ...words, after: fileCall({ chat_id: target.chat_id }, "image", content.image) ?? undefined };
}

/** Buttons have no room for descriptions, so those stand in the text. */
function wordsWith(text: string, link: string | undefined, options: readonly Option[]): string {
  const described = options.filter((option) => option.description);
  const lines = described.map((option) => `${option.title}: ${option.description}`).join("\n");
  const unsaid = link === undefined || text.includes(link) ? "" : link;
  return [text, lines, unsaid].filter((part) => part !== "").join("\n\n");
}

function keyboardOf(options: readonly Option[]): { reply_markup?: InlineKeyboardMarkup } {
  if (options.length === 0) return {};
  const rows = options.map(({ id, title }) => [{ text: cut(title) || "…", callback_data: optionToken(id) }]);
  return { reply_markup: { inline_keyboard: rows } };
}

/** By whole characters: half a surrogate pair is no text. */
function cut(title: string): string {
  if (title.length <= BUTTON_TEXT_MAX) return title.trim();
  return `${title
    .slice(0, BUTTON_TEXT_MAX - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, "")}…`;
}

function renderFile(target: Target, content: Content & { type: MediaType }): Rendered | Refusal {
  const { type, media, text = "" } = content;
  const call = fileCall(target, type, media);
  if (call === null) return { refused: "the file has neither a provider's id nor one of ours" };
  if (text.length > CAPTION_MAX) return { refused: `caption is too long: ${text.length} of ${CAPTION_MAX}` };
  return { call: withCaption(call, text, {}) };
}

/** @returns the call without caption; null when the media names no file. */
function fileCall(target: Target, type: MediaType, media: Media): Call | null {
  const { method, field } = fileRule(type, media);
  const upload = media.fileId === undefined ? {} : { upload: { field, fileId: media.fileId } };
  // A file of the provider goes by its id: nothing is uploaded twice.
  if (media.providerId !== undefined)
    return { method, params: { ...target, [field]: media.providerId } } as Call;
  return media.fileId === undefined
    ? null
    : ({ method, params: { ...target, [field]: "" }, ...upload } as Call);
}

function withCaption(call: Call, text: string, keyboard: { reply_markup?: InlineKeyboardMarkup }): Call {
  const takesCaption = call.method !== "sendSticker" && text !== "";
  return { ...call, params: { ...call.params, ...(takesCaption && { caption: text }), ...keyboard } } as Call;
}

function place(target: Target, content: Content & { type: "location" }): Call {
  const { latitude, longitude, name, text } = content;
  if (name === undefined) return { method: "sendLocation", params: { ...target, latitude, longitude } };
  return {
    method: "sendVenue",
    params: { ...target, latitude, longitude, title: name, address: text ?? name },
  };
}

function renderContacts(target: Target, content: Content & { type: "contacts" }): Rendered | Refusal {
  const [contact, another] = content.contacts;
  const phone = contact?.phones[0];
  if (contact && phone && another === undefined && contact.name !== "") {
    return {
      call: { method: "sendContact", params: { ...target, phone_number: phone, first_name: contact.name } },
    };
  }
  const lines = content.contacts.map(({ name, phones }) => [name, ...phones].join(" "));
  return renderWords(target, lines.join("\n") || content.text);
}

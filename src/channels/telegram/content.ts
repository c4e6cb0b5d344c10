import type { Message } from "@grammyjs/types";
import type { Content, Media, MediaType } from "#kernel";
import { integerOf, type Json, listOf, numberOf, objectOf, wordsOf } from "./json.ts";

/**
 * A Telegram message -> Content. At most one kind of payload stands in a message, but an animation repeats itself
 * as `document` and a venue as `location`: the order of the tables decides.
 */

interface FileKind {
  field: keyof Message;
  type: MediaType;
  /** Where the message names no type. */
  mime: string;
  voice?: true;
}

const fileKinds: readonly FileKind[] = [
  { field: "animation", type: "video", mime: "video/mp4" },
  { field: "live_photo", type: "video", mime: "video/mp4" },
  { field: "video_note", type: "video", mime: "video/mp4" },
  { field: "video", type: "video", mime: "video/mp4" },
  { field: "voice", type: "audio", mime: "audio/ogg", voice: true },
  { field: "audio", type: "audio", mime: "audio/mpeg" },
  { field: "document", type: "document", mime: "application/octet-stream" },
];

/** Things a person sends that have no counterpart here; the words in them, where there are any. */
const placeholders: readonly { field: keyof Message; words: (value: unknown) => string | null }[] = [
  { field: "poll", words: (value) => wordsOf(objectOf(value)?.question) },
  { field: "checklist", words: (value) => wordsOf(objectOf(value)?.title) },
  { field: "dice", words: (value) => wordsOf(objectOf(value)?.emoji) },
  { field: "game", words: (value) => wordsOf(objectOf(value)?.title) },
  { field: "invoice", words: (value) => wordsOf(objectOf(value)?.title) },
  { field: "web_app_data", words: (value) => wordsOf(objectOf(value)?.button_text) },
  { field: "story", words: () => null },
  { field: "paid_media", words: () => null },
  { field: "rich_message", words: () => null },
  { field: "gift", words: () => null },
  { field: "unique_gift", words: () => null },
  { field: "successful_payment", words: () => null },
  { field: "refunded_payment", words: () => null },
  { field: "users_shared", words: () => null },
  { field: "chat_shared", words: () => null },
  { field: "passport_data", words: () => null },
];

/** Never null: what nobody knows becomes `unsupported`, so that no customer is dropped. */
export function contentOf(message: Json): Content {
  const words = wordsOf(message.text);
  if (words !== null) return textContent(message, words);
  const caption = wordsOf(message.caption);
  const content = fileContent(message, caption) ?? placeContent(message) ?? contactContent(message.contact);
  if (content !== null) return content;
  const known = placeholders.find(({ field }) => objectOf(message[field]) !== null);
  if (known)
    return {
      type: "unsupported",
      text: caption ?? known.words(message[known.field]) ?? "",
      what: known.field,
    };
  if (caption !== null) return { type: "text", text: caption };
  return { type: "unsupported", text: "", what: unknownField(message) };
}

const envelope = new Set([
  "message_id",
  "from",
  "chat",
  "date",
  "edit_date",
  "reply_to_message",
  "forward_from",
  "forward_date",
  "forward_origin",
  "caption",
  "caption_entities",
  "via_bot",
  "message_thread_id",
  "media_group_id",
]);

function unknownField(message: Json): string {
  return Object.keys(message).find((field) => !envelope.has(field)) ?? "empty";
}

/** Entity offsets count UTF-16 units, as JavaScript's strings do. */
function textContent(message: Json, words: string): Content {
  const entities = listOf(message.entities).map(objectOf);
  const link = entities
    .map((entity) => (entity?.type === "text_link" ? wordsOf(entity.url) : null))
    .find(Boolean);
  const command = entities.find((entity) => entity?.type === "bot_command" && entity.offset === 0);
  const text = withoutBotName(words, integerOf(command?.length) ?? 0);
  return link ? { type: "text", text, link } : { type: "text", text };
}

/** "/start@our_bot x" means the same as "/start x"; @param length UTF-16 units of the command, 0 = none. */
function withoutBotName(words: string, length: number): string {
  const at = words.slice(0, Math.max(0, length)).indexOf("@");
  return at < 0 ? words : words.slice(0, at) + words.slice(length);
}

function mediaOf(file: Json | null, kind: Pick<FileKind, "mime" | "voice">): Media | null {
  const providerId = wordsOf(file?.file_id);
  if (file === null || providerId === null) return null;
  const name = wordsOf(file.file_name);
  const size = integerOf(file.file_size);
  return {
    providerId,
    mime: wordsOf(file.mime_type) ?? kind.mime,
    ...(name !== null && { name }),
    ...(size !== null && { size }),
    ...(kind.voice && { voice: true }),
  };
}

function fileContent(message: Json, caption: string | null): Content | null {
  const text = caption === null ? {} : { text: caption };
  for (const kind of fileKinds) {
    const media = mediaOf(objectOf(message[kind.field]), kind);
    if (media !== null) return { type: kind.type, ...text, media };
  }
  const photo = mediaOf(largest(listOf(message.photo)), { mime: "image/jpeg" });
  if (photo !== null) return { type: "image", ...text, media: photo };
  const sticker = objectOf(message.sticker);
  const media = mediaOf(sticker, { mime: stickerMime(sticker) });
  if (media === null) return null;
  const emoji = wordsOf(sticker?.emoji);
  return { type: "sticker", ...(emoji !== null && { text: emoji }), media };
}

/** Telegram keeps a photo in several sizes; the list is not promised to be sorted. */
function largest(sizes: readonly unknown[]): Json | null {
  const area = (size: Json | null) => (numberOf(size?.width) ?? 0) * (numberOf(size?.height) ?? 0);
  return sizes.map(objectOf).reduce((best, size) => (area(size) >= area(best) ? (size ?? best) : best), null);
}

function stickerMime(sticker: Json | null): string {
  if (sticker?.is_video) return "video/webm";
  return sticker?.is_animated ? "application/x-tgsticker" : "image/webp";
}

function placeContent(message: Json): Content | null {
  const venue = objectOf(message.venue);
  const location = objectOf(venue?.location) ?? objectOf(message.location);
  const latitude = numberOf(location?.latitude);
  const longitude = numberOf(location?.longitude);
  if (latitude === null || longitude === null) return null;
  const name = wordsOf(venue?.title);
  const text = wordsOf(venue?.address);
  return {
    type: "location",
    latitude,
    longitude,
    ...(name !== null && { name }),
    ...(text !== null && { text }),
  };
}

/**
 * A shared contact stays words. Even with the sender's own user_id the number may have been edited in the sender's
 * address book, so it is no identity.
 */
function contactContent(value: unknown): Content | null {
  const contact = objectOf(value);
  if (contact === null) return null;
  const phone = wordsOf(contact.phone_number);
  const name = nameOf(contact) ?? phone ?? "";
  const phones = phone === null ? [] : [phone];
  return { type: "contacts", text: [name, ...phones].join(" "), contacts: [{ name, phones }] };
}

/** First and last name of a user, chat or contact. */
export function nameOf(person: Json | null): string | null {
  const name = [wordsOf(person?.first_name), wordsOf(person?.last_name)].filter(Boolean).join(" ");
  return name === "" ? null : name;
}

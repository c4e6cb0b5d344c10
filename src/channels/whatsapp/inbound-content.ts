import type { Content, Media, MediaType } from "#kernel";
import {
  type Fields,
  fieldsOf,
  idOf,
  listOf,
  NAME_MAX_CHARS,
  numberOf,
  optional,
  stringOf,
} from "./fields.ts";
import { formValues } from "./form-values.ts";

/** One webhook message -> our content. A kind nobody knows becomes `unsupported`; nothing is dropped. */

type Reader = (message: Fields, body: Fields) => Content | null;

const CONTACTS_MAX = 100;
const ITEMS_MAX = 500;

/** A reader answers null when the message lacks what makes its kind; then it is `unsupported`. */
const readers: Readonly<Record<string, Reader>> = {
  text: (_, body) => (typeof body.body === "string" ? { type: "text", text: stringOf(body.body) } : null),
  image: (_, body) => mediaContent("image", body),
  video: (_, body) => mediaContent("video", body),
  audio: (_, body) => mediaContent("audio", body),
  document: (_, body) => mediaContent("document", body),
  sticker: (_, body) => mediaContent("sticker", body),
  location: (_, body) => locationContent(body),
  contacts: (message) => contactsContent(message.contacts),
  button: (_, body) => choiceContent(body.payload ?? body.text, body.text),
  interactive: (_, body) => interactiveContent(body),
  reaction: (_, body) => reactionContent(body),
  order: (_, body) => orderContent(body),
  system: (_, body) => ({
    type: "system",
    text: stringOf(body.body),
    event: stringOf(body.type, NAME_MAX_CHARS) || "system",
  }),
  request_welcome: () => ({ type: "system", text: "", event: "request_welcome" }),
};

/** @param message an element of `messages[]`, `message_echoes[]` or `edit.message`. */
export function contentOf(message: Fields): Content {
  const type = stringOf(message.type, NAME_MAX_CHARS) || guessType(message);
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  const content = reader?.(message, fieldsOf(message[type]));
  if (content) return content;
  const body = fieldsOf(message[type]);
  const what = type === "unsupported" ? stringOf(body.type, NAME_MAX_CHARS) : "";
  return { type: "unsupported", text: stringOf(body.caption), what: what || type || "unknown" };
}

function guessType(message: Fields): string {
  return Object.keys(message).find((key) => Object.hasOwn(readers, key)) ?? "";
}

function mediaContent(type: MediaType, body: Fields): Content | null {
  const providerId = idOf(body.id);
  if (!providerId) return null;
  const media: Media = {
    providerId,
    mime: stringOf(body.mime_type, NAME_MAX_CHARS) || "application/octet-stream",
  };
  const name = optional(body.filename, NAME_MAX_CHARS);
  if (name) media.name = name;
  const sha256 = hexOf(stringOf(body.sha256, NAME_MAX_CHARS));
  if (sha256) media.sha256 = sha256;
  if (body.voice === true) media.voice = true;
  const text = optional(body.caption);
  return text ? { type, text, media } : { type, media };
}

/** Webhooks carry the hash as base64, the media call as hex. @returns lower-case hex, "" when it is neither. */
export function hexOf(hash: string): string {
  if (/^[0-9a-f]{64}$/i.test(hash)) return hash.toLowerCase();
  const bytes = Buffer.from(hash, "base64");
  return bytes.length === 32 ? bytes.toString("hex") : "";
}

function locationContent(body: Fields): Content | null {
  const latitude = numberOf(body.latitude);
  const longitude = numberOf(body.longitude);
  if (latitude === null || longitude === null) return null;
  const name = optional(body.name, NAME_MAX_CHARS);
  const text = optional(body.address);
  return { type: "location", latitude, longitude, ...(name ? { name } : {}), ...(text ? { text } : {}) };
}

function contactsContent(value: unknown): Content | null {
  const contacts = listOf(value)
    .slice(0, CONTACTS_MAX)
    .map((entry) => {
      const contact = fieldsOf(entry);
      const name = fieldsOf(contact.name);
      const full = stringOf(name.formatted_name, NAME_MAX_CHARS) || stringOf(name.first_name, NAME_MAX_CHARS);
      const phones = listOf(contact.phones).slice(0, CONTACTS_MAX).map(phoneOf).filter(Boolean);
      return { name: full, phones };
    });
  if (contacts.length === 0) return null;
  return { type: "contacts", text: contacts.map((each) => each.name).join(", "), contacts };
}

function phoneOf(value: unknown): string {
  const entry = fieldsOf(value);
  return stringOf(entry.phone, NAME_MAX_CHARS) || stringOf(entry.wa_id, NAME_MAX_CHARS);
}

function choiceContent(id: unknown, title: unknown): Content | null {
  const text = stringOf(title) || stringOf(id);
  return text ? { type: "choice", id: stringOf(id) || text, text } : null;
}

function interactiveContent(body: Fields): Content | null {
  const reply = fieldsOf(body.button_reply ?? body.list_reply);
  if (reply.id !== undefined || reply.title !== undefined) return choiceContent(reply.id, reply.title);
  if (body.nfm_reply === undefined) {
    return {
      type: "unsupported",
      text: "",
      what: `interactive ${stringOf(body.type, NAME_MAX_CHARS)}`.trim(),
    };
  }
  const form = fieldsOf(body.nfm_reply);
  return { type: "form", text: stringOf(form.body), values: formValues(form.response_json) };
}

function reactionContent(body: Fields): Content | null {
  const to = idOf(body.message_id);
  return to ? { type: "reaction", emoji: optional(body.emoji, NAME_MAX_CHARS) ?? null, to } : null;
}

function orderContent(body: Fields): Content {
  const items = listOf(body.product_items)
    .slice(0, ITEMS_MAX)
    .map((entry) => {
      const item = fieldsOf(entry);
      return {
        id: stringOf(item.product_retailer_id, NAME_MAX_CHARS),
        quantity: numberOf(item.quantity) ?? 1,
      };
    });
  const text = stringOf(body.text) || items.map((item) => `${item.quantity} × ${item.id}`).join(", ");
  return { type: "order", text, items };
}

import type { MetaError } from "./whatsapp-errors.ts";
import { invalid, isText, type Json, missing, objectOr, unexpected } from "./whatsapp-fields.ts";
import { checkInteractive } from "./whatsapp-interactive-rules.ts";

/**
 * What Meta checks in the body of a send: the published schema (v23), plus the rules that its text states and
 * its schema does not (ten rows in all, unique titles, BSUIDs in `recipient`).
 */

const TEXT_MAX = 4096;
const CAPTION_MAX = 1024;
const CALLBACK_DATA_MAX = 512;
const CONTACTS_MAX = 5;

const envelope = new Set([
  "messaging_product",
  "recipient_type",
  "to",
  "recipient",
  "type",
  "context",
  "biz_opaque_callback_data",
  "category",
]);

type Check = (value: unknown) => MetaError | null;

const checks: Readonly<Record<string, Check>> = {
  text: (value) => checkText(objectOr(value)),
  image: (value) => checkMedia(objectOr(value), ["caption"]),
  video: (value) => checkMedia(objectOr(value), ["caption"]),
  document: (value) => checkMedia(objectOr(value), ["caption", "filename"]),
  audio: (value) => checkMedia(objectOr(value), ["voice"]),
  sticker: (value) => checkMedia(objectOr(value), []),
  location: (value) => checkLocation(objectOr(value)),
  contacts: checkContacts,
  reaction: (value) => checkReaction(objectOr(value)),
  interactive: (value) => checkInteractive(objectOr(value)),
  template: (value) => checkTemplate(objectOr(value)),
};

/** @returns the message's type; Meta's own examples leave it out where the body says it. */
export function typeOf(body: Json): string {
  if (typeof body.type === "string") return body.type;
  return Object.keys(checks).find((type) => type in body) ?? "text";
}

/** @returns the recipient as sent, "" when there is none. */
export function recipientOf(body: Json): string {
  if (typeof body.to === "string" && body.to !== "") return body.to;
  return typeof body.recipient === "string" ? body.recipient : "";
}

/** @returns null when Meta would accept the body. */
export function checkSend(body: Json): MetaError | null {
  if (body.messaging_product !== "whatsapp")
    return { status: 400, code: 100, details: "messaging_product is required" };
  if (recipientOf(body) === "") return missing("to");
  if (typeof body.to === "string" && /^[A-Z]{2}\./.test(body.to))
    return invalid("to takes no user id; use recipient");
  const type = typeOf(body);
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (!check) return { status: 400, code: 131051, details: `type ${type}` };
  for (const key in body) if (key !== type && !envelope.has(key)) return unexpected(key);
  if (
    body.recipient_type !== undefined &&
    body.recipient_type !== "individual" &&
    body.recipient_type !== "group"
  ) {
    return invalid("recipient_type must be individual or group");
  }
  const data = body.biz_opaque_callback_data;
  if (data !== undefined && !isText(data, CALLBACK_DATA_MAX))
    return invalid("biz_opaque_callback_data is too long");
  if (body.context !== undefined && typeof objectOr(body.context).message_id !== "string") {
    return missing("context.message_id");
  }
  return body[type] === undefined ? missing(type) : check(body[type]);
}

function checkText(text: Json): MetaError | null {
  for (const key in text) if (key !== "body" && key !== "preview_url") return unexpected(`text.${key}`);
  if (typeof text.body !== "string" || text.body.trim() === "") return missing("text.body");
  if (text.body.length > TEXT_MAX)
    return invalid(`text.body has ${text.body.length} characters, ${TEXT_MAX} are allowed`);
  const preview = text.preview_url;
  return preview === undefined || typeof preview === "boolean"
    ? null
    : invalid("text.preview_url must be a boolean");
}

function checkMedia(media: Json, more: readonly string[]): MetaError | null {
  for (const key in media) if (key !== "id" && key !== "link" && !more.includes(key)) return unexpected(key);
  const hasId = typeof media.id === "string" && media.id !== "";
  const hasLink = typeof media.link === "string" && media.link !== "";
  if (hasId === hasLink) return invalid("exactly one of id and link is required");
  if (media.caption !== undefined && !isText(media.caption, CAPTION_MAX))
    return invalid("caption is too long");
  return null;
}

function checkLocation(location: Json): MetaError | null {
  const isCoordinate = (value: unknown, max: number) => {
    const number = typeof value === "string" && value !== "" ? Number(value) : value;
    return typeof number === "number" && Math.abs(number) <= max;
  };
  if (!isCoordinate(location.latitude, 90)) return invalid("location.latitude");
  return isCoordinate(location.longitude, 180) ? null : invalid("location.longitude");
}

function checkContacts(value: unknown): MetaError | null {
  if (!Array.isArray(value) || value.length === 0) return missing("contacts");
  if (value.length > CONTACTS_MAX) return invalid(`contacts: at most ${CONTACTS_MAX}`);
  const hasName = value.every((each) => typeof objectOr(objectOr(each).name).formatted_name === "string");
  return hasName ? null : missing("contacts.name.formatted_name");
}

function checkReaction(reaction: Json): MetaError | null {
  if (typeof reaction.message_id !== "string") return missing("reaction.message_id");
  return typeof reaction.emoji === "string" ? null : missing("reaction.emoji");
}

function checkTemplate(template: Json): MetaError | null {
  if (typeof template.name !== "string" || template.name === "") return missing("template.name");
  if (typeof objectOr(template.language).code !== "string") return missing("template.language.code");
  const { components } = template;
  return components === undefined || Array.isArray(components)
    ? null
    : invalid("template.components must be a list");
}

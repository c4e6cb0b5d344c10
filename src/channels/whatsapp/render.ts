import type { ChannelAccount, Content, FailAction, OutboundMessage } from "#kernel";
import { isBsuid } from "./identities.ts";
import { BUTTON_BODY_MAX, CAPTION_MAX, CORRELATION_MAX, LIST_LABEL_MAX, TEXT_MAX } from "./limits.ts";
import { renderOptions } from "./render-options.ts";
import { cut } from "./titles.ts";
import { type Body, Unsendable } from "./unsendable.ts";

const listLabels = { de: "Auswählen", en: "Choose" };

/**
 * Our content -> the body of POST /{phone_number_id}/messages. Pure. What does not fit WhatsApp is refused with
 * a reason and never cut in silence: half an answer is worse than one that an agent sees as not sent.
 */

export type Rendered = { ok: true; body: Body } | { ok: false; reason: string; action: FailAction };

/** What WhatsApp can use beyond the contract. */
export interface WhatsappMessage extends OutboundMessage {
  /** Counts from 1; the back-off of the pair limit is 4^attempt seconds. */
  attempt?: number;
  /** Chooses the label that opens a list; otherwise the account's settings.language does. */
  language?: "de" | "en";
}

/** A type and the object under that type's name. */
type Part = { type: string; value: unknown };

/**
 * @param message media must stand at the provider already (`providerId`); `send` uploads before.
 * @param account settings.listLabel replaces the label that opens a list.
 */
export function render(message: WhatsappMessage, account: ChannelAccount): Rendered {
  try {
    const { type, value } = partOf(message.content, labelOf(message, account));
    const body: Record<string, unknown> = {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      [isBsuid(message.to) ? "recipient" : "to"]: message.to,
      type,
      [type]: value,
    };
    if (message.replyTo && type !== "reaction") body.context = { message_id: message.replyTo };
    if (message.correlation.length > CORRELATION_MAX) throw new Unsendable("correlation is too long");
    body.biz_opaque_callback_data = message.correlation;
    return { ok: true, body };
  } catch (error) {
    if (error instanceof Unsendable) return { ok: false, reason: error.message, action: error.action };
    throw error;
  }
}

function partOf(content: Content, listLabel: string): Part {
  switch (content.type) {
    case "text":
      return textPart(content, listLabel);
    case "image":
    case "video":
    case "document":
    case "audio":
    case "sticker":
      return mediaPart(content);
    case "location":
      return { type: "location", value: locationOf(content) };
    case "contacts":
      return { type: "contacts", value: content.contacts.map(contactOf) };
    case "reaction":
      return { type: "reaction", value: { message_id: content.to, emoji: content.emoji ?? "" } };
    case "template":
      return { type: "template", value: templateOf(content) };
    default:
      throw new Unsendable(`${content.type} cannot be sent on WhatsApp`);
  }
}

type TextContent = Extract<Content, { type: "text" }>;
type MediaContent = Extract<Content, { media: unknown }>;

/** A link becomes part of the text, the picture a header or the message that the text is the caption of. */
function textPart(content: TextContent, listLabel: string): Part {
  const { link, image, options } = content;
  const text = link && !content.text.includes(link) ? `${content.text}\n${link}`.trim() : content.text;
  if (text.trim() === "") throw new Unsendable("the text is empty");
  if (options && options.length > 0) {
    const imageId = image && text.length <= BUTTON_BODY_MAX ? mediaId(image) : undefined;
    return { type: "interactive", value: renderOptions({ text, options, imageId, listLabel }) };
  }
  if (image) return { type: "image", value: { id: mediaId(image), caption: within(text, CAPTION_MAX) } };
  return {
    type: "text",
    value: { body: within(text, TEXT_MAX), preview_url: link !== undefined && link !== "" },
  };
}

function mediaPart(content: MediaContent): Part {
  const { type, text, media } = content;
  const value: Record<string, unknown> = { id: mediaId(media) };
  if (text) {
    if (type === "audio" || type === "sticker")
      throw new Unsendable(`${type} cannot carry text; send the text alone`);
    value.caption = within(text, CAPTION_MAX);
  }
  if (type === "document" && media.name) value.filename = media.name;
  return { type, value };
}

function mediaId(media: { providerId?: string }): string {
  if (!media.providerId) throw new Unsendable("the file was not uploaded", "media");
  return media.providerId;
}

/** Meta's schema wants the coordinates as strings. */
function locationOf(content: Extract<Content, { type: "location" }>): Body {
  return {
    latitude: String(content.latitude),
    longitude: String(content.longitude),
    ...(content.name ? { name: content.name } : {}),
    ...(content.text ? { address: content.text } : {}),
  };
}

function contactOf(contact: { name: string; phones: readonly string[] }): Body {
  return {
    name: { formatted_name: contact.name, first_name: contact.name },
    phones: contact.phones.map((phone) => ({ phone })),
  };
}

function templateOf(content: Extract<Content, { type: "template" }>): Body {
  const parameters = content.parameters.map((text) => ({ type: "text", text }));
  return {
    name: content.name,
    language: { policy: "deterministic", code: content.language },
    ...(parameters.length > 0 ? { components: [{ type: "body", parameters }] } : {}),
  };
}

function within(text: string, max: number): string {
  if (text.length > max)
    throw new Unsendable(`the text has ${text.length} characters, here ${max} are allowed`);
  return text;
}

function labelOf(message: WhatsappMessage, account: ChannelAccount): string {
  const own = account.settings.listLabel;
  if (typeof own === "string" && own.trim() !== "") return cut(own.trim(), LIST_LABEL_MAX);
  const language = message.language ?? (account.settings.language === "en" ? "en" : "de");
  return listLabels[language];
}

/**
 * What a message holds, in and out, independent of any channel. Stored as `message.content` (jsonb).
 * Adapters translate provider shapes into these and back; nothing else in the house knows a provider.
 */

/** A file on the message. `providerId` until it is fetched, `fileId` once it stands in `kernel.file`. */
export interface Media {
  providerId?: string;
  fileId?: string;
  mime: string;
  name?: string;
  /** bytes */
  size?: number;
  /** lower-case hex */
  sha256?: string;
  voice?: boolean;
}

/** A choice the customer may tap. `id` comes back in a `choice` message; titles are cut by the adapter. */
export interface Option {
  id: string;
  title: string;
  description?: string;
  /** A span of a day that is chosen: a channel that can draw shows it on the day's line, with the same title as its name. */
  window?: OptionWindow;
}

/** Minutes are of the wall clock, from the day's midnight on. */
export interface OptionWindow {
  day: string;
  label: string;
  cost: string;
  from: number;
  until: number;
}

/** What a channel that can draw shows in the place of the text, which says the same. */
export interface Card {
  /** Why this message comes, above the rest; "" = the heading says it. */
  note: string;
  heading: string;
  lines: string[];
  /** What else holds, below. */
  foot?: string[];
  /** What the message's link opens; "" = it has none. */
  linkTitle: string;
  /** Something promised stands on a line: shares of its length, from 0 to 1. */
  line: {
    ticks: { at: number; label: string }[];
    promised: [from: number, until: number];
    expected: [from: number, until: number] | null;
  } | null;
}

export type MediaType = "image" | "video" | "audio" | "document" | "sticker";

export type Content =
  | { type: "text"; text: string; image?: Media; link?: string; options?: readonly Option[]; card?: Card }
  | { type: MediaType; text?: string; media: Media }
  | { type: "location"; latitude: number; longitude: number; name?: string; text?: string }
  | { type: "contacts"; text: string; contacts: readonly { name: string; phones: readonly string[] }[] }
  | { type: "choice"; id: string; text: string }
  | { type: "reaction"; emoji: string | null; to: string }
  | { type: "order"; text: string; items: readonly { id: string; quantity: number }[] }
  | { type: "form"; text: string; values: Readonly<Record<string, unknown>> | null }
  | { type: "template"; name: string; language: string; text: string; parameters: readonly string[] }
  | { type: "system"; text: string; event: string }
  | { type: "unsupported"; text: string; what: string };

/** Nothing but words: the next ones may join them in one bubble. */
export function isPlain(content: Extract<Content, { type: "text" }>): boolean {
  return !content.options && !content.card && !content.image && !content.link;
}

/** The words of a message for search, previews and the classifier; "" when it has none. */
export function textOf(content: Content): string {
  return "text" in content && content.text ? content.text : "";
}

/** queued < sent < delivered < read < played; failed is final unless a later delivered arrives. */
export type DeliveryStatus = "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "uncertain";

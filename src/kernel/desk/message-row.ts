import type { Message } from "../api/conversations.ts";
import { type Content, type Media, textOf } from "../dialogue/content.ts";

/** A message with what its row needs from other tables. */
export interface MessageRecord {
  conversation_id: number;
  id: string;
  author: Message["author"];
  staff_id: string | null;
  staff_name: string | null;
  contact_id: number;
  content: Content;
  status: Message["status"];
  error: { code: number; title: string; details?: string } | null;
  reply_to: string | null;
  language: string | null;
  detail: Record<string, unknown> | null;
  edited: boolean;
  revoked: boolean;
  sent_at: Date;
  received_at: Date;
}

export interface MessageNames {
  customer: string;
  company: string;
  replyTo: string | null;
}

/** Stored content -> the flat shape of the contract. */
export function messageOf(row: MessageRecord, names: MessageNames): Message {
  const { content } = row;
  return {
    id: row.id,
    conversationId: row.conversation_id,
    author: row.author,
    staffId: row.staff_id,
    authorName: authorName(row, names),
    type: content.type,
    text: textOf(content),
    media: mediaOf(content),
    options:
      content.type === "text"
        ? (content.options ?? []).map(({ id, title, description, window }) => ({
            id,
            title,
            description: description ?? null,
            ...(window && { window }),
          }))
        : [],
    link: content.type === "text" ? (content.link ?? null) : null,
    ...(content.type === "text" && content.card && { card: content.card }),
    location:
      content.type === "location"
        ? { latitude: content.latitude, longitude: content.longitude, name: content.name ?? null }
        : null,
    note: row.status === "note" && row.author === "agent",
    status: row.status,
    error: row.error && { code: row.error.code, text: row.error.details ?? row.error.title },
    reactions: reactionsOf(row.detail),
    replyTo: names.replyTo,
    language: row.language === "de" || row.language === "en" ? row.language : null,
    edited: row.edited,
    revoked: row.revoked,
    detail: detailOf(row.detail),
    sentAt: row.sent_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
  };
}

function authorName(row: MessageRecord, names: MessageNames): string {
  if (row.author === "customer") return names.customer;
  // Words of somebody without an account, e.g. a colleague's mail, carry their author's name.
  const author = row.detail?.author;
  if (row.author === "agent" && typeof author === "string") return author;
  if (row.author === "agent") return row.staff_name ?? names.company;
  return row.author === "bot" ? names.company : "";
}

function mediaOf(content: Content): Message["media"] {
  const media: Media | undefined =
    content.type === "text" ? content.image : "media" in content ? content.media : undefined;
  if (!media) return null;
  return {
    fileId: media.fileId ?? null,
    url: media.fileId ? `/api/v1/files/${encodeURIComponent(media.fileId)}` : null,
    mime: media.mime,
    name: media.name ?? null,
    size: media.size ?? null,
    voice: media.voice ?? false,
  };
}

function reactionsOf(detail: Record<string, unknown> | null): Message["reactions"] {
  return Array.isArray(detail?.reactions) ? (detail.reactions as Message["reactions"]) : [];
}

/** Without what stands in fields of its own. */
function detailOf(detail: Record<string, unknown> | null): Record<string, unknown> | null {
  if (!detail) return null;
  const { quotes: _, reactions: __, ...rest } = detail;
  return Object.keys(rest).length > 0 ? rest : null;
}

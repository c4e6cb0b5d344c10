import type { Conversation, Message } from "../api/conversations.ts";
import type { VisitorMessage, visitorHistory, visitorSend } from "../api/visitor.ts";
import type { BodyOf, ReplyOf } from "../http/contract.ts";
import type { Seal } from "../portal/seal.ts";

/** The customer's view of what the desk sees: no notes, no reasons, nothing that has not passed the consent gate. */

export type VisitorState = ReplyOf<typeof visitorHistory>["state"];
export type Spoken = BodyOf<typeof visitorSend>;

/** Our side's words count as said when the sender let them out: the gate stands before that. */
const SAID = new Set(["sent", "delivered", "read", "played"]);

export function isForVisitor(message: Pick<Message, "author" | "status">): boolean {
  if (message.author === "customer") return true;
  return (message.author === "bot" || message.author === "agent") && SAID.has(message.status);
}

export function visitorMessageOf(
  message: Message,
  parts: {
    clientId: string | null;
    fileUrl: (fileId: string) => string;
    /** Opens what is sealed for this visitor alone: the link to the own page. */
    seal: Pick<Seal, "linkOf">;
  },
): VisitorMessage {
  const { media, detail } = message;
  return {
    id: message.id,
    clientId: parts.clientId,
    author: message.author,
    authorName: message.author === "customer" ? "" : message.authorName,
    text: message.text,
    media: media && {
      url: media.fileId ? parts.fileUrl(media.fileId) : null,
      mime: media.mime,
      name: media.name,
      size: media.size,
    },
    options: message.options.map(({ id, title, window }) => ({ id, title, ...(window && { window }) })),
    link: parts.seal.linkOf(message),
    ...(message.card && { card: message.card }),
    status: message.status,
    source: typeof detail?.source === "string" ? detail.source : null,
    isAsking: detail?.asks === true,
    language: message.language,
    revoked: message.revoked,
    sentAt: message.sentAt,
  };
}

export const NOBODY_YET: VisitorState = { speaker: "bot", personName: null };

export function stateOf(conversation: Pick<Conversation, "state" | "assignee">): VisitorState {
  return {
    speaker: conversation.state,
    personName: conversation.state === "person" ? conversation.assignee?.name || null : null,
  };
}

import type { ChannelAccount, Content, OutboundMessage } from "#kernel";
import { OWN_HEADER } from "./guard.ts";
import { type Mailbox, mailboxOf } from "./mailbox.ts";
import { messageIdOf } from "./message-id.ts";
import { type ReplyAddress, readReplyAddress } from "./reply-address.ts";
import { withToken } from "./reply-token.ts";

/** A message as the mail that is sent; the shape is nodemailer's. */
export interface OutgoingMail {
  messageId: string;
  from: { name: string; address: string };
  replyTo: string;
  to: string;
  subject: string;
  inReplyTo?: string;
  references?: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
  attachments: Attachment[];
  /** Called when the last byte was handed to the connection. */
  onWritten?: () => void;
}

interface Attachment {
  filename: string;
  content: Buffer;
  contentType: string;
}

/** The size most providers take, with the third that base64 adds. */
const FILE_MAX_BYTES = 18 * 1024 * 1024;
const SUBJECT_CHARACTERS = 78;
const CHOOSE = { de: "Eine kurze Antwort genügt:", en: "A short reply is enough:" } as const;

/** @returns what is wrong, in one sentence, when it cannot be sent as a mail at all */
export async function compose(
  message: OutboundMessage,
  account: ChannelAccount,
): Promise<OutgoingMail | { problem: string }> {
  const { content } = message;
  const body = bodyOf(content, message.language ?? "de");
  if (body === null) return { problem: `mail cannot carry ${content.type}` };
  const files = await attachmentsOf(message);
  if ("problem" in files) return files;
  const mailbox = mailboxOf(account);
  const reply = repliedTo(message, account);
  const id = messageIdOf(message.correlation, account.tenantId, account.address);
  return {
    messageId: `<${id}>`,
    from: { name: mailbox.fromName, address: mailbox.address },
    replyTo: replyToOf(message, mailbox),
    to: reply.to,
    subject: message.letter?.subject ?? subjectOf(reply.subject, body.text, mailbox),
    ...(reply.inReplyTo !== "" && { inReplyTo: `<${reply.inReplyTo}>` }),
    ...(reply.references.length > 0 && { references: reply.references.map((one) => `<${one}>`) }),
    headers: {
      [OWN_HEADER]: account.address,
      ...headersOf(message, !message.letter && reply.inReplyTo !== ""),
    },
    ...body,
    attachments: files,
  };
}

function repliedTo({ to, isNotice, letter }: OutboundMessage, account: ChannelAccount): ReplyAddress {
  const answered = readReplyAddress(to);
  if (!isNotice && !letter) return answered;
  // A notice answers nothing: it must not hang below an old question.
  const first = { ...answered, subject: "", inReplyTo: "", references: [] };
  if (letter?.follows === undefined) return first;
  const before = messageIdOf(letter.follows, account.tenantId, account.address);
  return { ...first, inReplyTo: before, references: [before] };
}

function replyToOf(message: OutboundMessage, mailbox: Mailbox): string {
  return mailbox.hasPlusAddresses && message.replyToken
    ? withToken(mailbox.address, message.replyToken)
    : mailbox.address;
}

/** RFC 3834 for automatic answers, RFC 8058 for what was subscribed to; Exchange knows only its own header. */
function headersOf(message: OutboundMessage, isAnswer: boolean): Record<string, string> {
  return {
    ...(message.isAutomatic && {
      "Auto-Submitted": isAnswer ? "auto-replied" : "auto-generated",
      "X-Auto-Response-Suppress": "All",
    }),
    ...(message.unsubscribeUrl !== undefined && {
      "List-Unsubscribe": `<${message.unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }),
  };
}

/** A mail that answers none is called by its first line. */
function subjectOf(answered: string, text: string, mailbox: Mailbox): string {
  if (answered !== "") return `Re: ${answered}`;
  const line = (text.split("\n", 1)[0] ?? "").trim();
  if (line === "") return mailbox.fromName;
  return line.length <= SUBJECT_CHARACTERS ? line : `${line.slice(0, SUBJECT_CHARACTERS - 1).trimEnd()}…`;
}

interface Body {
  text: string;
  html: string;
}

function bodyOf(content: Content, language: "de" | "en"): Body | null {
  switch (content.type) {
    case "text": {
      const titles = content.options?.map(({ title }) => title) ?? [];
      return letterOf(content.text, {
        ...(content.link !== undefined && { link: content.link }),
        ...(titles.length > 0 && { choose: CHOOSE[language], titles }),
      });
    }
    case "template":
      return letterOf(content.text, {});
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return letterOf(content.text ?? "", {});
    case "location": {
      const place = [content.name, content.text, `${content.latitude}, ${content.longitude}`].filter(Boolean);
      return letterOf(place.join("\n"), {});
    }
    case "contacts":
      return letterOf(content.contacts.map(({ name, phones }) => [name, ...phones].join(" ")).join("\n"), {});
    default:
      return null;
  }
}

function letterOf(text: string, extra: { link?: string; choose?: string; titles?: readonly string[] }): Body {
  const { link, choose, titles = [] } = extra;
  const list = titles.map((title) => `• ${title}`).join("\n");
  const plain = [text, link, choose && `${choose}\n${list}`].filter(Boolean).join("\n\n");
  const paragraphs = text.split(/\n{2,}/).map((one) => `<p>${withLinks(one)}</p>`);
  const anchor = link === undefined ? "" : `<p>${withLinks(link)}</p>`;
  const items = titles.map((title) => `<li>${escapeHtml(title)}</li>`).join("");
  const choice = choose === undefined ? "" : `<p>${escapeHtml(choose)}</p><ul>${items}</ul>`;
  return {
    text: plain,
    html: `<!doctype html><html><body>${paragraphs.join("")}${anchor}${choice}</body></html>`,
  };
}

const URL_IN_TEXT = /https?:\/\/[^\s<>"]{1,2000}/g;

function withLinks(text: string): string {
  let html = "";
  let end = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const url = match[0].replace(/[.,;:!?)]+$/, "");
    html += escapeHtml(text.slice(end, match.index));
    html += `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    end = match.index + url.length;
  }
  return (html + escapeHtml(text.slice(end))).replaceAll("\n", "<br>");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

async function attachmentsOf(message: OutboundMessage): Promise<Attachment[] | { problem: string }> {
  const { content, readFile, letter } = message;
  const media = content.type === "text" ? content.image : "media" in content ? content.media : undefined;
  const found: Attachment[] = [];
  for (const fileId of [...(media ? [media.fileId] : []), ...(letter?.fileIds ?? [])]) {
    const file = fileId === undefined ? undefined : await readFile?.(fileId).catch(() => undefined);
    if (!file) return { problem: "the file could not be read" };
    found.push({ filename: file.name, content: file.bytes, contentType: file.mime });
  }
  const bytes = found.reduce((sum, { content }) => sum + content.length, 0);
  return bytes > FILE_MAX_BYTES ? { problem: "file is too big: 18 MB at most" } : found;
}

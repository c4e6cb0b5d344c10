import type { Content, Inbound, MediaType } from "#kernel";

/**
 * What the visitor API put into the inbox -> Inbound. The body is our own (kernel/visitor/inbox-body.ts), yet it is
 * read like a stranger's: a row may be older than this code.
 */

type Json = Readonly<Record<string, unknown>>;

const VERSION = 1;
const MEDIA: Readonly<Record<string, MediaType>> = { image: "image", video: "video", audio: "audio" };

/** @param receivedAt ms since the epoch; stands in for a missing time. Never throws. */
export function parse(raw: Buffer, receivedAt: number): Inbound[] {
  const body = bodyOf(raw);
  const address = words(body?.address);
  if (!body || body.v !== VERSION) return [{ kind: "broken", address, reason: "not a body of the web chat" }];
  if (Array.isArray(body.seen)) return receipts(body, address, receivedAt);
  const visitor = words(body.visitor);
  const clientId = words(body.clientId);
  const content = contentOf(body);
  if (!visitor || !clientId || !content)
    return [{ kind: "broken", address, reason: "a message without its visitor, id or content" }];
  const profileName = words(body.name);
  return [
    {
      kind: "message",
      address,
      externalId: `${visitor}.${clientId}`,
      identities: [{ kind: "web", value: visitor }],
      replyAddress: visitor,
      ...(profileName ? { profileName } : {}),
      ...(body.language === "de" || body.language === "en" ? { language: body.language } : {}),
      sentAt: timeOf(body.at, receivedAt),
      content,
    },
  ];
}

function bodyOf(raw: Buffer): Json | null {
  try {
    const value: unknown = JSON.parse(raw.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function timeOf(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

function receipts(body: Json, address: string, receivedAt: number): Inbound[] {
  const status = body.status === "read" ? "read" : "delivered";
  const at = timeOf(body.at, receivedAt);
  return (body.seen as unknown[]).flatMap((correlation): Inbound[] =>
    typeof correlation === "string"
      ? [{ kind: "receipt", address, externalId: correlation, correlation, status, at, errors: [] }]
      : [],
  );
}

function contentOf(body: Json): Content | null {
  const text = words(body.text);
  const choice = words(body.choice);
  if (choice) return { type: "choice", id: choice, text: text || choice };
  const file = body.file as Json | undefined;
  if (typeof file === "object" && file !== null) return fileContent(file, text);
  return text ? { type: "text", text } : null;
}

function fileContent(file: Json, text: string): Content | null {
  const fileId = words(file.fileId);
  if (!fileId) return null;
  const mime = words(file.mime) || "application/octet-stream";
  const name = words(file.name);
  return {
    type: MEDIA[mime.split("/", 1)[0] ?? ""] ?? "document",
    ...(text ? { text } : {}),
    media: {
      fileId,
      mime,
      ...(name ? { name } : {}),
      ...(typeof file.size === "number" ? { size: file.size } : {}),
    },
  };
}

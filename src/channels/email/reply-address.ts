/**
 * Where an answer goes and what it answers, as one address: a mailto URI with header fields (RFC 6068), so that the
 * conversation's reply address carries subject and chain. A bare address stands for a mail that answers none.
 */
export interface ReplyAddress {
  to: string;
  /** Without Re:. */
  subject: string;
  /** Message-ID that is answered, without brackets; "" = none. */
  inReplyTo: string;
  /** Oldest first. */
  references: readonly string[];
}

export function writeReplyAddress({ to, subject, inReplyTo, references }: ReplyAddress): string {
  const fields = [
    ["subject", subject],
    ["in-reply-to", inReplyTo],
    ["references", references.join(" ")],
  ].filter(([, value]) => value !== "");
  const query = fields.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`).join("&");
  return `mailto:${encodeURIComponent(to).replace("%40", "@")}${query && `?${query}`}`;
}

export function readReplyAddress(text: string): ReplyAddress {
  const bare: ReplyAddress = { to: text, subject: "", inReplyTo: "", references: [] };
  const match = /^mailto:([^?]*)(?:\?(.*))?$/s.exec(text);
  if (!match) return bare;
  try {
    const fields = new Map(
      (match[2] ?? "").split("&").map((field) => {
        const at = field.indexOf("=");
        return [field.slice(0, at), decodeURIComponent(field.slice(at + 1))] as const;
      }),
    );
    return {
      to: decodeURIComponent(match[1] ?? ""),
      subject: fields.get("subject") ?? "",
      inReplyTo: fields.get("in-reply-to") ?? "",
      references: (fields.get("references") ?? "").split(" ").filter(Boolean),
    };
  } catch {
    return bare;
  }
}

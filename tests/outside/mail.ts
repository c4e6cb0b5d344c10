import { randomUUID } from "node:crypto";

/** A mail as a customer's program writes it, and our mails as it reads them. It shares no code with the channel. */

export interface Letter {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** ms */
  at: number;
  messageId?: string;
  /** Fields beside the usual ones, e.g. In-Reply-To. */
  head?: Record<string, string>;
}

export function newMessageId(): string {
  return `<${randomUUID()}@mail.example.org>`;
}

export function writeLetter(letter: Letter): Buffer {
  const fields = {
    From: letter.from,
    To: letter.to,
    Subject: `=?utf-8?B?${Buffer.from(letter.subject).toString("base64")}?=`,
    Date: new Date(letter.at).toUTCString().replace("GMT", "+0000"),
    "Message-ID": letter.messageId ?? newMessageId(),
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "base64",
    ...letter.head,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const body = Buffer.from(letter.text).toString("base64").replace(/.{76}/g, "$&\r\n");
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}\r\n`);
}

/** A field of a mail, unfolded; "" when there is none. */
export function fieldOf(raw: Buffer, name: string): string {
  const head = raw.toString("utf8").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim() ?? "";
}

/** A customer presses "answer": the ids, the subject and, below, what is answered. */
export function answerTo(raw: Buffer, letter: Omit<Letter, "to" | "subject"> & { subject?: string }): Buffer {
  const id = fieldOf(raw, "Message-ID");
  return writeLetter({
    to: fieldOf(raw, "Reply-To") || fieldOf(raw, "From"),
    subject: letter.subject ?? fieldOf(raw, "Subject"),
    ...letter,
    text: `${letter.text}\n\nAm 24.11.2026 um 10:00 schrieb Kontor:\n> ${"Zitat"}\n`,
    head: { "In-Reply-To": id, References: `${fieldOf(raw, "References")} ${id}`.trim(), ...letter.head },
  });
}

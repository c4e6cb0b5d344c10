import type { Words } from "../words/words.ts";
import type { Conversation } from "./conversation.ts";

interface TranscriptHead {
  company: string;
  locale: string;
  now: Date;
  words: Words;
}

/** The conversation as plain text, for the customer to keep. */
export function transcript(
  { messages }: Conversation,
  { company, locale, now, words }: TranscriptHead,
): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const lines = messages.map((message) => {
    const name = message.author === "customer" ? words.you : message.authorName || company;
    const who = message.author === "bot" ? `${company}, ${words.automaticShort}` : name;
    const file = message.media ? ` [${message.media.name ?? words.file}]` : "";
    const text = message.revoked ? words.revoked : `${message.text}${file}`;
    return `${format.format(new Date(message.sentAt))} · ${who}\n${text.trim()}\n`;
  });
  return [`${words.transcriptTitle(company, format.format(now))}\n`, ...lines].join("\n");
}

/** Gives the text to the browser's download, without a request. */
export function saveText(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

import type { Language } from "./seam.ts";

export interface ButtonWords {
  ask: string;
  unread(count: number): string;
  trouble: string;
}

export const BUTTON_WORDS: Record<Language, ButtonWords> = {
  de: {
    ask: "Frage stellen",
    unread: (count) => (count === 1 ? "1 neue Nachricht" : `${count} neue Nachrichten`),
    trouble:
      "Das Gespräch ließ sich nicht laden. Es ist nichts verloren. Ein neuer Versuch beginnt mit der Taste unten.",
  },
  en: {
    ask: "Ask a question",
    unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
    trouble: "The conversation did not load. Nothing is lost. Press the button below to try again.",
  },
};

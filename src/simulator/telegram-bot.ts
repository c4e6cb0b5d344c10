import type { UploadedFile } from "./telegram-params.ts";

/** What Telegram knows of one bot: its webhook, its numbers, its files, who blocked it. All bounded. */

const FILES_MAX = 200;
const KEYBOARDS_MAX = 10_000;

export interface Hook {
  url: string;
  secret: string;
  allowed: readonly string[] | null;
}

export interface StoredFile extends UploadedFile {
  fileId: string;
  path: string;
}

export interface SentMessage {
  message_id: number;
  chat: { id: number; type: "private" };
  date: number;
  [field: string]: unknown;
}

/**
 * The numbers start where a tenth of a second since 2024 stands, so that a simulator that starts anew gives none
 * twice to a node that remembers the old ones, and none that a hand-made update may have.
 */
const EPOCH_MS = 1_700_000_000_000;

function firstNumber(): number {
  return Math.floor((Date.now() - EPOCH_MS) / 100);
}

export class Bot {
  readonly id: number;
  readonly token: string;
  readonly username: string;
  hook: Hook | null = null;
  readonly blockedBy = new Set<number>();
  /** The latest message with buttons in a chat: what a press belongs to. */
  readonly keyboards = new Map<number, SentMessage>();
  readonly #files = new Map<string, StoredFile>();
  readonly #messageIds = new Map<number, number>();
  readonly #first = firstNumber();
  #updateId = firstNumber();
  #fileId = 0;

  constructor(token: string, username?: string) {
    this.id = Number(token.split(":")[0]);
    this.token = token;
    this.username = username ?? `simulated_${this.id}_bot`;
  }

  nextUpdateId(): number {
    this.#updateId += 1;
    return this.#updateId;
  }

  /** Rises by one in each chat, for both directions alike. */
  nextMessageId(chatId: number): number {
    const id = (this.#messageIds.get(chatId) ?? this.#first) + 1;
    this.#messageIds.set(chatId, id);
    return id;
  }

  rememberKeyboard(message: SentMessage): void {
    const chatId = message.chat.id;
    this.keyboards.delete(chatId);
    this.keyboards.set(chatId, message);
    if (this.keyboards.size > KEYBOARDS_MAX)
      this.keyboards.delete(this.keyboards.keys().next().value as number);
  }

  storeFile(file: UploadedFile): StoredFile {
    this.#fileId += 1;
    const fileId = `sim-${this.#first}-${this.#fileId}`;
    const ending = /\.[A-Za-z0-9]{1,8}$/.exec(file.name)?.[0] ?? "";
    const stored = { ...file, fileId, path: `files/file_${this.#fileId}${ending}` };
    this.#files.set(fileId, stored);
    if (this.#files.size > FILES_MAX) this.#files.delete(this.#files.keys().next().value as string);
    return stored;
  }

  file(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId);
  }

  fileAt(path: string): StoredFile | undefined {
    return [...this.#files.values()].find((file) => file.path === path);
  }
}

/** What a run with kills wrote and what was promised about it. */

export interface Written {
  /** As the message is stored: wamid, or chat:message. */
  externalId: string;
  kind: "whatsapp" | "telegram";
  /** The customer's address. */
  to: string;
  /** Place among the customer's messages by the provider's second. */
  place: number;
  /** Answered with 200 at least once. */
  isAcknowledged: boolean;
  posts: number;
}

export class Ledger {
  readonly written = new Map<string, Written>();
  /** WhatsApp: our own correlation -> moments (ms) at which the provider accepted it. */
  readonly sends = new Map<string, number[]>();
  /** WhatsApp: recipient -> correlations by first acceptance. */
  readonly order = new Map<string, string[]>();
  /** Telegram: chat -> times something was accepted for it. */
  readonly chats = new Map<string, number>();

  note(written: Omit<Written, "isAcknowledged" | "posts">): Written {
    const entry = { ...written, isAcknowledged: false, posts: 0 };
    this.written.set(entry.externalId, entry);
    return entry;
  }

  sentByWhatsapp(to: string, correlation: string, atMs: number): void {
    const before = this.sends.get(correlation);
    if (before) {
      before.push(atMs);
      return;
    }
    this.sends.set(correlation, [atMs]);
    const list = this.order.get(to);
    if (list) list.push(correlation);
    else this.order.set(to, [correlation]);
  }

  sentByTelegram(chat: string): void {
    this.chats.set(chat, (this.chats.get(chat) ?? 0) + 1);
  }

  /** WhatsApp messages that left more than once. */
  get doubled(): { correlation: string; atMs: number[] }[] {
    return [...this.sends]
      .filter(([, atMs]) => atMs.length > 1)
      .map(([correlation, atMs]) => ({ correlation, atMs }));
  }

  get acknowledged(): Written[] {
    return [...this.written.values()].filter((one) => one.isAcknowledged);
  }
}

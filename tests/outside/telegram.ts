import { randomInt } from "node:crypto";
import { until } from "./until.ts";
import { type SentMessage, sentBy, tell } from "./whatsapp.ts";

/** Plays Telegram: what people do in the app, and what the bot did. */

export interface TelegramAccess {
  webhook: string;
  secretToken: string;
}

/** A person that nobody else in this run is. */
export const newPerson = (): number => randomInt(10 ** 8, 10 ** 12);

export class TelegramLine {
  readonly access: TelegramAccess;
  readonly simulator: string;

  constructor(access: TelegramAccess, simulator: string) {
    this.access = access;
    this.simulator = simulator;
  }

  /** An update as a webhook of our own. */
  post(update: unknown, secret = this.access.secretToken): Promise<Response> {
    return fetch(this.access.webhook, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
      body: typeof update === "string" ? update : JSON.stringify(update),
    });
  }

  /** Somebody uses the app; see the simulator's telegram-customer.ts. */
  act(act: Record<string, unknown>): Promise<{ update_id: number; message_id: number }> {
    return tell(this.simulator, "/_customer", act) as Promise<{ update_id: number; message_id: number }>;
  }

  async sentTo(person: number): Promise<SentMessage[]> {
    return (await sentBy(this.simulator)).filter((sent) => sent.to === String(person));
  }

  answers(person: number, count = 1): Promise<SentMessage[]> {
    return until(`${count} messages to ${person}`, async () => {
      const sent = await this.sentTo(person);
      return sent.length >= count && sent;
    });
  }

  async stats(): Promise<Record<string, number>> {
    return (await (await fetch(`${this.simulator}/_stats`)).json()) as Record<string, number>;
  }

  fail(plan: Record<string, unknown>): Promise<unknown> {
    return tell(this.simulator, "/_fail", plan);
  }
}

/** An update of a private chat, as Telegram writes it. */
export function textUpdate(said: {
  id: number;
  from: number;
  name: string;
  text: string;
  messageId?: number;
}): Record<string, unknown> {
  const person = { id: said.from, is_bot: false, first_name: said.name, language_code: "de" };
  return {
    update_id: said.id,
    message: {
      message_id: said.messageId ?? said.id % 1_000_000,
      from: person,
      chat: { id: said.from, first_name: said.name, type: "private" },
      date: Math.floor(Date.now() / 1000),
      text: said.text,
    },
  };
}

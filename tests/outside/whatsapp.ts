import { createHmac, randomInt, randomUUID } from "node:crypto";
import { until } from "./until.ts";

/** Plays Meta: signed webhooks, and a look at what the simulator accepted. */

export interface WhatsappAccess {
  webhook: string;
  appSecret: string;
  phoneNumberId: string;
}

/** An accepted send, as the simulator's /_sent shows it. */
export interface SentMessage {
  at: string;
  to: string;
  type: string;
  body: Record<string, unknown>;
}

export function sign(raw: string | Buffer, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(raw).digest("hex")}`;
}

/** A number that nobody else in this run has. */
let lastNumber = randomInt(10_000_000, 90_000_000);
/** A telephone number that nobody else has in this run. */
export const newNumber = (): string => `49151${++lastNumber}`;
export const newWamid = (): string => `wamid.${Buffer.from(randomUUID()).toString("base64")}`;

export interface Said {
  from?: string;
  userId?: string;
  name?: string;
  id?: string;
  /** Unix seconds */
  at?: number;
  text?: string;
  /** More fields of Meta's message, e.g. {type: "image", image: {…}}. */
  message?: Record<string, unknown>;
}

/** The `value` of a change of the field "messages". */
export function saidValue(phoneNumberId: string, said: Said): Record<string, unknown> {
  const from = said.from === undefined ? {} : { from: said.from };
  const userId = said.userId === undefined ? {} : { from_user_id: said.userId };
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550783881", phone_number_id: phoneNumberId },
    contacts: [
      {
        profile: { name: said.name ?? "Käthe Weiß" },
        ...(said.from === undefined ? {} : { wa_id: said.from }),
        ...(said.userId === undefined ? {} : { user_id: said.userId }),
      },
    ],
    messages: [
      {
        ...from,
        ...userId,
        id: said.id ?? newWamid(),
        timestamp: String(said.at ?? Math.floor(Date.now() / 1000)),
        ...(said.text === undefined ? {} : { type: "text", text: { body: said.text } }),
        ...said.message,
      },
    ],
  };
}

export function envelope(...values: Record<string, unknown>[]): string {
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "102290129340398", changes: values.map((value) => ({ value, field: "messages" })) }],
  });
}

/** A number at Meta: posts what customers say, reads what they were sent. */
export class WhatsappLine {
  readonly access: WhatsappAccess;
  readonly simulator: string;

  constructor(access: WhatsappAccess, simulator: string) {
    this.access = access;
    this.simulator = simulator;
  }

  post(raw: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.access.webhook, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": sign(raw, this.access.appSecret),
        ...headers,
      },
      body: raw as string,
    });
  }

  /** @returns the message's id; throws when the webhook was not taken. */
  async say(said: Said): Promise<string> {
    const id = said.id ?? newWamid();
    const answer = await this.post(envelope(saidValue(this.access.phoneNumberId, { ...said, id })));
    if (answer.status !== 200) throw new Error(`webhook answered ${answer.status}: ${await answer.text()}`);
    return id;
  }

  async sentTo(to: string): Promise<SentMessage[]> {
    return (await sentBy(this.simulator)).filter((sent) => sent.to === to);
  }

  /** Waits until this many messages were sent to that person. */
  answers(to: string, count = 1): Promise<SentMessage[]> {
    return until(`${count} messages to ${to}`, async () => {
      const sent = await this.sentTo(to);
      return sent.length >= count && sent;
    });
  }

  fail(plan: Record<string, unknown>): Promise<unknown> {
    return tell(this.simulator, "/_fail", plan);
  }

  receipts(plan: Record<string, unknown>): Promise<unknown> {
    return tell(this.simulator, "/_receipts", plan);
  }
}

export async function sentBy(simulator: string): Promise<SentMessage[]> {
  return (await (await fetch(`${simulator}/_sent`)).json()) as SentMessage[];
}

/** Remote control of a simulator. */
export async function tell(simulator: string, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(simulator + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** The words of an accepted send, whatever its type. */
export function wordsOf(sent: SentMessage): string {
  const body = sent.body as {
    text?: { body?: string } | string;
    interactive?: { body?: { text?: string } };
    image?: { caption?: string };
  };
  if (typeof body.text === "string") return body.text;
  return body.text?.body ?? body.interactive?.body?.text ?? body.image?.caption ?? "";
}

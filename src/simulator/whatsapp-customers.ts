import { json, type Reply } from "./http.ts";
import { objectOr } from "./whatsapp-fields.ts";
import type { MediaShelf } from "./whatsapp-media.ts";
import type { NumberNames, WhatsappWebhooks } from "./whatsapp-webhooks.ts";

/**
 * Invented customers: POST /_customer writes as one of them. The 24-hour window is held only for customers that
 * wrote this way; load generators sign webhooks of their own and are not known here.
 */

const WINDOW_MS = 24 * 3_600_000;
const KNOWN_MAX = 100_000;

export class Customers {
  readonly #lastAt = new Map<string, number>();
  #count = 0;

  /** @returns false when this customer is known and wrote last more than 24 hours ago. */
  isOpen(phoneNumberId: string, to: string): boolean {
    const lastAt = this.#lastAt.get(`${phoneNumberId} ${to}`);
    return lastAt === undefined || Date.now() - lastAt < WINDOW_MS;
  }

  get known(): number {
    return this.#lastAt.size;
  }

  /**
   * @param body {from, userId, name, text, at (ms), id, media: {type, mime, base64, name}, message}: `message`
   * replaces or adds fields of Meta's message object, so that every kind can be written.
   */
  write(
    body: Record<string, unknown>,
    number: NumberNames,
    means: { webhooks: WhatsappWebhooks; shelf: MediaShelf },
  ): Reply {
    const from = textOr(body.from, "");
    const userId = textOr(body.userId, "");
    if (!from && !userId) return json({ error: "from (digits) or userId (BSUID) is required" }, 400);
    this.#count += 1;
    const at = typeof body.at === "number" ? body.at : Date.now();
    const id = textOr(
      body.id,
      `wamid.${Buffer.from(`${from || userId}:${at}:${this.#count}`).toString("base64")}`,
    );
    const message = {
      ...(from ? { from } : {}),
      ...(userId ? { from_user_id: userId } : {}),
      id,
      timestamp: String(Math.floor(at / 1000)),
      ...contentOf(body, means.shelf),
      ...objectOr(body.message),
    };
    const contact = {
      profile: { name: textOr(body.name, "Customer") },
      ...(from ? { wa_id: from } : {}),
      ...(userId ? { user_id: userId } : {}),
    };
    if (this.#lastAt.size < KNOWN_MAX) {
      for (const key of [from, userId]) if (key) this.#lastAt.set(`${number.phoneNumberId} ${key}`, at);
    }
    means.webhooks.message(number, { contacts: [contact], messages: [message] });
    return json({ ok: true, id });
  }
}

function contentOf(body: Record<string, unknown>, shelf: MediaShelf): Record<string, unknown> {
  const text = textOr(body.text, "");
  if (body.media === undefined) return { type: "text", text: { body: text } };
  const media = objectOr(body.media);
  const type = textOr(media.type, "image");
  const bytes = Buffer.from(textOr(media.base64, ""), "base64");
  const id = shelf.add(bytes, textOr(media.mime, "application/octet-stream"));
  const name = textOr(media.name, "");
  const fields = {
    ...shelf.webhookFields(id),
    ...(text ? { caption: text } : {}),
    ...(name ? { filename: name } : {}),
  };
  return { type, [type]: fields };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

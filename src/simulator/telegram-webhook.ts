import { setTimeout as wait } from "node:timers/promises";
import { request } from "undici";
import type { Bot } from "./telegram-bot.ts";

/**
 * Delivers a bot's updates to its webhook: in order, one after the other, again after anything but 2xx, given up
 * "after a reasonable amount of attempts".
 */

const ATTEMPTS_MAX = 12;
const PAUSE_MS = 250;
const PAUSE_MAX_MS = 5_000;
const QUEUE_MAX = 100_000;
const ANSWER_TIMEOUT_MS = 15_000;

export class WebhookQueue {
  /** For getWebhookInfo. */
  lastError: { date: number; message: string } | null = null;
  givenUp = 0;
  readonly #bot: Bot;
  readonly #waiting: string[] = [];
  readonly #closed = new AbortController();
  #running: Promise<void> | null = null;

  constructor(bot: Bot) {
    this.#bot = bot;
  }

  get pending(): number {
    return this.#waiting.length;
  }

  /** @returns false when the queue is full. */
  add(update: Readonly<Record<string, unknown>>): boolean {
    const kind = Object.keys(update).find((field) => field !== "update_id") ?? "";
    const allowed = this.#bot.hook?.allowed;
    if (allowed && !allowed.includes(kind)) return true;
    if (this.#waiting.length >= QUEUE_MAX) return false;
    this.#waiting.push(JSON.stringify(update));
    this.wake();
    return true;
  }

  /** Starts delivery, e.g. when a webhook was set and updates wait. */
  wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  drop(): void {
    this.#waiting.length = 0;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.drop();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let attempt = 1; this.#waiting.length > 0 && this.#bot.hook !== null; ) {
      if (this.#closed.signal.aborted) return;
      const body = this.#waiting[0] as string;
      const isDelivered = await this.#deliver(body, this.#bot.hook);
      if (isDelivered || attempt >= ATTEMPTS_MAX) {
        if (!isDelivered) this.givenUp += 1;
        if (this.#waiting[0] === body) this.#waiting.shift();
        attempt = 1;
        continue;
      }
      await wait(Math.min(PAUSE_MS * 2 ** (attempt - 1), PAUSE_MAX_MS), null, {
        signal: this.#closed.signal,
      }).catch(() => null);
      attempt += 1;
    }
  }

  async #deliver(body: string, hook: NonNullable<Bot["hook"]>): Promise<boolean> {
    const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": hook.secret };
    try {
      const response = await request(hook.url, {
        method: "POST",
        headers: hook.secret === "" ? { "content-type": headers["content-type"] } : headers,
        body,
        headersTimeout: ANSWER_TIMEOUT_MS,
        bodyTimeout: ANSWER_TIMEOUT_MS,
        signal: this.#closed.signal,
      });
      await response.body.dump();
      if (response.statusCode >= 200 && response.statusCode < 300) return true;
      this.#failed(`Wrong response from the webhook: ${response.statusCode}`);
    } catch (error) {
      this.#failed(`Connection failed: ${(error as { code?: string }).code ?? "unknown"}`);
    }
    return false;
  }

  #failed(message: string): void {
    this.lastError = { date: Math.floor(Date.now() / 1000), message };
  }
}

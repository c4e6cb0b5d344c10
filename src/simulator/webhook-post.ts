import { type Dispatcher, Pool } from "undici";
import { TimeWheel } from "./time-wheel.ts";

/**
 * Posts webhooks as providers do: at least once, again with back-off until it was answered with 200. Uses
 * undici's dispatch, because nothing of the answer is needed but its status.
 */

const CONNECTIONS = 64;
const ANSWER_TIMEOUT_MS = 30_000;
const RETRY_MAX_MS = 60_000;
/** Beyond it the newest are dropped and counted. */
const PENDING_MAX = 500_000;

interface Webhook {
  body: string;
  headers: Record<string, string>;
  attempt: number;
}

export class WebhookPost {
  delivered = 0;
  /** Attempts that were not answered with 200. */
  refused = 0;
  dropped = 0;
  readonly #retryMs: number;
  readonly #later: TimeWheel<Webhook>;
  #pool: Pool | null = null;
  #origin = "";
  #path = "";
  #inFlight = 0;

  /** @param retryMs wait before the second attempt; doubles up to a minute. */
  constructor(retryMs: number) {
    this.#retryMs = retryMs;
    this.#later = new TimeWheel((webhook) => this.#post(webhook));
  }

  /** Not answered with 200 yet. */
  get pending(): number {
    return this.#inFlight + this.#later.size;
  }

  get hasTarget(): boolean {
    return this.#pool !== null;
  }

  /** What waits goes to the new address too. */
  aim(target: string): void {
    const url = new URL(target);
    this.#path = url.pathname + url.search;
    if (url.origin === this.#origin) return;
    this.#origin = url.origin;
    this.#pool?.destroy().catch(() => undefined);
    this.#pool = new Pool(url.origin, {
      connections: CONNECTIONS,
      pipelining: 1,
      headersTimeout: ANSWER_TIMEOUT_MS,
    });
  }

  post(body: string, headers: Record<string, string>): void {
    if (this.pending >= PENDING_MAX) this.dropped += 1;
    else this.#post({ body, headers, attempt: 0 });
  }

  async close(): Promise<void> {
    this.#later.stop();
    await this.#pool?.destroy().catch(() => undefined);
    this.#pool = null;
  }

  #post(webhook: Webhook): void {
    if (!this.#pool) return;
    this.#inFlight += 1;
    const { body, headers } = webhook;
    this.#pool.dispatch(
      { method: "POST", path: this.#path, headers, body },
      new StatusOnly((status) => this.#settle(webhook, status)),
    );
  }

  #settle(webhook: Webhook, status: number): void {
    this.#inFlight -= 1;
    if (status === 200) {
      this.delivered += 1;
      return;
    }
    this.refused += 1;
    if (!this.#pool) return;
    webhook.attempt += 1;
    this.#later.add(webhook, Math.min(RETRY_MAX_MS, this.#retryMs * 2 ** (webhook.attempt - 1)));
  }
}

/** Hands on the status, 0 when there was no answer. */
class StatusOnly implements Dispatcher.DispatchHandler {
  readonly #done: (status: number) => void;
  #status = 0;

  constructor(done: (status: number) => void) {
    this.#done = done;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    this.#done(this.#status);
  }

  onResponseError(): void {
    this.#done(0);
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";

/** A send the simulated provider accepted. */
export interface Answer {
  /** ms since the epoch, the provider's clock. */
  at: number;
  /** Recipient as sent. */
  to: string;
  type: string;
  body: Readonly<Record<string, unknown>>;
}

const POLL_MS = 100;

/** Follows the list of what a simulator accepted, in order. */
export class AnswerFeed {
  seen = 0;
  readonly #pool: Pool;
  readonly #onAnswer: (answer: Answer) => void;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(simulatorUrl: string, onAnswer: (answer: Answer) => void) {
    this.#pool = new Pool(simulatorUrl, { connections: 1 });
    this.#onAnswer = onAnswer;
  }

  /** Forgets what was sent before and follows from now on. */
  async start(): Promise<void> {
    await this.#ask("DELETE", "/_sent");
    this.#running = this.#follow();
  }

  async #follow(): Promise<void> {
    while (!this.#stopped) {
      await this.poll();
      await sleep(POLL_MS);
    }
  }

  /** Reads once. */
  async poll(): Promise<void> {
    const list = JSON.parse(await this.#ask("GET", `/_sent?skip=${this.seen}`)) as {
      at: string;
      to: string;
      type: string;
      body: Record<string, unknown>;
    }[];
    this.seen += list.length;
    for (const { at, ...rest } of list) this.#onAnswer({ ...rest, at: Date.parse(at) });
  }

  async #ask(method: "GET" | "DELETE", path: string): Promise<string> {
    const { body } = await this.#pool.request({ method, path });
    return body.text();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    await this.poll();
    await this.#pool.close();
  }
}

import { type Dispatcher, Pool } from "undici";

/** A webhook ready to be posted. */
export interface Webhook {
  path: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

const ANSWER_TIMEOUT_MS = 30_000;

/** Posts webhooks over kept connections; undici's dispatch, because only the status is wanted. */
export class Poster {
  /** Without an answer yet. */
  pending = 0;
  readonly #pool: Pool;

  constructor(origin: string, connections: number) {
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    });
  }

  /** @param done called once with the status, 0 when there was no answer */
  post(webhook: Webhook, done: (status: number) => void): void {
    this.pending += 1;
    const settle = (status: number): void => {
      this.pending -= 1;
      done(status);
    };
    const { path, headers, body } = webhook;
    this.#pool.dispatch({ method: "POST", path, headers, body }, new StatusOnly(settle));
  }

  /** Waits until everything is answered, at most `limitMs`. */
  async drain(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    while (this.pending > 0 && performance.now() < until) await new Promise((wait) => setTimeout(wait, 5));
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

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

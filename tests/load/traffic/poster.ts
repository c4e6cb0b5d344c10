import { connect, type Socket } from "node:net";

/** A webhook ready to be posted. */
export interface Webhook {
  path: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

const ANSWER_TIMEOUT_MS = 30_000;
const HEAD_END = Buffer.from("\r\n\r\n");
const LENGTH = /\r\ncontent-length: (\d+)/i;
/** "HTTP/1.1 200": where the status stands. */
const STATUS_AT = 9;

interface Posting {
  bytes: Buffer;
  done(status: number): void;
}

/**
 * Posts webhooks over kept connections, one under way on each. Plain sockets: only the status is wanted, and what the
 * generator spends is missing to the node beside it.
 */
export class Poster {
  /** Without an answer yet. */
  pending = 0;
  readonly #host: string;
  readonly #port: number;
  readonly #free: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #limit: number;
  readonly #waiting: Posting[] = [];
  #firstWaiting = 0;

  constructor(origin: string, connections: number) {
    const { hostname, port } = new URL(origin);
    this.#host = hostname;
    this.#port = Number(port);
    this.#limit = connections;
  }

  /** @param done called once with the status, 0 when there was no answer */
  post(webhook: Webhook, done: (status: number) => void): void {
    this.pending += 1;
    const posting = {
      bytes: requestOf(webhook, `${this.#host}:${this.#port}`),
      done: (status: number): void => {
        this.pending -= 1;
        done(status);
      },
    };
    const connection = this.#free.pop() ?? this.#open();
    if (connection) connection.send(posting);
    else this.#waiting.push(posting);
  }

  #open(): Connection | undefined {
    if (this.#all.size >= this.#limit) return undefined;
    const connection: Connection = new Connection(connect({ host: this.#host, port: this.#port }), {
      free: () => this.#serve(connection),
      gone: () => {
        this.#all.delete(connection);
        const idle = this.#free.indexOf(connection);
        if (idle >= 0) this.#free.splice(idle, 1);
        const next = this.#takeWaiting();
        if (next) this.#open()?.send(next);
      },
    });
    this.#all.add(connection);
    return connection;
  }

  #serve(connection: Connection): void {
    const next = this.#takeWaiting();
    if (next) connection.send(next);
    else this.#free.push(connection);
  }

  #takeWaiting(): Posting | undefined {
    const next = this.#waiting[this.#firstWaiting];
    if (next) this.#firstWaiting += 1;
    else this.#waiting.length = this.#firstWaiting = 0;
    return next;
  }

  /** Waits until everything is answered, at most `limitMs`. */
  async drain(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    while (this.pending > 0 && performance.now() < until) await new Promise((wait) => setTimeout(wait, 5));
  }

  async close(): Promise<void> {
    this.#waiting.length = this.#firstWaiting = 0;
    for (const connection of this.#all) connection.close();
  }
}

function requestOf({ path, headers, body }: Webhook, host: string): Buffer {
  const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  let head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${bytes}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return typeof body === "string"
    ? Buffer.from(`${head}\r\n${body}`)
    : Buffer.concat([Buffer.from(`${head}\r\n`), body]);
}

class Connection {
  readonly #socket: Socket;
  readonly #pool: { free(): void; gone(): void };
  #posting: Posting | null = null;
  #answer: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, pool: { free(): void; gone(): void }) {
    this.#socket = socket;
    this.#pool = pool;
    socket.setNoDelay(true);
    socket.setTimeout(ANSWER_TIMEOUT_MS);
    socket.on("data", (chunk) => this.#read(chunk));
    socket.on("timeout", () => socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => {
      pool.gone();
      this.#settle(0);
    });
  }

  send(posting: Posting): void {
    this.#posting = posting;
    this.#socket.write(posting.bytes);
  }

  #read(chunk: Buffer): void {
    this.#answer = this.#answer.length === 0 ? chunk : Buffer.concat([this.#answer, chunk]);
    const head = this.#answer.indexOf(HEAD_END);
    if (head < 0) return;
    const length = Number(LENGTH.exec(this.#answer.toString("latin1", 0, head))?.[1] ?? 0);
    if (this.#answer.length < head + HEAD_END.length + length) return;
    const status = Number(this.#answer.toString("latin1", STATUS_AT, STATUS_AT + 3));
    this.#answer = Buffer.alloc(0);
    this.#settle(status);
    if (!this.#socket.destroyed) this.#pool.free();
  }

  #settle(status: number): void {
    const posting = this.#posting;
    this.#posting = null;
    posting?.done(status);
  }

  close(): void {
    this.#socket.destroy();
  }
}

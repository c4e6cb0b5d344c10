import type pg from "pg";

/**
 * COPY over node-postgres' own connection (PostgreSQL's protocol, chapter "Message Flow", COPY Operations): the driver
 * hands a submittable query every message, so no package is needed for it.
 */

/** What the driver's connection can do beyond its published types. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Rows travel in blocks of this size: large enough to compress well, small enough for memory. */
export const BLOCK_BYTES = 1_048_576;
/** Blocks on their way to the reader before the server has to wait. */
const AHEAD_BLOCKS = 2;

const rowsOf = (tag: string): number => Number(/^COPY (\d+)$/.exec(tag)?.[1] ?? 0);

class CopyOut implements pg.Submittable {
  readonly done: Promise<number>;
  #settle: { resolve(rows: number): void; reject(error: Error): void };
  #block = Buffer.allocUnsafe(BLOCK_BYTES);
  #filled = 0;
  #rows = 0;
  #under = 0;
  #line: Promise<void> = Promise.resolve();
  readonly #text: string;
  readonly #take: (block: Buffer) => Promise<void>;

  constructor(text: string, take: (block: Buffer) => Promise<void>) {
    this.#text = text;
    this.#take = take;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.done = promise;
    this.#settle = { resolve, reject };
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    let from = 0;
    while (from < chunk.length) {
      const end = Math.min(chunk.length, from + BLOCK_BYTES - this.#filled);
      chunk.copy(this.#block, this.#filled, from, end);
      this.#filled += end - from;
      from = end;
      if (this.#filled === BLOCK_BYTES) this.#flush(connection);
    }
  }

  #flush(connection: CopyConnection | null): void {
    if (this.#filled === 0) return;
    const block = this.#block.subarray(0, this.#filled);
    this.#block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.#filled = 0;
    this.#under += 1;
    if (this.#under > AHEAD_BLOCKS) connection?.stream.pause();
    this.#line = this.#line
      .then(() => this.#take(block))
      .then(() => {
        this.#under -= 1;
        if (this.#under <= AHEAD_BLOCKS) connection?.stream.resume();
      });
    this.#line.catch((error: Error) => {
      // Who reads cannot go on: the server is cut off, and everybody learns the first reason.
      this.#settle.reject(error);
      connection?.stream.destroy();
    });
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = rowsOf(text);
  }

  handleReadyForQuery(): void {
    this.#flush(null);
    this.#line.then(
      () => this.#settle.resolve(this.#rows),
      (error: Error) => this.#settle.reject(error),
    );
  }

  handleError(error: Error): void {
    this.#settle.reject(error);
  }
}

/**
 * Runs `copy ... to stdout`.
 * @param take gets blocks of at most BLOCK_BYTES in order; while it works, the server waits
 * @returns rows
 */
export function copyOut(
  client: pg.Client,
  text: string,
  take: (block: Buffer) => Promise<void>,
): Promise<number> {
  const copy = new CopyOut(text, take);
  client.query(copy);
  return copy.done;
}

/** A running `copy ... from stdin`. */
export interface CopyIn {
  /** Resolves when there is room for more. @throws the server's error as soon as it is known */
  write(block: Buffer): Promise<void>;
  /** @returns rows that were stored */
  end(): Promise<number>;
}

class CopyInQuery implements pg.Submittable {
  readonly open = Promise.withResolvers<CopyConnection>();
  readonly done = Promise.withResolvers<number>();
  readonly #text: string;
  #rows = 0;

  constructor(text: string) {
    this.#text = text;
    this.open.promise.catch(() => {});
    this.done.promise.catch(() => {});
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.open.resolve(connection);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = rowsOf(text);
  }

  handleReadyForQuery(): void {
    this.done.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.open.reject(error);
    this.done.reject(error);
  }
}

/** Begins `copy ... from stdin`. @throws the server's error, e.g. for an unknown table */
export async function copyIn(client: pg.Client, text: string): Promise<CopyIn> {
  const query = new CopyInQuery(text);
  client.query(query);
  const connection = await query.open.promise;
  const failed = query.done.promise.then(() => {});
  failed.catch(() => {});
  return {
    async write(block) {
      connection.sendCopyFromChunk(block);
      if (!connection.stream.writableNeedDrain) return;
      const drained = Promise.withResolvers<void>();
      connection.stream.once("drain", drained.resolve);
      await Promise.race([drained.promise, failed]);
    },
    end() {
      connection.endCopyFrom();
      return query.done.promise;
    },
  };
}

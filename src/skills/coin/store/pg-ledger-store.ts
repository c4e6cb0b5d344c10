import pg from "pg";
import type { DatabaseAddress } from "#kernel";
import { NoLedger, Superseded } from "../single/faults.ts";
import type { Head, LedgerStore, StoredBlock, StoredSnapshot } from "../single/ledger-store.ts";

/** A company's ledger in PostgreSQL, over one connection of the role that reads nothing else. */

const COMMIT = `
  with head as (
    update coin.ledger set height = $3::bigint, chain_hash = $5::bytea
    where tenant_id = $1 and epoch = $2::bigint and height = $3::bigint - 1 returning tenant_id)
  insert into coin.block (tenant_id, height, time_ms, chain_hash, lengths, codes, bytes)
  select tenant_id, $3::bigint, $4::bigint, $5::bytea, $6::int[], $7::smallint[], $8::bytea from head`;

/** A start reads so much at once. */
const READ_BYTES = 8 * 2 ** 20;
const READ_BLOCKS = 512;
const READ_PIECES = 4;
/** Two thirds of the hexadecimal digits that the driver would get, and quicker to read back. */
const BASE64 = "encode(bytes, 'base64') as base64";
const STATEMENT_LIMIT_MS = 30_000;

export interface PgLedgerStoreOptions {
  readonly address: Pick<DatabaseAddress, "config">;
  readonly tenantId: number;
  /** ms, for the moment beside what is written */
  readonly now: () => number;
}

/** @returns a store that connects when it is used, and anew when its connection broke */
export function openPgLedgerStore(options: PgLedgerStoreOptions): LedgerStore {
  return new PgLedgerStore(options);
}

class PgLedgerStore implements LedgerStore {
  readonly #options: PgLedgerStoreOptions;
  #client: Promise<pg.Client> | null = null;
  #turn: Promise<void> = Promise.resolve();
  /** How often a connection ended by itself. */
  #broken = 0;

  constructor(options: PgLedgerStoreOptions) {
    this.#options = options;
  }

  async head(): Promise<Head> {
    const { rows } = await this.#query(
      "select genesis, epoch, height, chain_hash from coin.ledger where tenant_id = $1",
      [],
    );
    return headOf(rows);
  }

  async claim(held: number | null): Promise<Head> {
    const { rows } = await this.#query(
      `update coin.ledger set epoch = epoch + 1 where tenant_id = $1 and ($2::bigint is null or epoch = $2::bigint)
        returning genesis, epoch, height, chain_hash`,
      [held],
    );
    if (rows.length > 0) return headOf(rows);
    await this.head();
    throw new Superseded();
  }

  async commit(epoch: number, block: StoredBlock): Promise<void> {
    const { height, time, chainHash, lengths, codes, bytes } = block;
    const { rowCount } = await this.#ask({
      name: "coin-commit",
      text: COMMIT,
      values: [
        this.#options.tenantId,
        epoch,
        height,
        time,
        asBuffer(chainHash),
        listOf(lengths),
        listOf(codes),
        asBuffer(bytes),
      ],
    });
    if (rowCount === 1) return;
    const head = await this.head();
    if (head.epoch !== epoch) throw new Superseded();
    throw new Error(`block ${height} does not follow block ${head.height}`);
  }

  async blocksAfter(height: number): Promise<StoredBlock[]> {
    const { rows } = await this.#query<BlockRow>(
      `select height, time_ms, chain_hash, lengths, codes, ${BASE64} from (
          select *, sum(length(bytes)) over (order by height) - length(bytes) as before from (
            select * from coin.block where tenant_id = $1 and height > $2 order by height limit ${READ_BLOCKS}) b) b
        where before < ${READ_BYTES} order by height`,
      [height],
    );
    return rows.map(({ height, time_ms, chain_hash: chainHash, lengths, codes, base64 }) => ({
      height: Number(height),
      time: Number(time_ms),
      chainHash,
      lengths,
      codes,
      bytes: Buffer.from(base64, "base64"),
    }));
  }

  async snapshots(): Promise<StoredSnapshot[]> {
    const { rows } = await this.#query<{ height: Bigint; state_hash: Buffer }>(
      `select height, state_hash from coin.snapshot where tenant_id = $1 and state_hash is not null order by height desc`,
      [],
    );
    return rows.map(({ height, state_hash }) => ({ height: Number(height), hash: state_hash }));
  }

  async readSnapshot(height: number): Promise<Uint8Array> {
    const { rows } = await this.#query<{ length: Bigint | null }>(
      "select sum(length(bytes)) as length from coin.snapshot_piece where tenant_id = $1 and height = $2",
      [height],
    );
    // One room for all of it: pieces put together at the end would be there twice.
    const bytes = Buffer.alloc(Number(rows[0]?.length ?? 0));
    const pieces = (from: number) =>
      this.#query<{ base64: string }>(
        `select ${BASE64} from coin.snapshot_piece where tenant_id = $1 and height = $2 and n >= $3 and n < $3 + ${READ_PIECES} order by n`,
        [height, from],
      );
    let at = 0;
    let coming = pieces(0);
    for (let from = READ_PIECES; ; from += READ_PIECES) {
      const read = (await coming).rows;
      if (read.length === 0) return bytes;
      // The server prepares the next ones meanwhile.
      coming = pieces(from);
      for (const { base64 } of read) at += bytes.write(base64, at, "base64");
    }
  }

  async beginSnapshot(height: number): Promise<void> {
    await this.#query(
      "delete from coin.snapshot where tenant_id = $1 and (state_hash is null or height = $2)",
      [height],
    );
    await this.#query("insert into coin.snapshot (tenant_id, height, begun_at) values ($1, $2, $3)", [
      height,
      new Date(this.#options.now()),
    ]);
  }

  async writePiece(height: number, n: number, bytes: Uint8Array): Promise<void> {
    await this.#query(
      "insert into coin.snapshot_piece (tenant_id, height, n, bytes) values ($1, $2, $3, $4)",
      [height, n, asBuffer(bytes)],
    );
  }

  async finishSnapshot(height: number, pieces: number, hash: Uint8Array): Promise<void> {
    const { rowCount } = await this.#query(
      `update coin.snapshot set state_hash = $4, pieces = $3 where tenant_id = $1 and height = $2
        and $3 = (select count(*) from coin.snapshot_piece where tenant_id = $1 and height = $2)`,
      [height, pieces, asBuffer(hash)],
    );
    if (rowCount !== 1) throw new Error("somebody else began a snapshot meanwhile");
    await this.#query(
      `delete from coin.snapshot where tenant_id = $1 and height < (select height from coin.snapshot
        where tenant_id = $1 and state_hash is not null order by height desc offset 1 limit 1)`,
      [],
    );
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.then((one) => one.end()).catch(() => {});
  }

  /** $1 is the company. */
  async #query<Row extends pg.QueryResultRow = HeadRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<pg.QueryResult<Row>> {
    return this.#ask<Row>({ text, values: [this.#options.tenantId, ...values] });
  }

  /**
   * One at a time, in the order in which they were asked: the driver will not queue them itself any more. What waited behind one
   * whose connection broke fails with it, so that no block is written after one of which nothing is known.
   */
  #ask<Row extends pg.QueryResultRow = HeadRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    const broken = this.#broken;
    const answer = this.#turn.then(async () => {
      if (broken !== this.#broken) throw new Error("the connection broke before this was asked");
      return (await this.#connected()).query<Row>(query);
    });
    this.#turn = answer.then(
      () => {},
      () => {},
    );
    return answer;
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#options.address.config("ah_coin"),
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      statement_timeout: STATEMENT_LIMIT_MS,
    });
    let isOver = false;
    const forget = (): void => {
      this.#client = null;
      if (!isOver) this.#broken++;
      isOver = true;
    };
    client.on("error", forget);
    client.on("end", forget);
    try {
      await client.connect();
      // What is acknowledged is on the disk, whatever the server does for others.
      await client.query(
        `select set_config('app.tenant', $1, false),
          set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
            else current_setting('synchronous_commit') end, false)`,
        [String(this.#options.tenantId)],
      );
      return client;
    } catch (error) {
      forget();
      await client.end().catch(() => {});
      throw error;
    }
  }
}

/** As text where nobody taught the driver otherwise, as in a thread of its own. */
type Bigint = number | string;

interface BlockRow {
  height: Bigint;
  time_ms: Bigint;
  chain_hash: Buffer;
  lengths: number[];
  codes: number[];
  base64: string;
}

interface HeadRow {
  genesis: Buffer;
  epoch: Bigint;
  height: Bigint;
  chain_hash: Buffer;
}

function headOf([row]: readonly HeadRow[]): Head {
  if (!row) throw new NoLedger();
  const { genesis, epoch, height, chain_hash: chainHash } = row;
  return { genesis, epoch: Number(epoch), height: Number(height), chainHash };
}

function listOf(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

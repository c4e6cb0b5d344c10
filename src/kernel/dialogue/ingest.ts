import pg from "pg";
import type { Clock } from "../clock.ts";
import { pgArray } from "../db/array.ts";
import type { DatabaseAddress } from "../db/open.ts";
import { AppError } from "../errors.ts";
import type { Wire } from "../events/wire.ts";
import { inboxId } from "../ids.ts";
import { rotateInbox } from "./inbox.ts";

/** A raw body on its way into the inbox. */
export interface InboxRow {
  appId: string;
  /** null when the address was not found by the byte scan; the pump looks again. */
  channelId: number | null;
  /** 0 = unknown. */
  tenantId: number;
  body: Buffer;
}

export interface Ingest {
  /** Resolves after the commit. @throws AppError busy when too many rows wait or the database is away */
  enqueue(row: InboxRow): Promise<void>;
  close(): Promise<void>;
}

/** Concurrent requests share one commit: at most this long, this many rows, this many bytes (or one body). */
const GROUP_MS = 4;
const GROUP_ROWS = 256;
const GROUP_BYTES = 8 * 1024 * 1024;
/** Commits under way at once. */
const CONNECTIONS = 2;
/** Rows, and bytes, that wait in memory before callers are told to come back. */
const WAITING_MAX = 20_000;
const WAITING_BYTES = 128 * 1024 * 1024;
/** How long a batch is tried again while the database is away. */
const GIVE_UP_MS = 8_000;
const RETRY_MS = 200;
/** check_violation: no partition of the inbox covers this moment yet. */
const NO_PARTITION = "23514";

const INSERT = `
  with r as (select * from unnest($1::bigint[], $2::text[], $3::int[], $4::int[], $5::bytea[]) as t(id, app_id, channel_id, tenant_id, body)),
  i as (insert into kernel.inbox (id, app_id, channel_id, tenant_id, received_at, body) select id, app_id, channel_id, tenant_id, $6, body from r)
  insert into kernel.inbox_queue (id, tenant_id, size) select id, tenant_id, octet_length(body) from r`;

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, RETRY_MS));

interface Waiting {
  row: InboxRow;
  done(): void;
  fail(error: Error): void;
}

/** Bodies in the order they came, bounded in number and in bytes. */
function openLine(waitingBytes: number) {
  const waiting: Waiting[] = [];
  let bytes = 0;
  return {
    length: () => waiting.length,
    /** @returns false when there is no room */
    add(item: Waiting): boolean {
      if (waiting.length >= WAITING_MAX || bytes + item.row.body.length > waitingBytes) return false;
      bytes += item.row.body.length;
      waiting.push(item);
      return true;
    },
    /** What one commit takes. */
    next(): Waiting[] {
      let rows = 0;
      let size = 0;
      for (const { row } of waiting) {
        if (rows === GROUP_ROWS || (rows > 0 && size + row.body.length > GROUP_BYTES)) break;
        rows += 1;
        size += row.body.length;
      }
      bytes -= size;
      return waiting.splice(0, rows);
    },
  };
}

/** Opens the group commit. It parses nothing and knows no tenant rules. */
export function openIngest(parts: {
  address: DatabaseAddress;
  clock: Clock;
  wire: Wire;
  keepMinutes: number;
  waitingBytes?: number;
}): Ingest {
  const pool = new pg.Pool({
    ...parts.address.config("ah_node"),
    max: CONNECTIONS,
    connectionTimeoutMillis: 5_000,
  });
  pool.on("error", () => {});
  const line = openLine(parts.waitingBytes ?? WAITING_BYTES);
  let timer: NodeJS.Timeout | null = null;
  let underWay = 0;

  function schedule(): void {
    if (line.length() === 0 || underWay >= CONNECTIONS) return;
    if (line.length() >= GROUP_ROWS) flush();
    else timer ??= setTimeout(flush, GROUP_MS);
  }

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (line.length() === 0 || underWay >= CONNECTIONS) return;
    const batch = line.next();
    underWay += 1;
    store(batch, performance.now() + GIVE_UP_MS)
      .then(
        () => {
          for (const item of batch) item.done();
          parts.wire.notify("inbox");
        },
        () => {
          for (const item of batch) item.fail(new AppError("busy"));
        },
      )
      .finally(() => {
        underWay -= 1;
        schedule();
      });
    schedule();
  }

  async function store(batch: readonly Waiting[], giveUpAt: number): Promise<void> {
    for (;;) {
      const now = parts.clock.now();
      try {
        await pool.query({
          name: "ingest",
          text: INSERT,
          values: [
            pgArray.int8(batch.map(() => inboxId(now))),
            pgArray.text(batch.map((b) => b.row.appId)),
            pgArray.int4(batch.map((b) => b.row.channelId)),
            pgArray.int4(batch.map((b) => b.row.tenantId)),
            pgArray.bytea(batch.map((b) => b.row.body)),
            new Date(now),
          ],
        });
        return;
      } catch (error) {
        // A lost answer of a commit that happened leads to a double row here; the pump drops it as a duplicate.
        if (performance.now() >= giveUpAt) throw error;
        // Somebody else may make the same partition at this moment: then one of the two fails, and it is there.
        if ((error as { code?: string }).code === NO_PARTITION)
          await rotateInbox(pool, parts.keepMinutes, now).catch(pause);
        else await pause();
      }
    }
  }

  return {
    enqueue(row) {
      return new Promise((done, fail) => {
        if (!line.add({ row, done, fail })) return fail(new AppError("busy"));
        schedule();
      });
    },
    async close() {
      while (line.length() > 0 || underWay > 0) {
        flush();
        await new Promise((resolve) => setTimeout(resolve, GROUP_MS));
      }
      await pool.end();
    },
  };
}

import { createHash } from "node:crypto";
import pg from "pg";
import type { DatabaseAddress } from "./open.ts";

/**
 * A right that one process holds at a time. An advisory lock on a connection of its own says who lives (it
 * falls with the process, so a takeover needs no waiting), the epoch fences off who only thinks so: every
 * transaction of the holder checks it.
 */
export interface Lease {
  name: string;
  epoch: number;
  /** Resolves when the connection that carries the lock is gone; stop working then. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * A machine that loses its power says no good-bye: without these the server would keep its lock for two hours, and
 * nobody could take over. Of no effect on a Unix socket.
 */
const KEEP_ALIVE =
  "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 3; set tcp_keepalives_count = 3; set tcp_user_timeout = 15000";

function lockKey(name: string): string {
  return createHash("sha1").update(`lease:${name}`).digest().readBigInt64BE(0).toString();
}

/** Tries once. @returns null when another process holds it. */
export async function tryLease(
  address: DatabaseAddress,
  name: string,
  holder: string,
): Promise<Lease | null> {
  const client = new pg.Client({ ...address.config("ah_node"), keepAlive: true });
  const lost = new Promise<void>((resolve) => client.once("end", resolve));
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(KEEP_ALIVE);
    const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [
      lockKey(name),
    ]);
    if (!rows[0]?.got) {
      await client.end();
      return null;
    }
    const result = await client.query<{ epoch: number }>(
      `insert into kernel.lease (name, epoch, holder) values ($1, 1, $2)
       on conflict (name) do update set epoch = lease.epoch + 1, holder = excluded.holder returning epoch`,
      [name, holder],
    );
    return { name, epoch: result.rows[0]?.epoch ?? 0, lost, release: () => client.end() };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Goes before any write of a holder, in the same transaction. @throws LeaseLost when a newer holder exists. */
export async function checkLease(client: pg.PoolClient, lease: Lease): Promise<void> {
  const { rowCount } = await client.query({
    name: "lease-check",
    text: "select 1 from kernel.lease where name = $1 and epoch = $2 for share",
    values: [lease.name, lease.epoch],
  });
  if (rowCount !== 1) throw new LeaseLost(lease.name);
}

export class LeaseLost extends Error {
  constructor(name: string) {
    super(`Lease ${name} has a newer holder; nothing of this transaction was kept.`);
  }
}
